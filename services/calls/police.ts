import type { Accepted, Refused } from '../engine/aggregate.ts';
import { mayAct } from './access.ts';
import type { Call, Participant } from './call.ts';
import { repeatWait, WAITS } from './commands.ts';
import { type Draft, refuse } from './draft.ts';
import { involved } from './lanes.ts';

type Decided = Accepted<Call> | Refused;

/**
 * The 110 task (R11): waits for no approval, stands on every responder's card, and is repeated until somebody
 * takes it and has rung.
 */
export function openPoliceTask(draft: Draft): void {
  draft.call.police = { claimedBy: null, claimedAt: null, doneAt: null, doneBy: null, repeats: 0 };
  draft.timers.police = draft.now + WAITS.police;
}

/** 私が110番します. */
export function claimPolice(draft: Draft, by: Participant): Decided {
  const { call } = draft;
  if (call.status !== 'open') return refuse('closed');
  if (!mayAct(draft, by.id)) return refuse('not-yours');
  if (call.police === null) return refuse('not-open');
  if (call.police.doneAt !== null) return refuse('already-police', { name: call.police.doneBy?.name ?? '' });
  if (call.police.claimedBy !== null) return refuse('already-police', { name: call.police.claimedBy.name });
  call.police.claimedBy = { ...by };
  call.police.claimedAt = draft.now;
  draft.timers.police = draft.now + WAITS.policeDone;
  draft.drop((effect) => effect.kind === 'notice' && effect.data.notice === 'police');
  draft.record('police-claimed', { who: by.name });
  return draft.accept();
}

/** 通報済み: by whoever rang; others may still have called. */
export function policeDone(draft: Draft, by: Participant): Decided {
  const { call } = draft;
  if (call.status !== 'open') return refuse('closed');
  if (!mayAct(draft, by.id)) return refuse('not-yours');
  if (call.police === null) return refuse('not-open');
  if (call.police.doneAt !== null) return refuse('already-police', { name: call.police.doneBy?.name ?? '' });
  call.police.doneAt = draft.now;
  call.police.doneBy = { ...by };
  draft.timers.police = null;
  draft.drop((effect) => effect.kind === 'notice' && effect.data.notice === 'police');
  draft.record('police-done', { who: by.name });
  return draft.accept();
}

/** Nobody has taken the task, or whoever took it has not said that it is done: it is offered to all again. */
export function onPoliceTimer(draft: Draft): void {
  const { police } = draft.call;
  if (draft.call.status !== 'open' || police === null || police.doneAt !== null) return;
  police.claimedBy = null;
  police.claimedAt = null;
  police.repeats += 1;
  for (const person of involved(draft)) {
    draft.owe({
      key: `notice:police:${police.repeats}:${person}`,
      kind: 'notice',
      person,
      data: { notice: 'police' },
    });
  }
  draft.record('police-repeated');
  draft.timers.police = draft.now + repeatWait(WAITS.policeRepeats, police.repeats - 1);
}
