import type { Answer, Call, LaneState } from '../services/calls/call.ts';
import { silentOf, wasSent } from '../services/calls/silent.ts';
import { LANES, type PersonId } from '../services/directory/directory.ts';

/** Questions to the state of a lane; what they mean on the screen is in `lanes.ts`. */

export interface Comer {
  readonly id: PersonId;
  readonly answer: Answer;
}

const RANK = { arrived: 0, going: 1, phone: 2, declined: 3 } as const;

/**
 * Everybody who said they come or help and has neither taken it back nor lapsed, arrived first. An answer of an
 * earlier round counts here too: whoever runs already is still running after 緊急に切り替える.
 */
export function comers(lane: LaneState): readonly Comer[] {
  return Object.entries(lane.people)
    .flatMap(([id, { answer }]) => (answer !== null && isComing(answer) ? [{ id, answer }] : []))
    .sort((a, b) => RANK[a.answer.kind] - RANK[b.answer.kind] || a.answer.at - b.answer.at);
}

export const isComing = (answer: Answer | null): boolean =>
  answer !== null && answer.kind !== 'declined' && answer.lapsedAt === null;

export const lapsedPeople = (lane: LaneState): readonly Comer[] =>
  Object.entries(lane.people).flatMap(([id, { answer }]) =>
    answer !== null && answer.kind !== 'declined' && answer.lapsedAt !== null ? [{ id, answer }] : [],
  );

/** R4: 「1人で対応中」 until somebody stands beside them, by their own word or the caller's. */
export const somebodyArrived = (call: Call): boolean =>
  LANES.some((name) => {
    const lane = call.lanes[name];
    return lane.cameAt !== null || comers(lane).some(({ answer }) => answer.kind === 'arrived');
  });

interface Pending {
  readonly state: 'none' | 'queued' | 'sent' | 'unreachable';
  readonly lastAt: number | null;
}

/** How far the page has got with those who have not answered: of the running step, else of anybody. */
export function pending(lane: LaneState): Pending {
  const people = silentOf(lane);
  const sent = people.filter(wasSent);
  if (sent.length > 0) return { state: 'sent', lastAt: Math.max(...sent.map(({ lastAt }) => lastAt ?? 0)) };
  if (people.some(({ page }) => page === 'queued')) return { state: 'queued', lastAt: null };
  return { state: people.length > 0 ? 'unreachable' : 'none', lastAt: null };
}

export const reachedAnybody = (lane: LaneState): boolean =>
  Object.values(lane.people).some(({ lastAt, page }) => page === 'sent' || lastAt !== null);

/** The phone-only step that still has to be rung up. */
export const openPhoneTask = (lane: LaneState) =>
  lane.state === 'paging' && lane.phone !== null && lane.phone.doneAt === null ? lane.phone : null;
