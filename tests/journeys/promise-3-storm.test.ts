import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createPacer, type Pacer } from '../../services/sending/pacer.ts';
import { type City, openCity } from '../harness/city.ts';
import { FakeChannel } from '../harness/fakeChannel.ts';
import { FakeClock } from '../harness/fakeClock.ts';
import { TeamsLimits } from '../harness/teamsLimits.ts';
import { passWhileSending, whileTimePasses } from '../harness/whileTimePasses.ts';
import { OPEN_HOURS } from '../harness/world.ts';

/** Simulated minutes of many calls take seconds. */
jest.setTimeout(120_000);

const CALLERS = 25;
const caller = (n: number) => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
const callers = Array.from({ length: CALLERS }, (_, n) => caller(n));

let city: City;
let pacer: Pacer;
let limits: TeamsLimits;
afterEach(() => city.world.close());

/** Many callers whom the directory does not know: each pages the same few of General Affairs. */
async function open(perSecond = 50): Promise<void> {
  const clock = new FakeClock(OPEN_HOURS);
  pacer = createPacer({ clock, instances: 1 });
  limits = new TeamsLimits(perSecond);
  city = await openCity({ clock, channel: new FakeChannel(clock, { pacer, limits }) });
}

const during = <T>(work: Promise<T>) => whileTimePasses(city.world, pacer, work);
const pass = (seconds: number) => passWhileSending(city.world, pacer, seconds);
const everybody = (text: string) =>
  during(Promise.all(callers.map((one) => city.world.app.receive(said(one, text)))));
const said = (from: string, text: string) => city.world.activity(from, { type: 'message', text });

const screenOf = (person: string) => city.world.screen(person);
const codes = () => callers.map((one) => /K-[0-9A-Z]{4,8}/.exec(screenOf(one))?.[0] ?? '');
const pagedFor = (code: string) =>
  city.world.channel.messages.some(({ alert, card }) => alert && card.text.includes(code));

describe('many calls at the same moment', () => {
  test('every caller has the reception card within three seconds, and Teams never has to refuse', async () => {
    await open();
    const start = city.world.clock.now();
    await everybody('応援');
    await pass(3);
    for (const one of callers) {
      const [reception] = city.world.messages(one).filter(({ card }) => card.text.includes('K-'));
      expect(reception?.at).toBeLessThanOrEqual(start + 3_000);
    }
    await pass(40);
    expect(limits.refused).toBe(0);
  });

  test('somebody is paged for each of them, though one person can be sent only so much', async () => {
    await open();
    await everybody('応援');
    await pass(60);
    expect(new Set(codes()).size).toBe(CALLERS);
    for (const code of codes()) expect(pagedFor(code)).toBe(true);
  });

  test('and when all are over, every card says so', async () => {
    await open();
    await everybody('応援');
    await pass(20);
    await everybody('対応終了');
    await pass(90);
    for (const one of callers) expect(screenOf(one)).toContain('対応終了');
    const { messages } = city.world.channel;
    const live = messages.filter(({ card }) => card.buttons.some(({ title }) => title === '向かいます'));
    expect(live.map(({ to, card }) => `${to} ${card.text}`)).toEqual([]);
    expect(limits.refused).toBe(0);
  });
});

describe('Teams takes only a tenth of what it should', () => {
  test('what is sent is cut down to that, and everything arrives', async () => {
    await open(5);
    await everybody('応援');
    await pass(60);
    for (const code of codes()) expect(pagedFor(code)).toBe(true);
    // At first it is found out, then kept to.
    expect(limits.refused).toBeLessThan(limits.taken);
  });
});

describe('one person who cannot be sent to just now', () => {
  test('delays nobody else, and a page that is taken back while it waits is not sent', async () => {
    await open();
    const { world, sato, suzuki, shimizu } = city;
    for (const who of [sato, suzuki, shimizu]) {
      await during(world.app.receive(world.activity(who, { type: 'installationUpdate', action: 'add' })));
    }
    await during(world.app.engine.runDue());
    pacer.throttled(`chat-${suzuki}`, 3_000);
    const calling = world.app.receive(said(sato, '応援 2番窓口'));
    await calling;
    await new Promise((resolve) => setImmediate(resolve));
    expect(world.alerts(shimizu)).toHaveLength(1);
    expect(pacer.waiting).toBeGreaterThan(0);
    await world.app.receive(said(sato, '取消'));
    await pass(10);
    expect(world.alerts(suzuki)).toEqual([]);
  });
});
