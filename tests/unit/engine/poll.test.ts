import { expect, test } from '@jest/globals';
import type { Aggregate } from '../../../services/engine/aggregate.ts';
import { Engine } from '../../../services/engine/engine.ts';
import { type DocumentStore, Undecodable } from '../../../services/store/store.ts';

const box: Aggregate<object, never> = {
  kind: 'box',
  listing: () => ({ terms: [], sortAt: 0, summary: null }),
  decide: (state) => ({
    ok: true,
    state: state ?? {},
    changed: false,
    effects: [],
    drop: () => false,
    timers: {},
  }),
};

/** Runs what the engine has scheduled, one wake-up after another; time passes only by waiting. */
class Schedule {
  time = 1_000_000;
  #next: { at: number; run: () => void } | undefined;

  readonly clock = {
    now: () => this.time,
    after: (ms: number, run: () => void) => {
      const mine = { at: this.time + ms, run };
      this.#next = mine;
      return () => {
        if (this.#next === mine) this.#next = undefined;
      };
    },
  };

  /** @returns false when nothing is scheduled before `until` */
  async runNext(engine: Engine, until: number): Promise<boolean> {
    await engine.idle();
    const next = this.#next;
    if (next === undefined || next.at > until) return false;
    this.#next = undefined;
    this.time = next.at;
    next.run();
    await engine.idle();
    return true;
  }
}

test('a document that cannot be served is asked for about once a second, not without a pause', async () => {
  const schedule = new Schedule();
  const damaged = { kind: 'box', id: 'damaged' };
  let asked = 0;
  const store = {
    due: async () => {
      asked += 1;
      return [damaged];
    },
    nextDue: async () => 1,
    read: async () => {
      throw new Undecodable(damaged, 'etag');
    },
  } as unknown as DocumentStore;
  const silent = () => {};
  const log = { info: silent, warn: silent, error: silent };
  const engine = new Engine({ store, clock: schedule.clock, log });
  engine.register(box, async () => ({}));
  engine.start();
  const until = schedule.time + 30_000;
  while (await schedule.runNext(engine, until));
  await engine.stop();
  expect(asked).toBeGreaterThan(20);
  expect(asked).toBeLessThan(45);
});
