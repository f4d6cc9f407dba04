import type { Call } from '../services/calls/call.ts';
import type { CaseEvent } from '../services/cases/timeline.ts';
import type { View } from '../services/views/viewLog.ts';
import type { CaseLink } from './caseCard.ts';
import { eventLines } from './caseEvents.ts';
import { participantName } from './names.ts';
import { block, bold, button, line, row, subtle, title } from './parts.ts';
import type { Language, Rendered } from './rendered.ts';
import { pairs, sheetCard } from './sheet.ts';
import { casework } from './strings/casework.ts';
import { strings } from './strings.ts';
import { clockText } from './text.ts';

const EVENTS = 25;

interface TimelineInput {
  readonly language: Language;
  readonly call: Call;
  readonly events: readonly CaseEvent[];
  readonly link: CaseLink;
  /** From 0, the newest events first page; lines within a page run forwards. */
  readonly page: number;
  readonly now: number;
}

/** 経過 from the first to the last, the newest page first. */
export function timelineCard({ language, call, events, link, page, now }: TimelineInput): Rendered {
  const { buttons, timeline } = casework(language);
  const pages = Math.max(1, Math.ceil(events.length / EVENTS));
  const at = Math.max(0, Math.min(page, pages - 1));
  const end = events.length - at * EVENTS;
  const turn = (label: string, to: number) => button(label, 'work.timeline', { ...link, page: to });
  return sheetCard({
    heading: [
      title(timeline.title),
      line(bold(String(link.code))),
      ...(call.folded > 0 ? [line(subtle(timeline.folded(call.folded)))] : []),
    ],
    blocks: [block('default', eventLines(events.slice(Math.max(0, end - EVENTS), end), call, language, now))],
    rows: [
      ...pairs([
        ...(at < pages - 1 ? [turn(buttons.earlier, at + 1)] : []),
        ...(at > 0 ? [turn(buttons.later, at - 1)] : []),
      ]),
      row(button(buttons.back, 'work.open', link)),
    ],
    summary: `${timeline.title}　${link.code}`,
  });
}

interface ViewsInput {
  readonly language: Language;
  readonly views: readonly View[];
  readonly link: CaseLink;
  readonly next?: string | undefined;
  readonly now: number;
}

/** 閲覧記録: who opened what and when, newest first. */
export function viewsCard({ language, views, link, next, now }: ViewsInput): Rendered {
  const words = casework(language);
  const { gap } = strings(language);
  const lines = views.map(({ at, by, name, what }) =>
    line(
      subtle(`${clockText(at, now)}${gap}`),
      participantName({ id: by, name, kind: 'person' }, strings(language)),
      subtle(`${gap}${words.views.what[what]}`),
    ),
  );
  return sheetCard({
    heading: [title(words.views.title), line(bold(String(link.code))), line(subtle(words.views.lead))],
    blocks: [block('default', lines.length === 0 ? [line(words.views.empty)] : lines)],
    rows: [
      ...(next === undefined
        ? []
        : [row(button(words.buttons.more, 'work.views', { ...link, cursor: next }))]),
      row(button(words.buttons.back, 'work.open', link)),
    ],
    summary: `${words.views.title}　${link.code}`,
  });
}
