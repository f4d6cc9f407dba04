import type { AlarmReason } from '../alarm/alarm.ts';
import { LANES, type Lane } from '../directory/directory.ts';
import type { Effect } from '../engine/envelope.ts';
import type { Call } from './call.ts';
import type { Draft } from './draft.ts';

/**
 * What goes out on the second way besides Teams (port `Alarm`): at once for 緊急, on the first unanswered step of a
 * round, and when a lane has nobody left. Owed only where an alarm is configured, and like a page only as long as it
 * is true: an acknowledgement in time takes it back.
 */

/** Once a call: the level never falls. */
export const signalEmergency = (draft: Draft): void => owe(draft, 'signal:emergency', 'emergency');

/** A step has been waited for in vain. Only the first of a round is news: the others lead to `exhausted`. */
export function signalUnanswered(draft: Draft, lane: Lane): void {
  const state = draft.lane(lane);
  if (!draft.hasAlarm || state.signalled === state.round) return;
  state.signalled = state.round;
  owe(draft, `signal:unanswered:${lane}:${state.round}`, 'unanswered', lane);
}

/** Says more than what is still waiting to be sent of this lane, and takes its place. */
export function signalExhausted(draft: Draft, lane: Lane): void {
  const { round, repeats } = draft.lane(lane);
  draft.drop(({ kind, data }) => kind === 'signal' && data.lane === lane);
  owe(draft, `signal:exhausted:${lane}:${round}:${repeats}`, 'exhausted', lane);
}

/** No longer true when it is about to be sent: the call is over, or somebody has answered in its lane. */
export function isMoot(call: Call, { data }: Pick<Effect, 'data'>): boolean {
  const lane = LANES.find((name) => name === data.lane);
  return call.status !== 'open' || (lane !== undefined && call.lanes[lane].state !== 'paging');
}

function owe(draft: Draft, key: string, reason: AlarmReason, lane?: Lane): void {
  if (!draft.hasAlarm) return;
  const data = { reason, at: draft.now, ...(lane === undefined ? {} : { lane }) };
  draft.owe({ key, kind: 'signal', person: '', data });
}
