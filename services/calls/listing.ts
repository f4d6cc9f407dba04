import { LANES } from '../directory/directory.ts';
import type { Listing } from '../engine/envelope.ts';
import type { Call, CaseNumber, Handling } from './call.ts';
import { NOT_HANDLED } from './handling.ts';
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
  readonly section: string;
  readonly reported: boolean;
  readonly phase: Handling['phase'];
  readonly number: CaseNumber | null;
  /** Name and id of whoever deals with it. */
  readonly assignee: { readonly id: string; readonly name: string } | null;
  /** Implicated persons, for whom it is not in any list. */
  readonly excluded: readonly string[];
}

/** Terms under which General Affairs and heads find cases (kind `call`). */
export const TERMS = {
  all: (section?: string) => `all:${section ?? '*'}`,
  /** Not yet 対応終了. */
  open: (section?: string) => `open:${section ?? '*'}`,
  /** 未受付. */
  new: 'new:*',
  /** Waits for somebody of General Affairs: not accepted, or given to nobody. */
  waiting: 'todo:general-affairs',
  assigned: (person: string) => `todo:${person}`,
  /** Somebody is being called, or on their way. */
  calling: 'calling:*',
} as const;

export function listingOf(call: Call): Listing {
  const people = new Set([call.caller.id, call.affected?.id ?? '']);
  people.delete('');
  const handling = call.handling ?? NOT_HANDLED;
  const summary: CallSummary = {
    code: call.code,
    level: call.level,
    place: call.places.at(-1)?.text ?? '',
    status: call.status,
    openedAt: call.openedAt,
    caller: call.caller.id,
    affected: call.affected?.id ?? '',
    section: call.section ?? '',
    reported: call.reported,
    phase: handling.phase,
    number: handling.number,
    assignee: handling.assignee === null ? null : { id: handling.assignee.id, name: handling.assignee.name },
    excluded: call.excluded,
  };
  const mine = [...people].map((id) => `mine:${id}`);
  return { terms: [...mine, ...pagedTerms(call), ...caseTerms(summary)], sortAt: call.openedAt, summary };
}

/** A call taken back before anybody wrote or accepted anything leaves nothing to do. */
const isDone = ({ phase, status, reported }: CallSummary): boolean =>
  phase === 'closed' || (phase === 'new' && status === 'cancelled' && !reported);

function caseTerms(summary: CallSummary): string[] {
  const { section, phase, assignee } = summary;
  const units = section === '' ? [undefined] : [undefined, section];
  const all = units.map((unit) => TERMS.all(unit));
  if (isDone(summary)) return all;
  const waits = phase === 'new' || assignee === null;
  return [
    ...all,
    ...units.map((unit) => TERMS.open(unit)),
    ...(phase === 'new' ? [TERMS.new] : []),
    ...(waits ? [TERMS.waiting] : [TERMS.assigned(assignee.id)]),
  ];
}

/** While the call is open: whoever was paged finds it without its code (「向かいます」 alone). */
function pagedTerms(call: Call): string[] {
  if (call.status !== 'open') return [];
  const paged = LANES.flatMap((lane) => Object.keys(call.lanes[lane].people)).map((id) => `paged:${id}`);
  return call.level === 'report' ? paged : [TERMS.calling, ...paged];
}
