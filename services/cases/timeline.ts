import type { Call, Participant, TimelineEntry } from '../calls/call.ts';
import { STEPS, type StepId } from '../reports/fields.ts';
import type { Report } from '../reports/report.ts';

/** One line of 経過. No narrative: what was written is in the record, that it was written is here. */
export type CaseEvent =
  | { readonly at: number; readonly type: 'call'; readonly entry: TimelineEntry }
  | { readonly at: number; readonly type: 'report'; readonly by: Participant; readonly onBehalf: boolean }
  | {
      readonly at: number;
      readonly type: 'step';
      readonly by: Participant;
      readonly step: StepId;
      readonly onBehalf: boolean;
      readonly isAmendment: boolean;
    }
  | {
      readonly at: number;
      readonly type: 'categories' | 'proposal' | 'note' | 'amendment';
      readonly by: Participant;
    };

const stepOfField = new Map(
  STEPS.flatMap(({ id, fields }) => fields.map((field) => [field.id, id] as const)),
);

/** One event for what somebody saved of one step at one moment. */
function stepEvents({ changes = [] }: Report): CaseEvent[] {
  const events = new Map<string, CaseEvent>();
  for (const { at, by, field, onBehalf, why } of changes) {
    const step = stepOfField.get(field);
    if (step === undefined) continue;
    const key = `${at}/${by.id}/${step}`;
    const before = events.get(key);
    const isAmendment = why !== '' || (before?.type === 'step' && before.isAmendment);
    events.set(key, { at, type: 'step', by, step, onBehalf, isAmendment });
  }
  return [...events.values()];
}

const isOfReport = ({ kind, detail }: TimelineEntry): boolean =>
  kind === 'reported' || (kind === 'opened' && detail === 'report');

/** A written report has nothing to end on the spot: its 対応終了 is that of the case. */
const isSaidTwice = (call: Call, { kind }: TimelineEntry): boolean =>
  call.level === 'report' && kind === 'ended';

/**
 * What happened, oldest first: the call, the report, the work on the record. Each part keeps its own order by never
 * running backwards; between them the server's clock decides.
 */
export function timelineOf(call: Call, report: Report | undefined): CaseEvent[] {
  const isReported = (report?.entries.length ?? 0) > 0;
  const events: CaseEvent[] = call.timeline
    // The report itself says so, with its own time.
    .filter((entry) => !isSaidTwice(call, entry) && !(isReported && isOfReport(entry)))
    .map((entry) => ({ at: entry.at, type: 'call', entry }));
  if (report !== undefined) {
    for (const { at, by, onBehalf = false } of report.entries)
      events.push({ at, type: 'report', by, onBehalf });
    events.push(...stepEvents(report));
    const lists = [
      ['categories', report.corrections],
      ['proposal', report.proposals],
      ['note', report.notes],
      ['amendment', report.amendments],
    ] as const;
    for (const [type, list] of lists) for (const { at, by } of list ?? []) events.push({ at, type, by });
    for (const { judgement } of report.entries)
      if (judgement !== null) events.push({ at: judgement.at, type: 'categories', by: judgement.by });
  }
  return events.sort((a, b) => a.at - b.at);
}
