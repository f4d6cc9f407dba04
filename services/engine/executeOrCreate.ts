import { type Key, StoreError } from '../store/store.ts';
import type { Documents, Executed } from './engine.ts';

const TRIES = 20;

/**
 * Executes a command; where there is no document yet, creates it by that command.
 *
 * @throws StoreError also `unavailable`, when the document is there and is not there too often in a row
 */
export async function executeOrCreate<S, C>(
  documents: Pick<Documents<S, C>, 'execute' | 'create'>,
  id: Key['id'],
  command: C,
): Promise<Executed<S>> {
  for (let tries = 0; tries < TRIES; tries++) {
    const executed = await documents.execute(id, command);
    if (executed.kind !== 'absent') return executed;
    try {
      return await documents.create(id, command);
    } catch (error) {
      // Somebody else has created it just now.
      if (!(error instanceof StoreError) || error.code !== 'already-exists') throw error;
    }
  }
  throw new StoreError('unavailable', 'A document that is written by others could not be written.');
}
