import type { Lane } from '../directory/directory.ts';
import type { Mutable } from '../mutable.ts';
import type { Answer, LaneState } from './call.ts';
import { WAITS } from './commands.ts';
import { type Draft, hasArrived } from './draft.ts';
import { settleLane, timerNames } from './lanes.ts';

/** 「向かいます」 is a promise to be there: who does not arrive in time is asked, and then no longer counted on (R4). */

/** Expects everybody who said they come within the place's time, each counted from their own word. */
export function expectArrival(draft: Draft, lane: Lane): void {
  const { arrive, lapse } = timerNames(lane);
  const arrived = hasArrived(draft.lane(lane));
  if (arrived) draft.timers[lapse] = null;
  draft.timers[arrive] = arrived ? null : nextArrival(draft, lane);
}

/** When the next of those who are coming and have not been asked yet is expected; null when there is none. */
function nextArrival(draft: Draft, lane: Lane): number | null {
  const state = draft.lane(lane);
  const said = expected(state).map((answer) => answer.at);
  if (state.phone?.doneAt != null && state.phone.doneAt + travel(draft) > draft.now)
    said.push(state.phone.doneAt);
  return said.length === 0 ? null : Math.min(...said) + travel(draft);
}

const travel = (draft: Draft): number => draft.place.arriveMinutes * 60_000;

const expected = (state: Mutable<LaneState>): Mutable<Answer>[] =>
  Object.values(state.people).flatMap(({ answer }) =>
    answer?.kind === 'going' && answer.lapsedAt === null && answer.askedAt === null ? [answer] : [],
  );

/** Nobody has arrived in the expected time: ask those whose time it is. */
export function onArriveTimer(draft: Draft, lane: Lane): void {
  const state = draft.lane(lane);
  if (state.state !== 'held' || hasArrived(state)) return;
  for (const [id, { answer }] of Object.entries(state.people)) {
    if (answer === null || !expected(state).includes(answer)) continue;
    if (answer.at + travel(draft) > draft.now) continue;
    answer.askedAt = draft.now;
    draft.owe({
      key: `notice:asked:${lane}:${state.round}:${draft.now}:${id}`,
      kind: 'notice',
      person: id,
      data: { notice: 'asked' },
    });
  }
  draft.record('asked', { lane });
  draft.timers[timerNames(lane).arrive] = nextArrival(draft, lane);
  draft.timers[timerNames(lane).lapse] = draft.now + WAITS.lapse;
}

/** No arrival after the question either: that answer lapses, and when none is left the lane pages again. */
export function onLapseTimer(draft: Draft, lane: Lane): void {
  const state = draft.lane(lane);
  if (state.state !== 'held' || hasArrived(state)) return;
  const phone = state.phone;
  let lapsed = phone?.doneAt != null && phone.doneAt + travel(draft) + WAITS.lapse <= draft.now;
  if (lapsed && phone !== null) phone.doneAt = null;
  const asked: number[] = [];
  for (const { answer } of Object.values(state.people)) {
    // Who answered the question, or came forward since, is expected anew.
    if (answer?.kind !== 'going' || answer.lapsedAt !== null || answer.askedAt === null) continue;
    if (answer.askedAt + WAITS.lapse > draft.now) asked.push(answer.askedAt);
    else {
      answer.lapsedAt = draft.now;
      lapsed = true;
    }
  }
  draft.timers[timerNames(lane).lapse] = asked.length === 0 ? null : Math.min(...asked) + WAITS.lapse;
  if (!lapsed) return;
  draft.record('lapsed', { lane });
  settleLane(draft, lane);
}
