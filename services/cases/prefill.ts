import type { Call } from '../calls/call.ts';
import { type Directory, LANES } from '../directory/directory.ts';
import { dayOf, timeOf } from '../japanDay.ts';
import type { Values } from '../reports/fields.ts';
import type { Report } from '../reports/report.ts';

/**
 * What the call and the short report already say, for the fields of the full one: nobody types it again. A proposal: it
 * becomes part of the record only when somebody saves it.
 */
export function prefillOf(call: Call, report: Report, directory: Pick<Directory, 'person'>): Values {
  const first = report.entries[0];
  const where = first?.where ?? call.places.at(-1)?.text;
  const who = call.affected ?? (call.caller.kind === 'counter' ? null : call.caller);
  const present = attendants(call, directory);
  return {
    // A written report says when it happened in words; the day of writing is not it.
    ...(call.level === 'report' ? {} : { date: dayOf(call.openedAt) }),
    ...(call.level === 'report' ? {} : { startedAt: timeOf(call.openedAt) }),
    ...(call.closedAt === null || call.level === 'report' ? {} : { endedAt: timeOf(call.closedAt) }),
    ...(where === undefined ? {} : { place: where.slice(0, 200) }),
    ...(who === null ? {} : { staff: who.name }),
    ...(present === '' ? {} : { attendants: present.slice(0, 400) }),
    ...(first === undefined ? {} : { behaviour: first.what }),
  };
}

/** Who came, and when (R4). */
function attendants(call: Call, directory: Pick<Directory, 'person'>): string {
  const arrived = LANES.flatMap((lane) =>
    Object.entries(call.lanes[lane].people).flatMap(([id, { answer }]) =>
      answer?.kind === 'arrived' ? [{ id, at: answer.at }] : [],
    ),
  );
  return arrived
    .sort((a, b) => a.at - b.at)
    .map(({ id, at }) => `${directory.person(id)?.name ?? ''}（${timeOf(at)}到着）`)
    .join('、');
}

/** The short reports in a line each, for whoever writes the full one from them. */
export const shortOf = ({ entries }: Report): string[] =>
  entries.map(({ when, where, what }) => `${when}　${where}　${what}`);
