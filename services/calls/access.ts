import { type Directory, LANES, type Lane, type PersonId } from '../directory/directory.ts';
import type { Call } from './call.ts';
import type { Draft } from './draft.ts';
import { laneOf, stepsOf } from './lanes.ts';

/** Caller or affected person: sees the caller's card and may end or take back the call. */
export const isCaller = (call: Call, person: PersonId): boolean =>
  person !== '' &&
  (person === call.caller.id || person === call.affected?.id || call.alsoAffected?.includes(person) === true);

/**
 * Whoever may see the state of the call (never a narrative) and act on it: caller, affected person, responders,
 * General Affairs. Implicated persons never. Whoever has left the organisation keeps what a guest has: a call of
 * their own while it is open.
 */
export function isEntitled(call: Call, directory: Directory, person: PersonId): boolean {
  if (call.excluded.includes(person)) return false;
  if (directory.person(person) === undefined) return isGuestsCall(call, person);
  return (
    isCaller(call, person) ||
    LANES.some((lane) => call.lanes[lane].people[person] !== undefined) ||
    // Paged before the level rose, and not yet again: still somebody who was called.
    call.copies[person]?.role === 'responder' ||
    directory.isGeneralAffairs(person)
  );
}

/** Who called as a guest also sees how it ended; who called as a member of the organisation is one no more. */
const isGuestsCall = (call: Call, person: PersonId): boolean =>
  call.status === 'open'
    ? isCaller(call, person)
    : call.caller.kind === 'guest' && person !== '' && call.caller.id === person;

/** Was called, and is no longer in the directory: neither paged nor reminded. */
export const hasLeft = (call: Call, directory: Directory, person: PersonId): boolean =>
  directory.person(person) === undefined && !isEntitled(call, directory, person);

/** May see the card, switch to 緊急, end, or take the 110 task. */
export const mayAct = (draft: Draft, person: PersonId): boolean =>
  isEntitled(draft.call as Call, draft.directory, person);

/**
 * The lane somebody answers in: the one they were paged in; else General Affairs for its members; else the second
 * lane for whoever a later step would page anyway (a colleague who hears it and comes).
 */
export function answeringLane(draft: Draft, person: PersonId): Lane | undefined {
  const paged = laneOf(draft, person);
  if (paged !== undefined) return paged;
  if (draft.directory.isGeneralAffairs(person) && draft.lane('generalAffairs').state !== 'off') {
    return 'generalAffairs';
  }
  const named = LANES.find(
    (lane) =>
      draft.lane(lane).state !== 'off' && stepsOf(draft, lane).some((step) => step.people.includes(person)),
  );
  // Paged before the level or the place changed: whoever was called may still come.
  const called = draft.call.copies[person]?.role === 'responder' && draft.lane('second').state !== 'off';
  return named ?? (called ? 'second' : undefined);
}
