import type { Pacer } from '../../services/sending/pacer.ts';
import type { World } from './world.ts';

/** Turns of the event loop after which whoever could go on without the clock has done so. */
const TURNS = 8;

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Waits for work that itself waits for the clock: whenever everybody waits for their turn to send, time jumps to the
 * next moment at which something happens.
 */
export async function whileTimePasses<T>({ clock, app }: World, pacer: Pacer, work: Promise<T>): Promise<T> {
  let isDone = false;
  void work
    .catch(() => {})
    .finally(() => {
      isDone = true;
    });
  while (!isDone) {
    for (let n = 0; n < TURNS && !isDone; n++) await turn();
    const next = clock.next();
    const isWaiting = pacer.waiting > 0 && app.engine.health().inFlight <= pacer.waiting;
    if (!isDone && isWaiting && next !== undefined) clock.set(Math.max(next, clock.now()));
  }
  return work;
}

/** Like `World.pass`, where sending takes time. */
export async function passWhileSending(world: World, pacer: Pacer, seconds: number): Promise<void> {
  const { clock, app, store } = world;
  const until = clock.now() + seconds * 1_000;
  for (;;) {
    await whileTimePasses(world, pacer, app.engine.runDue());
    const next = await store.nextDue();
    if (next === undefined || Math.max(next, clock.now()) > until) break;
    clock.set(Math.max(next, clock.now() + (next > clock.now() ? 0 : 1)));
  }
  if (clock.now() < until) clock.set(until);
  await whileTimePasses(world, pacer, app.engine.runDue());
}
