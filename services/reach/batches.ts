import type { Channel, Reach } from '../channel.ts';
import type { Clock } from '../clock.ts';
import type { Directory, PersonId } from '../directory/directory.ts';
import type { Documents } from '../engine/engine.ts';
import { executeOrCreate } from '../engine/executeOrCreate.ts';
import { dayOf } from '../japanDay.ts';
import type { Log } from '../log.ts';
import type { PersonCommand } from './decidePerson.ts';
import { despiteDamage } from './despiteDamage.ts';
import type { PersonReach } from './personReach.ts';
import type { BatchOutcome } from './settling.ts';

interface Parts {
  readonly people: Documents<PersonReach, PersonCommand>;
  readonly directory: Directory;
  readonly channel: Pick<Channel, 'reach'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** Asked side by side; none outlasts the channel's own deadline, so the batch does not outlast its claim. */
const BATCH = 5;

/** The duty lists, gone through a few people at a time: a check asks whether they can be paged, a test invites them. */
export function createBatches({ people, directory, channel, clock, log }: Parts) {
  /** In the order of ids, so that a list that changes meanwhile leaves nobody out who stays on it. */
  function batchAfter(after: PersonId): { ids: PersonId[]; next: PersonId | null } {
    const { daysAhead } = directory.reachability;
    const all = directory.pageable(dayOf(clock.now()), daysAhead).map(({ id }) => id);
    const ahead = all.filter((id) => id > after).sort();
    const ids = ahead.slice(0, BATCH);
    return { ids, next: ahead.length > ids.length ? (ids.at(-1) ?? null) : null };
  }

  return {
    async check(run: number, after: PersonId): Promise<BatchOutcome> {
      const { ids, next } = batchAfter(after);
      const ask = async (person: PersonId): Promise<Reach> => {
        const reach = await channel.reach(person);
        await executeOrCreate(people, person, { type: 'checked', person, run, reach });
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
    async invite(test: string, after: PersonId): Promise<BatchOutcome> {
      const { ids, next } = batchAfter(after);
      const invited = (person: PersonId) =>
        executeOrCreate(people, person, {
          type: 'invite',
          person,
          test,
          isAway: directory.isAway(person, test),
        });
      await despiteDamage(ids, log, invited);
      return { kind: 'batch', next, unknown: 0, unkept: [] };
    },
  };
}
