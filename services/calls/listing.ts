import { LANES } from '../directory/directory.ts';
import type { Listing } from '../engine/envelope.ts';
import type { Call } from './call.ts';
import type { Level } from './level.ts';

/** What lists show of a case: state only, no narrative. */
export interface CallSummary {
  readonly code: string;
  readonly level: Level;
  readonly place: string;
  readonly status: Call['status'];
  readonly openedAt: number;
  readonly caller: string;
  readonly affected: string;
}

export function listingOf(call: Call): Listing {
  const people = new Set([call.caller.id, call.affected?.id ?? '']);
  people.delete('');
  const summary: CallSummary = {
    code: call.code,
    level: call.level,
    place: call.places.at(-1)?.text ?? '',
    status: call.status,
    openedAt: call.openedAt,
    caller: call.caller.id,
    affected: call.affected?.id ?? '',
  };
  const mine = [...people].map((id) => `mine:${id}`);
  return { terms: [...mine, ...pagedTerms(call)], sortAt: call.openedAt, summary };
}

/** While the call is open: whoever was paged finds it without its code (「向かいます」 alone). */
function pagedTerms(call: Call): string[] {
  if (call.status !== 'open') return [];
  return LANES.flatMap((lane) => Object.keys(call.lanes[lane].people)).map((id) => `paged:${id}`);
}
