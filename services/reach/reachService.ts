import type { Channel } from '../channel.ts';
import type { Clock } from '../clock.ts';
import type { Directory, PersonId } from '../directory/directory.ts';
import type { Documents, Executed } from '../engine/engine.ts';
import { executeOrCreate } from '../engine/executeOrCreate.ts';
import type { Log } from '../log.ts';
import { type DocumentStore, StoreError } from '../store/store.ts';
import { createBatches } from './batches.ts';
import type { ReachCommand } from './decide.ts';
import type { PersonCommand } from './decidePerson.ts';
import { type Overview, overviewOf } from './overview.ts';
import type { PersonReach } from './personReach.ts';
import { CITY, type Reachability, type Watcher } from './reachability.ts';
import type { BatchOutcome } from './settling.ts';

/** Who can be paged, before it matters, and the monthly 通知テスト. */
export interface ReachService {
  /** The organisation is in force: sets the times of checks and tests. */
  follow(): Promise<void>;
  /** @param unkept of whom a check could keep nothing; by default as the latest one of the bot has it */
  overview(unkept?: readonly PersonId[]): Promise<Overview>;
  /** Asks for everybody now; `watcher` gets the result on their card. */
  check(watcher: Watcher | null): Promise<void>;
  startTest(by: string): Promise<Executed<Reachability>>;
  /** `unknown`: they were never part of a test. */
  confirm(person: PersonId, test: string): Promise<'done' | 'confirmed' | 'old-test' | 'unknown'>;
  /** Teams said that the app was added for somebody, or taken away. */
  noted(person: PersonId, what: 'installed' | 'uninstalled'): Promise<void>;
  checkBatch(run: number, after: PersonId): Promise<BatchOutcome>;
  inviteBatch(test: string, after: PersonId): Promise<BatchOutcome>;
}

interface Parts {
  readonly city: Documents<Reachability, ReachCommand>;
  readonly people: Documents<PersonReach, PersonCommand>;
  readonly store: DocumentStore;
  readonly directory: Directory;
  readonly channel: Pick<Channel, 'reach'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

const PAGE = 200;

export function createReach(parts: Parts): ReachService {
  const { city, people, store, directory, clock } = parts;
  const batches = createBatches(parts);

  async function records(): Promise<PersonReach[]> {
    const all: PersonReach[] = [];
    for (let cursor: string | undefined; ; ) {
      const query = { kind: 'reach', term: 'all', limit: PAGE };
      const page = await store.list(cursor === undefined ? query : { ...query, cursor });
      for (const { summary } of page.items) if (isRecord(summary)) all.push(summary);
      if (page.next === undefined) return all;
      cursor = page.next;
    }
  }

  async function cityNow(): Promise<Reachability> {
    const known = await city.read(CITY);
    if (known !== undefined) return known.state;
    await follow();
    const made = await city.read(CITY);
    if (made === undefined) throw new StoreError('unavailable', 'the state of the checks is not there');
    return made.state;
  }

  async function follow(): Promise<void> {
    await executeOrCreate(city, CITY, { type: 'follow' });
  }

  return {
    follow,
    async overview(unkept) {
      const state = await cityNow();
      return overviewOf(directory, await records(), state, clock.now(), unkept);
    },
    async check(watcher) {
      await cityNow();
      await city.execute(CITY, { type: 'check', watcher });
    },
    async startTest(by) {
      await cityNow();
      return city.execute(CITY, { type: 'start-test', by });
    },
    async confirm(person, test) {
      const executed = await people.execute(person, { type: 'confirm', test });
      if (executed.kind === 'absent') return 'unknown';
      if (executed.kind === 'refused')
        return executed.refusal.reason === 'confirmed' ? 'confirmed' : 'old-test';
      return 'done';
    },
    async noted(person, what) {
      // The next check has the number after the latest one: what is noted now is news then.
      const run = ((await city.read(CITY))?.state.run ?? 0) + 1;
      await people.execute(person, { type: what, run });
    },
    checkBatch: batches.check,
    inviteBatch: batches.invite,
  };
}

const isRecord = (value: unknown): value is PersonReach =>
  typeof value === 'object' && value !== null && 'person' in value && 'found' in value && 'test' in value;
