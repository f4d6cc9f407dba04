import type { ReportFacts } from '../classification/classifier.ts';
import type { Values } from './fields.ts';
import type { ReportEntry } from './report.ts';

/**
 * What the boxes of the full report say to the classifier beside the words of a short one. Empty boxes say nothing:
 * not asked is not "no".
 */
export function factsOf(entry: Pick<ReportEntry, 'dangerNow'>, values: Values): ReportFacts {
  const minutes = minutesBetween(values.startedAt, values.endedAt);
  const { cityFault } = values;
  return {
    dangerNow: entry.dangerNow,
    ...(minutes === undefined ? {} : { minutes }),
    ...(values.injury === 'injured' ? { injured: true } : {}),
    ...(cityFault === 'none' || cityFault === 'checking' || cityFault === 'found' ? { cityFault } : {}),
    ...(values.accommodation === 'asked' ? { accommodation: true } : {}),
  };
}

/** Of two times of the day (`09:30`); over midnight when the end comes first. */
function minutesBetween(from = '', to = ''): number | undefined {
  const [start, end] = [minuteOf(from), minuteOf(to)];
  if (start === undefined || end === undefined) return undefined;
  return (end - start + 1440) % 1440;
}

function minuteOf(time: string): number | undefined {
  const [, hour, minute] = /^(\d{2}):(\d{2})$/.exec(time) ?? [];
  return hour === undefined ? undefined : Number(hour) * 60 + Number(minute);
}
