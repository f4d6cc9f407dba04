import type { Channel, Reach } from '../channel.ts';
import type { Clock } from '../clock.ts';
import type { Directory, PersonId } from '../directory/directory.ts';
import type { Documents, Executed } from '../engine/engine.ts';
import { dayOf } from '../japanDay.ts';
import type { Log } from '../log.ts';
import { type DocumentStore, StoreError } from '../store/store.ts';
import type { ReachCommand } from './decide.ts';
import type { PersonCommand } from './decidePerson.ts';
import { despiteDamage } from './despiteDamage.ts';
import { type Overview, overviewOf } from './overview.ts';
import type { PersonReach } from './personReach.ts';
import { CITY, type Reachability, type Watcher } from './reachability.ts';

/** A part of the duty lists that has been gone through; `next`: behind whom the next one begins, null: the end. */
interface BatchOutcome {
  readonly kind: 'batch';
  readonly next: PersonId | null;
  /** People whose reachability could not be told. */
  readonly unknown: number;
  /** Those of them whose document is damaged: what is listed of them is older than this. */
  readonly unkept: readonly PersonId[];
}

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

/** Asked side by side; none outlasts the channel's own deadline, so the batch does not outlast its claim. */
const BATCH = 5;
const PAGE = 200;

const exists = (error: unknown): boolean => error instanceof StoreError && error.code === 'already-exists';

export function createReach(parts: Parts): ReachService {
  const { city, people, store, directory, channel, clock, log } = parts;

  /** Creates the document where there is none yet. */
  async function saved(id: PersonId, command: PersonCommand): Promise<void> {
    for (let tries = 0; tries < 5; tries++) {
      const executed = await people.execute(id, command);
      if (executed.kind !== 'absent') return;
      try {
        await people.create(id, command);
        return;
      } catch (error) {
        if (!exists(error)) throw error;
      }
    }
  }

  /** In the order of ids, so that a list that changes meanwhile leaves nobody out who stays on it. */
  function batchAfter(after: PersonId): { ids: PersonId[]; next: PersonId | null } {
    const { daysAhead } = directory.reachability;
    const all = directory.pageable(dayOf(clock.now()), daysAhead).map(({ id }) => id);
    const ahead = all.filter((id) => id > after).sort();
    const ids = ahead.slice(0, BATCH);
    return { ids, next: ahead.length > ids.length ? (ids.at(-1) ?? null) : null };
  }

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
    const executed = await city.execute(CITY, { type: 'follow' });
    if (executed.kind !== 'absent') return;
    await city.create(CITY, { type: 'follow' }).catch((error) => {
      // Another instance starts at the same time.
      if (!exists(error)) throw error;
    });
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
    async checkBatch(run, after) {
      const { ids, next } = batchAfter(after);
      const ask = async (person: PersonId): Promise<Reach> => {
        const reach = await channel.reach(person);
        await saved(person, { type: 'checked', person, run, reach });
        return reach;
      };
      const asked = await despiteDamage(ids, log, ask);
      const unkept = ids.filter((_, at) => asked[at] === undefined);
      const told = asked.filter((reach) => reach !== undefined);
      const reasons = told.flatMap((reach) => (reach.kind === 'reachable' ? [] : [reach.reason]));
      // Who it is stands in the documents; the operator needs what the service said.
      if (reasons.length > 0)
        log.warn({ run, people: reasons.length, reasons: [...new Set(reasons)] }, 'not reached by a check');
      const unknown = unkept.length + told.filter(({ kind }) => kind === 'unknown').length;
      return { kind: 'batch', next, unknown, unkept };
    },
    async inviteBatch(test, after) {
      const { ids, next } = batchAfter(after);
      const invite = (person: PersonId) =>
        saved(person, { type: 'invite', person, test, isAway: directory.isAway(person, test) });
      await despiteDamage(ids, log, invite);
      return { kind: 'batch', next, unknown: 0, unkept: [] };
    },
  };
}

const isRecord = (value: unknown): value is PersonReach =>
  typeof value === 'object' && value !== null && 'person' in value && 'found' in value && 'test' in value;
