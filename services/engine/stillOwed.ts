import type { Clock } from '../clock.ts';
import { isFresh, mayBeTaken } from './claims.ts';
import type { Documents } from './engine.ts';
import type { Effect } from './envelope.ts';

type Read = Pick<Documents<unknown, never>, 'read'>['read'];

/**
 * Whether a document still owes this attempt: it may have been taken back, or taken over by another instance, while the
 * attempt waited for its turn (`waited`), or for anything else.
 */
export const createStillOwed =
  (read: Read, clock: Pick<Clock, 'now'>) =>
  async (id: string, effect: Effect, waited: boolean): Promise<boolean> => {
    if (!waited && isFresh(effect, clock.now())) return true;
    // Where the document cannot be read it goes: a page too many does less harm than one too few.
    const isStored = await isClaimed(read, id, effect).catch(() => true);
    // Only now: the store may have taken its time.
    return isStored && !mayBeTaken(effect, clock.now());
  };

async function isClaimed(read: Read, id: string, { key, claim }: Effect): Promise<boolean> {
  const outbox = (await read(id))?.outbox ?? [];
  return outbox.some((owed) => owed.key === key && owed.claim === claim && !owed.dropped);
}
