import { SEND_DEADLINE_MS, type SendOutcome } from '../channel.ts';
import type { PersonId } from '../directory/directory.ts';
import type { Accepted } from '../engine/aggregate.ts';
import { CLAIM_MS, CLOCKS_APART_MS, mayBeTaken } from '../engine/claims.ts';
import type { Effect } from '../engine/envelope.ts';
import type { Call, Copy } from './call.ts';
import type { Draft } from './draft.ts';
import { going, laneOf } from './lanes.ts';

/** A new message is the live copy from now on; the one before is retired. */
export function copyShown(
  draft: Draft,
  effect: Effect,
  { activityId, updated }: Extract<UpdateOutcome, { kind: 'delivered' }>,
  shownRev: number,
): Accepted<Call> {
  const { copies } = draft.call;
  const before = copies[effect.person];
  const isUpdate = updated !== undefined && before !== undefined;
  if (updated !== undefined && !isUpdate) {
    // Given up meanwhile, and perhaps retired: it must not look alive for nobody to update.
    retireAgain(draft, effect.person, activityId);
    return draft.accept();
  }
  if (isUpdate && before.activityId !== activityId) {
    // It was under way while a newer message took its place, or was asked for: the old card is old again.
    retireAgain(draft, effect.person, activityId);
    if (before.activityId === null) return draft.accept(draft.now);
    return converge(draft, effect, before.shownRev);
  }
  // Recorded already, by a write whose answer was lost, and replaced since.
  if (!isUpdate && before?.retired === activityId) return converge(draft, effect, before.shownRev);
  if (!isUpdate && before?.activityId != null && before.activityId !== activityId) {
    if (isOlder(draft, effect, before)) {
      retire(draft, effect.person, activityId);
      return converge(draft, effect, before.shownRev);
    }
    retire(draft, effect.person, before.activityId);
  }
  const isDoubted = isUpdate && isInDoubt(draft, effect, before);
  const surelyShown = isDoubted ? Math.min : Math.max;
  const shown = isUpdate ? surelyShown(before.shownRev, shownRev) : shownRev;
  const left = draft.call.excluded.includes(effect.person);
  const news = isUpdate ? before.notice : effect.data.notice;
  copies[effect.person] = {
    activityId,
    shownRev: shown,
    role: left ? 'left' : (before?.role ?? roleOf(draft, effect)),
    ...(typeof news === 'string' ? { notice: news } : {}),
    ...retiredBefore(before, activityId),
    ...postedBy(isUpdate ? before : effect),
    ...(isDoubted && mayBeTaken(effect, draft.now) ? { doubtedAt: draft.now } : {}),
  };
  return converge(draft, effect, shown);
}

/** Two updates of one message were under way at the same time: nobody knows which of them came last. */
const isInDoubt = ({ now }: Draft, effect: Effect, { doubtedAt }: Copy): boolean =>
  mayBeTaken(effect, now) ||
  (doubtedAt !== undefined && (effect.claimedUntil ?? 0) - CLAIM_MS <= doubtedAt + CLOCKS_APART_MS);

const postedBy = ({ claimedUntil }: Pick<Effect, 'claimedUntil'> | Copy): Pick<Copy, 'claimedUntil'> =>
  claimedUntil == null ? {} : { claimedUntil };

/** Recorded so late that another attempt has been made since: its message stands above that of the copy. */
const isOlder = ({ now }: Draft, effect: Effect, copy: Copy): boolean =>
  // Recorded in time it is the newest there is, also when the clock has been set back.
  mayBeTaken(effect, now) && (effect.claimedUntil ?? 0) + CLOCKS_APART_MS < (copy.claimedUntil ?? 0);

/** The message whose place this one has taken, or had. */
function retiredBefore(before: Copy | undefined, activityId: string): Pick<Copy, 'retired'> {
  const replaced = before?.activityId != null && before.activityId !== activityId;
  const retired = replaced ? before.activityId : before?.retired;
  return retired == null ? {} : { retired };
}

/** Whoever was only told of a case, and not called to it, has to do with it as long as they are of General Affairs. */
const roleOf = (draft: Draft, { kind, person }: Effect): 'responder' | 'officer' =>
  kind === 'notice' && laneOf(draft, person) === undefined ? 'officer' : 'responder';

/** Done only when the copy shows the current state. */
export function converge(draft: Draft, effect: Effect, shown: number): Accepted<Call> {
  const { person } = effect;
  if (shown >= draft.currentRev(person)) return draft.accept();
  const readyAt = draft.followsAt(person, shown);
  // Of a card too: another instance may have taken this attempt over, and have taken it out of what is owed.
  draft.owe({ key: `card:${person}`, kind: 'card', person, readyAt });
  return draft.accept(effect.kind === 'card' ? readyAt : undefined);
}

function retire(draft: Draft, person: PersonId, activityId: string): void {
  draft.owe({ key: `retire:${activityId}`, kind: 'retire', person, data: { activityId } });
}

/** By a key of its own: the first one may be under way, and may have arrived before what it is to undo. */
function retireAgain(draft: Draft, person: PersonId, activityId: string): void {
  draft.owe({ key: `retire:${activityId}:again`, kind: 'retire', person, data: { activityId } });
}

/** Of a card that was drawn over a message: which one. */
export type UpdateOutcome = SendOutcome & { readonly updated?: string };

/** It may have arrived after a newer message had taken that one's place, and it may have brought it back to life. */
export function lateUpdate(draft: Draft, { person }: Effect, updated: string | undefined): void {
  const copy = draft.call.copies[person];
  if (updated === undefined || copy === undefined || copy.activityId === updated) return;
  retireAgain(draft, person, updated);
}

/** The card is gone or cannot be sent: callers get a new one, others keep what the next page brings. */
export function cardLost(draft: Draft, effect: Effect, outcome: SendOutcome): Accepted<Call> {
  const copy = draft.call.copies[effect.person];
  if (copy === undefined) return draft.accept();
  // Without a message of its own nothing can be gone but the one before: the new one is still owed.
  if (outcome.kind === 'gone' && (copy.role === 'caller' || copy.activityId === null)) {
    copy.activityId = null;
    copy.shownRev = 0;
    return draft.accept(draft.now);
  }
  if (copy.role === 'caller' || going(draft).includes(effect.person)) {
    // Somebody in danger, or running there, may be reachable in a moment: a card of theirs stays owed, as a new one.
    copy.activityId = null;
    copy.shownRev = 0;
    const slow = effect.person === draft.call.caller.id ? 60_000 : 3_600_000;
    return draft.accept(
      draft.now + Math.max(SEND_DEADLINE_MS, Math.min(slow, 1_000 * 2 ** Math.min(effect.attempt, 12))),
    );
  }
  delete draft.call.copies[effect.person];
  return draft.accept();
}
