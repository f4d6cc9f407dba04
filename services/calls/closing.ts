import { LANES, type PersonId } from '../directory/directory.ts';
import type { Accepted, Refused } from '../engine/aggregate.ts';
import { isCaller, mayAct } from './access.ts';
import { expectArrival } from './arrival.ts';
import type { Call, Participant } from './call.ts';
import { type Draft, refuse } from './draft.ts';
import { adoptUnsure, going, passStep, settleLane } from './lanes.ts';

type Decided = Accepted<Call> | Refused;

const TIMERS = [
  'police',
  ...LANES.flatMap((lane) => ['step', 'repeat', 'arrive', 'lapse'].map((t) => `${t}:${lane}`)),
];

/** 対応終了 by anybody who may act, 取消（押し間違い） by the caller: nothing is paged from here on. */
export function finishCall(draft: Draft, by: Participant, how: 'end' | 'cancel'): Decided {
  const { call } = draft;
  if (call.status !== 'open') return refuse('closed');
  if (how === 'cancel' && !isCaller(call as Call, by.id)) return refuse('wrong-role');
  if (!mayAct(draft, by.id)) return refuse('not-yours');
  call.status = how === 'end' ? 'ended' : 'cancelled';
  call.closedAt = draft.now;
  call.closedBy = { ...by };
  for (const timer of TIMERS) draft.timers[timer] = null;
  draft.drop(({ kind }) => ['page', 'notice', 'alarm', 'signal'].includes(kind));
  draft.record(call.status, { who: by.name });
  for (const lane of LANES) adoptUnsure(draft, lane);
  closePosts(draft);
  // Somebody is running there: an updated card makes no sound, a new message does.
  for (const person of going(draft)) {
    if (person === by.id) continue;
    draft.owe({ key: `notice:closed:${person}`, kind: 'notice', person, data: { notice: call.status } });
  }
  return draft.accept();
}

/** What was posted to General Affairs' channel sends nobody there any more. */
export function closePosts(draft: Draft): void {
  for (const activityId of draft.call.posts ?? []) {
    draft.owe({ key: `post:${activityId}`, kind: 'post', person: '', data: { activityId } });
  }
  draft.call.posts = [];
}

/** Leaves an implicated person out of paging (policy P1: councillor or superior may be the offender). */
export function exclude(draft: Draft, by: Participant, person: PersonId): Decided {
  const { call } = draft;
  // Also after the end: who may read the record matters longer than the paging.
  if (!mayAct(draft, by.id)) return refuse('not-yours');
  if (!isCaller(call as Call, by.id) && !draft.directory.isGeneralAffairs(by.id)) return refuse('wrong-role');
  if (call.excluded.includes(person)) return refuse('answered');
  if (person === by.id || isCaller(call as Call, person)) return refuse('wrong-role');
  removePerson(draft, person, by);
  return draft.accept();
}

/** Takes somebody out of both lanes; a lane that they held pages again, a step of theirs alone is passed. */
export function removePerson(
  draft: Draft,
  person: PersonId,
  by: Participant,
  as: 'implicated' | 'affected' = 'implicated',
): void {
  const { call } = draft;
  if (person === by.id) return;
  if (as === 'implicated' && !call.excluded.includes(person)) call.excluded.push(person);
  draft.drop((effect) => effect.person === person && (effect.kind === 'page' || effect.kind === 'notice'));
  const copy = call.copies[person];
  if (as === 'affected') call.copies[person] = { activityId: null, shownRev: 0, ...copy, role: 'caller' };
  else if (copy !== undefined) copy.role = 'left';
  draft.record('excluded');
  // A case that one is part of is nobody's to deal with: it waits for General Affairs again.
  if (call.handling?.assignee?.id === person) call.handling.assignee = null;
  if (as === 'implicated') draft.owe({ key: `cover:${person}`, kind: 'cover', person });
  if (call.status !== 'open') return;
  for (const lane of LANES) {
    const state = draft.lane(lane);
    const removed = state.people[person];
    if (removed === undefined) continue;
    delete state.people[person];
    if (state.state === 'held') settleLane(draft, lane);
    if (state.state === 'held') expectArrival(draft, lane);
    const alone = !Object.values(state.people).some((other) => other.step === state.step);
    if (state.state === 'paging' && removed.step === state.step && alone) passStep(draft, lane, 'declined');
  }
}
