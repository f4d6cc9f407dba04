import { LANES, type Lane } from '../city.ts';
import type { History } from './history.ts';
import type { TracedCall, TracedLane } from './line.ts';

/** A page that was claimed although an acknowledgement, or the end, had been committed. */
export interface LatePage {
  readonly code: string;
  readonly key: string;
  readonly worker: string;
  readonly why: 'acknowledged' | 'closed';
}

/** Told from the answers alone, not from the state that the product keeps of them. */
const isAcknowledged = ({ round, answers, came }: TracedLane): boolean =>
  came === round || answers.some(([, kind, of]) => kind !== 'declined' && of === round);

/** Every page is claimed by a conditional write: the version in which its claim is new must not be silent already. */
export function latePages({ code, writes }: History): LatePage[] {
  const late: LatePage[] = [];
  const known = new Set<string>();
  let version: string | null | undefined = null;
  for (const { worker, before, after, call } of writes) {
    const fresh = call.owed.filter(
      ({ kind, claim }) => kind === 'page' && claim !== null && !known.has(claim),
    );
    for (const { claim } of fresh) known.add(claim ?? '');
    // Behind a write that nobody noted the end of, a claim may be somebody else's and older.
    const isNext = before === version;
    version = after;
    if (!isNext) continue;
    for (const { key, lane } of fresh) {
      const why = whySilent(call, lane as Lane);
      if (why !== undefined) late.push({ code, key, worker, why });
    }
  }
  return late;
}

function whySilent(call: TracedCall, lane: Lane): LatePage['why'] | undefined {
  if (!call.open) return 'closed';
  return LANES.includes(lane) && isAcknowledged(call.lanes[lane]) ? 'acknowledged' : undefined;
}
