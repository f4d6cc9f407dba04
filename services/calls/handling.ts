import type { PersonId } from '../directory/directory.ts';
import type { Accepted, Refused } from '../engine/aggregate.ts';
import type { Mutable } from '../mutable.ts';
import type { Call, CaseNumber, Handling, Participant } from './call.ts';
import { finishCall } from './closing.ts';
import { type Draft, refuse } from './draft.ts';
import { type Action, mayDo, rolesOf } from './roles.ts';
import { whyNot } from './whyNot.ts';

type Decided = Accepted<Call> | Refused;

export const NOT_HANDLED: Handling = {
  phase: 'new',
  accepted: null,
  candidate: null,
  number: null,
  assignee: null,
  closed: null,
};

const handlingOf = (draft: Draft): Mutable<Handling> => {
  draft.call.handling ??= { ...NOT_HANDLED } as Mutable<Handling>;
  return draft.call.handling;
};

/** Undefined when `by` may. */
function refused(draft: Draft, by: PersonId, action: Action): Refused | undefined {
  const call = draft.call as Call;
  if (mayDo(call, draft.directory, by, action, draft.now)) return undefined;
  const { reason, detail } = whyNot(call, rolesOf(call, draft.directory, by, draft.now), action);
  return refuse(reason, detail);
}

/** 受付する: two officers at once are two writes of one document, so the second is told who was first. */
export function accept(draft: Draft, by: Participant): Decided {
  const no = refused(draft, by.id, 'accept');
  if (no !== undefined) return no;
  const handling = handlingOf(draft);
  handling.phase = 'accepted';
  handling.accepted = { by: { ...by }, at: draft.now };
  draft.record('accepted', { who: by.name });
  draft.owe({ key: 'number', kind: 'number', person: '' });
  // The post of a written report says so; that of a call goes on saying what help it needs.
  for (const activityId of draft.call.level === 'report' ? (draft.call.posts ?? []) : [])
    draft.owe({ key: `post:${activityId}`, kind: 'post', person: '', data: { activityId } });
  return draft.accept();
}

/** To one of General Affairs who is not part of the case; null takes it from whoever has it. */
export function assign(draft: Draft, by: Participant, to: Participant | null): Decided {
  const no = refused(draft, by.id, 'assign');
  if (no !== undefined) return no;
  const handling = handlingOf(draft);
  if ((handling.assignee?.id ?? '') === (to?.id ?? '')) return refuse('answered');
  if (to !== null && !mayDo(draft.call as Call, draft.directory, to.id, 'assign', draft.now))
    return refuse('unknown-person', { name: to.name });
  handling.assignee = to === null ? null : { ...to };
  draft.record('assigned', to === null ? {} : { who: to.name });
  const isNews = to !== null && to.id !== by.id;
  if (isNews)
    draft.owe({
      key: `notice:assigned:${draft.now}:${to.id}`,
      kind: 'notice',
      person: to.id,
      data: { notice: 'assigned' },
    });
  return draft.accept();
}

/** Their post has gone to somebody else, or they have left: nobody waits for them (the work follows the post). */
export function release(draft: Draft, person: PersonId): Decided {
  const handling = handlingOf(draft);
  if (handling.assignee?.id !== person || handling.phase === 'closed') return refuse('answered');
  if (mayDo(draft.call as Call, draft.directory, person, 'assign', draft.now)) return refuse('answered');
  handling.assignee = null;
  draft.record('released');
  return draft.accept();
}

/** 対応終了 of the case. An open call ends with it: nobody is paged for a case that is over (promise 2). */
export function close(draft: Draft, by: Participant, sure: boolean): Decided {
  const no = refused(draft, by.id, 'close');
  if (no !== undefined) return no;
  // Pressed in passing it would leave somebody alone.
  const isCalling = draft.call.status === 'open' && draft.call.level !== 'report';
  if (isCalling && !sure) return refuse('still-calling');
  const handling = handlingOf(draft);
  handling.phase = 'closed';
  handling.closed = { by: { ...by }, at: draft.now };
  draft.record('closed', { who: by.name });
  // What stands open of the narrative becomes neutral once the case has been handled (promise 7).
  draft.owe({ key: 'cover', kind: 'cover', person: '' });
  return draft.call.status === 'open' ? finishCall(draft, by, 'end') : draft.accept();
}

export function reopen(draft: Draft, by: Participant): Decided {
  const no = refused(draft, by.id, 'reopen');
  if (no !== undefined) return no;
  reopenCase(draft, by.name);
  return draft.accept();
}

/** Also when a report comes in after the end: somebody has to read it. */
export function reopenCase(draft: Draft, who: string): void {
  const handling = handlingOf(draft);
  handling.phase = 'accepted';
  handling.closed = null;
  draft.record('reopened-case', { who });
}

const same = (a: CaseNumber | null, b: CaseNumber | null): boolean => a?.year === b?.year && a?.n === b?.n;

/** Moves on from a number that turned out to be another case's, one at a time. */
export function tryNumber(draft: Draft, number: CaseNumber, instead: CaseNumber | null): Decided {
  const handling = handlingOf(draft);
  if (handling.number !== null || handling.accepted === null) return refuse('answered');
  if (!same(handling.candidate, instead)) return refuse('answered');
  handling.candidate = { ...number };
  return draft.accept();
}

export function numbered(draft: Draft, number: CaseNumber): Decided {
  const handling = handlingOf(draft);
  if (handling.number !== null || !same(handling.candidate, number)) return refuse('answered');
  handling.number = { ...number };
  draft.drop(({ kind }) => kind === 'number');
  draft.record('numbered', { detail: `${number.year}-${number.n}` });
  return draft.accept();
}
