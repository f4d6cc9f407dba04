import type { Clock } from '../clock.ts';
import type { People, PersonRecord } from './people.ts';

/** How long another instance's change may go unseen: a language, a lower bound of the number of calls. */
const KEPT_MS = 60_000;
/** A city hall has fewer people; the oldest leaves when there are more. */
const KEPT = 5_000;

interface Kept {
  readonly record: PersonRecord;
  readonly at: number;
}

/**
 * What this process has just read or written of people, so that a call for help does not ask the store three times who
 * is calling and once more how to reach each responder. That somebody cannot be reached is never kept: they may have
 * installed the bot at another instance a moment ago.
 */
export function cachedPeople(people: People, clock: Pick<Clock, 'now'>): People {
  const kept = new Map<string, Kept>();

  function keep(id: string, record: PersonRecord): PersonRecord {
    kept.delete(id);
    if (record.reference !== null) kept.set(id, { record, at: clock.now() });
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return record;
  }

  function known(id: string): PersonRecord | undefined {
    const found = kept.get(id);
    return found !== undefined && clock.now() - found.at < KEPT_MS ? found.record : undefined;
  }

  return {
    read: async (id) => known(id) ?? keep(id, await people.read(id)),
    async update(id, change) {
      const before = known(id);
      if (before !== undefined && isSame(before, { ...before, ...change(before) })) return before;
      return keep(id, await people.update(id, change));
    },
    async renew(id, change) {
      return keep(id, await people.renew(id, change));
    },
  };
}

const isSame = (one: PersonRecord, other: PersonRecord): boolean =>
  one.language === other.language && one.reference === other.reference && one.calls === other.calls;
