import type { Call, Participant, TimelineEntry } from '../services/calls/call.ts';
import { formatNumber } from '../services/calls/caseNumber.ts';
import { LEVELS } from '../services/calls/level.ts';
import type { CaseEvent } from '../services/cases/timeline.ts';
import { participantName } from './names.ts';
import { type Line, line, subtle } from './parts.ts';
import type { Language } from './rendered.ts';
import { casework, recordStrings } from './strings/casework.ts';
import { strings } from './strings.ts';
import { clockText, oneLine } from './text.ts';

/** Lines of 経過, oldest first: JST, what, by whom. Never a word of a narrative. */
export function eventLines(
  events: readonly CaseEvent[],
  call: Call,
  language: Language,
  now: number,
): Line[] {
  const { gap } = strings(language);
  return events.map((event) =>
    line(subtle(`${clockText(event.at, now)}${gap}`), eventText(event, call, language)),
  );
}

function eventText(event: CaseEvent, call: Call, language: Language): string {
  const { timeline } = casework(language);
  if (event.type === 'call') return callText(event.entry, call, language);
  const who = name(event.by, language);
  if (event.type === 'report') return event.onBehalf ? timeline.reportOnBehalf(who) : timeline.report(who);
  if (event.type !== 'step') return timeline[event.type](who);
  const step = recordStrings(language).steps[event.step];
  if (event.isAmendment) return timeline.stepAmended(step, who);
  return event.onBehalf ? timeline.stepOnBehalf(step, who) : timeline.step(step, who);
}

function callText(
  { kind, who = '', detail = '', lane }: TimelineEntry,
  call: Call,
  language: Language,
): string {
  const words = strings(language);
  const { timeline } = casework(language);
  const facts = {
    who: who === '' ? '' : nameOf(who, call, language),
    detail: detailText(kind, detail, language),
    lane: lane === undefined ? '' : words.lanes[lane],
  };
  return timeline.call[kind](facts);
}

function detailText(kind: TimelineEntry['kind'], detail: string, language: Language): string {
  if (kind === 'opened' || kind === 'raised') {
    const level = LEVELS.find((one) => one === detail);
    return level === undefined ? '' : strings(language).levels[level];
  }
  if (kind === 'numbered') {
    const [year, n] = detail.split('-').map(Number);
    return year === undefined || n === undefined ? '' : formatNumber({ year, n });
  }
  return oneLine(detail, 60);
}

/** A counter account stands without さん. */
function nameOf(who: string, call: Call, language: Language): string {
  const kind = call.caller.kind === 'counter' && call.caller.name === who ? 'counter' : 'person';
  return name({ id: '', name: who, kind }, language);
}

const name = (who: Participant, language: Language): string => participantName(who, strings(language));
