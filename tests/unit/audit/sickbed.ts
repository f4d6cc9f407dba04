import { BOUNDS } from '../../../services/audit/bounds.ts';
import type { Audited } from '../../../services/audit/check.ts';
import { EngineWatch } from '../../../services/audit/engineWatch.ts';
import { Streak } from '../../../services/audit/streak.ts';
import type { Attempt } from '../../../services/engine/observer.ts';
import { type Key, StoreError } from '../../../services/store/store.ts';
import { FakeClock } from '../../harness/fakeClock.ts';

/** An instance that is well until a test makes it ill in one place. */
export class Sickbed implements Audited {
  readonly clock = new FakeClock('2026-11-24T10:00:00+09:00');
  readonly watch = new EngineWatch(this.clock);
  readonly sends = new Streak(BOUNDS.sends);
  readonly writes = new Streak(BOUNDS.writes);
  /** When the documents in the store are due. */
  readonly due = new Map<string, number>();
  isRunning = true;
  /** Undefined: as of now. */
  lastPollAt: number | null | undefined;
  storeDoes: 'answers' | 'refuses' | 'hangs' = 'answers';

  readonly health = () => ({
    running: this.isRunning,
    lastPollAt: this.lastPollAt === undefined ? this.clock.now() : this.lastPollAt,
    inFlight: 0,
  });

  readonly store = {
    due: async (now: number, limit: number): Promise<Key[]> => {
      await this.#answer();
      const keys = [...this.due].filter(([, at]) => at <= now).sort((a, b) => a[1] - b[1]);
      return keys.slice(0, limit).map(([id]) => ({ kind: 'call', id }));
    },
    ping: () => this.#answer(),
  };

  #answer(): Promise<void> {
    if (this.storeDoes === 'refuses') return Promise.reject(new StoreError('unavailable', 'away'));
    return this.storeDoes === 'hangs' ? new Promise(() => {}) : Promise.resolve();
  }

  pass(ms: number): void {
    this.clock.set(this.clock.now() + ms);
  }

  /** An attempt at an effect, as the engine tells of it. */
  attempt(id: string, claim = 'claim'): Attempt {
    const key = { kind: 'call', id };
    const effect = {
      key: 'page:second:1:0:0:somebody',
      kind: 'page',
      person: 'somebody',
      data: {},
      readyAt: 0,
      attempt: 1,
      claimedUntil: this.clock.now(),
      claim,
      uncertain: 0,
      dropped: false,
    };
    return { key, effect, state: {} };
  }
}

/** Until everything that waits for no time has happened. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
