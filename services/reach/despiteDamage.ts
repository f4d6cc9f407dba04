import type { PersonId } from '../directory/directory.ts';
import { skipReason } from '../engine/skipped.ts';
import type { Log } from '../log.ts';
import { keyText } from '../store/store.ts';
import { personAggregate } from './decidePerson.ts';

/**
 * Does something for each of these people. Whoever's document is damaged, or of a newer version, does not keep the others
 * from it: that one's answer is undefined, and the operator is told.
 *
 * @throws StoreError when the store is away: then nothing is known of anybody, and all are tried again
 */
export function despiteDamage<R>(
  people: readonly PersonId[],
  log: Pick<Log, 'error'>,
  deed: (person: PersonId) => Promise<R>,
): Promise<(R | undefined)[]> {
  return Promise.all(
    people.map(async (person) => {
      try {
        return await deed(person);
      } catch (error) {
        if (skipReason(error) === undefined) throw error;
        log.error(
          { key: keyText({ kind: personAggregate.kind, id: person }), err: error },
          'person not asked',
        );
        return undefined;
      }
    }),
  );
}
