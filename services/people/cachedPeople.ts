import type { Clock } from '../clock.ts';
import type { People, PersonRecord } from './people.ts';
import { Requests } from './requests.ts';

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
  const requests = new Requests();

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

  async function asked(
    what: 'read' | 'write',
    id: string,
    ask: () => Promise<PersonRecord>,
  ): Promise<PersonRecord> {
    const request = requests.begin(id);
    try {
      const record = await ask();
      if (!request.isOvertaken) keep(id, record);
      // Of two writes nobody here knows which came last; what a read has found is older than what was written meanwhile.
      else if (what === 'write') kept.delete(id);
      return record;
    } finally {
      requests.end(request, what);
    }
  }

  return {
    peek: (id) => kept.get(id)?.record,
    read: async (id) => known(id) ?? asked('read', id, () => people.read(id)),
    async update(id, change) {
      const before = known(id);
      if (before !== undefined && isSame(before, { ...before, ...change(before) })) return before;
      return asked('write', id, () => people.update(id, change));
    },
    renew: (id, change) => asked('write', id, () => people.renew(id, change)),
  };
}

const isSame = (one: PersonRecord, other: PersonRecord): boolean =>
  one.language === other.language && one.reference === other.reference && one.calls === other.calls;
