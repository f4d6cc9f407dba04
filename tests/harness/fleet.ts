import { rm } from 'node:fs/promises';
import type { DocumentStore } from '../../services/store/store.ts';
import { quickFolder } from './city.ts';
import { FakeChannel } from './fakeChannel.ts';
import { FakeClock } from './fakeClock.ts';
import { stores } from './stores.ts';
import { OPEN_HOURS, World } from './world.ts';

interface FleetOptions {
  /** One instance each: by how many milliseconds its clock goes wrong. */
  readonly clocks: readonly number[];
  /** What stands between an instance and the store. */
  readonly wrap?: (store: DocumentStore, instance: number) => DocumentStore;
  /** Instances that only save: what they have saved is sent by whoever takes it first. */
  readonly areDormant?: boolean;
}

/** Several instances of the product on one store, all of them polling; one Teams for all. */
export class Fleet {
  readonly instances: readonly World[];
  readonly channel: FakeChannel;
  readonly clock: FakeClock;
  readonly #folder: string;

  private constructor(parts: Pick<Fleet, 'instances' | 'channel' | 'clock'>, folder: string) {
    this.instances = parts.instances;
    this.channel = parts.channel;
    this.clock = parts.clock;
    this.#folder = folder;
  }

  static async open({ clocks, wrap = (store) => store, areDormant = false }: FleetOptions): Promise<Fleet> {
    const folder = await quickFolder();
    const clock = new FakeClock(OPEN_HOURS);
    const channel = new FakeChannel(clock);
    const instances: World[] = [];
    for (const [n, clockOff] of clocks.entries()) {
      const store = wrap(await stores().open(folder), n);
      instances.push(await World.open({ folder, clock, channel, store, clockOff, isDormant: areDormant }));
    }
    return new Fleet({ instances, channel, clock }, folder);
  }

  /** The instance that a load balancer chose. */
  at(n: number): World {
    const world = this.instances[n % this.instances.length];
    if (world === undefined) throw new Error('a fleet without instances');
    return world;
  }

  /** Everybody takes what is due, at the same time. */
  async run(): Promise<void> {
    await Promise.all(this.instances.map(({ app }) => app.engine.runDue()));
  }

  /** Time passes as it does between two polls. */
  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      this.clock.set(this.clock.now() + 1_000);
      await this.run();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.instances.map(({ store }) => store.close()));
    await rm(this.#folder, { recursive: true, force: true });
  }
}
