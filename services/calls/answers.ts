import { LANES, type Lane } from '../directory/directory.ts';
import type { Accepted, Refused } from '../engine/aggregate.ts';
import { answeringLane, isCaller } from './access.ts';
import { expectArrival } from './arrival.ts';
import type { Answer, Call, Participant } from './call.ts';
import { type Draft, isGoing, refuse, stands } from './draft.ts';
import { passStep, settleLane } from './lanes.ts';

type Decided = Accepted<Call> | Refused;

/** 向かいます / 電話で支援します / 到着しました / 行けません (R4). One effect per tap, however often delivered. */
export function answer(draft: Draft, by: Participant, verb: Answer['kind'], tap: string): Decided {
  const { call } = draft;
  if (call.status !== 'open') return refuse('closed');
  if (call.excluded.includes(by.id)) return refuse('excluded');
  if (isCaller(call as Call, by.id) || by.kind !== 'person') return refuse('wrong-role');
  const lane = answeringLane(draft, by.id);
  if (lane === undefined) return refuse('not-yours');
  if (verb === 'phone' && lane !== 'generalAffairs') return refuse('wrong-role');
  if (call.taps.includes(tap)) return refuse('answered');
  const now = draft.lane(lane).people[by.id]?.answer ?? null;
  if (now?.kind === verb && stillSays(draft, lane, now)) return refuse('answered');
  draft.tapped(by.id, tap);
  // The question 「到着しましたか」 has been answered: asked late it would only confuse.
  draft.drop(({ kind, person, data }) => kind === 'notice' && person === by.id && data.notice === 'asked');
  if (verb === 'declined') decline(draft, lane, by);
  else acknowledge(draft, lane, by, verb);
  return draft.accept();
}

/** 「向かいます」 said again after the question 「到着しましたか」 is news: still on the way. */
const stillSays = (draft: Draft, lane: Lane, said: Answer): boolean =>
  said.kind === 'declined' ? true : stands(said, draft.lane(lane)) && said.askedAt === null;

function acknowledge(draft: Draft, lane: Lane, by: Participant, verb: 'going' | 'phone' | 'arrived'): void {
  const state = draft.lane(lane);
  const person = state.people[by.id];
  state.people[by.id] = {
    step: person?.step ?? Math.max(0, state.step),
    page: person?.page ?? 'sent',
    pages: person?.pages ?? 0,
    firstAt: person?.firstAt ?? null,
    lastAt: person?.lastAt ?? null,
    pagedAt: person?.pagedAt ?? draft.now,
    answer: { kind: verb, at: draft.now, round: state.round, askedAt: null, lapsedAt: null },
  };
  draft.call.firstAnswerAt ??= draft.now;
  draft.record(verb, { lane, who: by.name });
  // Somebody who comes unasked has no card yet: this one follows the state like the others.
  const copy = draft.call.copies[by.id];
  if (copy === undefined) draft.call.copies[by.id] = { activityId: null, shownRev: 0, role: 'responder' };
  else if (copy.role === 'officer') copy.role = 'responder';
  settleLane(draft, lane);
  if (verb !== 'phone') expectArrival(draft, lane);
}

/** No reason is asked, nobody is shown as having declined (promise 8); the next people are paged at once. */
function decline(draft: Draft, lane: Lane, by: Participant): void {
  const state = draft.lane(lane);
  const person = state.people[by.id];
  if (person === undefined) return;
  const wasGoing = isGoing(person);
  person.answer = { kind: 'declined', at: draft.now, round: state.round, askedAt: null, lapsedAt: null };
  draft.drop((effect) => effect.kind === 'page' && effect.person === by.id);
  draft.changed = true;
  if (state.state === 'held') settleLane(draft, lane);
  else if (state.state === 'paging' && (wasGoing || person.step === state.step))
    passStep(draft, lane, 'declined');
  // Others who are coming are expected again, now that the one who had arrived is gone.
  if (state.state === 'held') expectArrival(draft, lane);
}

/** 来てくれた: the caller says that somebody is there, whoever it was (R4). */
export function came(draft: Draft, by: Participant, round?: number): Decided {
  const { call } = draft;
  if (call.status !== 'open') return refuse('closed');
  if (!isCaller(call as Call, by.id)) return refuse('wrong-role');
  // Somebody outside the directory has no second lane: whoever came to them is General Affairs.
  const lane: Lane = draft.lane('second').state === 'off' ? 'generalAffairs' : 'second';
  const state = draft.lane(lane);
  if (round !== undefined && round < state.round) return refuse('answered');
  if (state.cameAt !== null && state.cameRound === state.round) return refuse('answered');
  state.cameAt = draft.now;
  state.cameRound = state.round;
  draft.record('came', { lane, who: by.name });
  settleLane(draft, lane);
  expectArrival(draft, lane);
  return draft.accept();
}

/** 連絡済み: somebody has rung up the phone-only step; it holds the lane like an acknowledgement. */
export function phoned(draft: Draft, by: Participant, round?: number): Decided {
  const { call } = draft;
  if (call.status !== 'open') return refuse('closed');
  const waiting = LANES.filter((name) => draft.lane(name).phone !== null);
  const lane = waiting.find((name) => draft.lane(name).phone?.doneAt === null) ?? waiting[0];
  const phone = lane === undefined ? null : draft.lane(lane).phone;
  if (lane === undefined || phone === null) return refuse('not-open');
  const isLate = round !== undefined && round < draft.lane(lane).round;
  if (phone.doneAt !== null || isLate) return refuse('answered');
  phone.doneAt = draft.now;
  phone.doneBy = by.id;
  draft.record('phone-done', { lane, who: by.name, detail: phone.label });
  settleLane(draft, lane);
  expectArrival(draft, lane);
  return draft.accept();
}
