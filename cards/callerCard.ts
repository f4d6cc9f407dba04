import type { Call } from '../services/calls/call.ts';
import { formatNumber } from '../services/calls/caseNumber.ts';
import type { PersonId } from '../services/directory/directory.ts';
import { somebodyArrived } from './laneState.ts';
import { laneBlocks } from './lanes.ts';
import { after, type CardDirectory, participantName, placeDetail, placeText } from './names.ts';
import {
  type Block,
  block,
  bold,
  button,
  type Line,
  line,
  noticeBlocks,
  type Row,
  row,
  subtle,
  title,
} from './parts.ts';
import { safetyBlock } from './police.ts';
import { render } from './render.ts';
import type { Language, Rendered } from './rendered.ts';
import { type Strings, strings } from './strings.ts';
import { cardTemplate } from './template.ts';
import callerTemplate from './templates/caller.json' with { type: 'json' };
import { clockText, oneLine } from './text.ts';

const template = cardTemplate('caller', callerTemplate);

interface CallerInput {
  readonly language: Language;
  readonly call: Call;
  readonly viewerId: PersonId;
  readonly directory: CardDirectory;
  readonly now: number;
  /** Quiet display: no red, neutral words in the preview, the 110 text folded (domain: At a counter). */
  readonly quiet: boolean;
  readonly notice?: string;
}

interface View extends CallerInput {
  readonly words: Strings;
  readonly showsSent: true;
}

/** Reception and live state for the caller and the affected person (R4, R10, R11). */
export function callerCard(input: CallerInput): Rendered {
  const view: View = { ...input, words: strings(input.language), showsSent: true };
  const open = input.call.status === 'open';
  const data = {
    notices: noticeBlocks(input.notice),
    header: headerBlocks(view),
    ...foldedParts(view),
    alone: open ? aloneBlocks(view) : [],
    lanes: open && input.call.level !== 'report' ? laneBlocks(view) : [],
    rows: open ? openRows(view) : reportRows(view),
  };
  return render(template, data, summaryOf(view));
}

function summaryOf({ words, call, quiet }: View): string {
  if (quiet) return words.summary.quiet(call.code);
  if (call.status !== 'open') return words.summary.closed(words.closed[call.status], call.code);
  return words.summary.received(words.levels[call.level], call.code);
}

/** What was received. 緊急: what to do now comes before everything else (R10, R11). */
function headerBlocks(view: View): Block[] {
  const { words, call, quiet } = view;
  if (call.status !== 'open') return [closedBlock(view, call.status)];
  const heading = title(quiet ? words.reception.quietTitle(call.code) : words.reception.title[call.level]);
  const facts = factLines(view);
  if (quiet) facts.push(line(subtle(words.reception.quietLevel(words.levels[call.level]))));
  if (call.level === 'report') facts.push(line(words.reception.reportOnly));
  if (call.level !== 'emergency' || quiet) return [block('emphasis', [heading, ...facts])];
  return [safetyBlock(view, 'attention', [heading]), block('emphasis', facts)];
}

function closedBlock(view: View, how: 'ended' | 'cancelled'): Block {
  const { words, call, now, quiet } = view;
  const who = call.closedBy === null ? '' : participantName(call.closedBy, words, view.viewerId);
  const when = call.closedAt === null ? '' : clockText(call.closedAt, now);
  const byWhom = line(words.closed.byWhom(when, who));
  const lines = quiet
    ? [title(words.reception.quietTitle(call.code)), line(bold(words.closed[how])), byWhom]
    : [title(words.closed[how]), byWhom];
  lines.push(...factLines(view));
  // A written report has called nobody.
  if (call.level !== 'report') lines.push(line(words.closed.stopped));
  if (mayReport(view) && !call.reported && how === 'ended') lines.push(line(words.reception.reportLater));
  return block('emphasis', lines);
}

/** Place, code, time; who is attacked; whether a report is there. */
function factLines({ words, call, viewerId, directory, now }: View): Line[] {
  const lines = [
    line(bold(placeText(call)), subtle(after(placeDetail(call, directory, words), words))),
    line(call.code, subtle(`${words.gap}${words.reception.at(clockText(call.openedAt, now))}`)),
  ];
  const earlier = call.places.slice(0, -1).map(({ text }) => oneLine(text, 30));
  if (earlier.length > 0)
    lines.push(line(subtle(words.reception.earlierPlaces(earlier.slice(-3).join(words.list)))));
  const by = call.level === 'report' ? words.reception.reportedBy : words.reception.by;
  if (call.caller.id !== viewerId) lines.push(line(by(participantName(call.caller, words))));
  if (call.affected !== null) {
    lines.push(line(words.reception.affected(participantName(call.affected, words, viewerId))));
  }
  if (call.reported) lines.push(line(subtle(words.reception.saved)));
  const { handling } = call;
  if (handling !== undefined && handling.accepted !== null) {
    // The employee sees that something happens.
    const number = handling.number === null ? '' : formatNumber(handling.number);
    lines.push(line(words.reception.accepted(number)));
    if (handling.phase === 'closed') lines.push(line(words.reception.closed));
  }
  return lines;
}

/** Where a visitor may read the screen the guidance of 緊急 is folded behind one button. */
function foldedParts(view: View) {
  const { call, quiet, words } = view;
  const folds = quiet && call.status === 'open' && call.level === 'emergency';
  return folds
    ? { folds: [{ title: words.buttons.guidance }], folded: [safetyBlock(view, 'emphasis')] }
    : { folds: [], folded: [] };
}

function aloneBlocks({ words, call, viewerId, quiet }: View): Block[] {
  if (call.level === 'report' || call.level === 'advice') return [];
  if (somebodyArrived(call))
    return [block(quiet ? 'emphasis' : 'good', [line(bold(words.reception.notAlone))])];
  const { affected } = call;
  const other = affected !== null && affected.id !== viewerId;
  const text = other
    ? words.reception.aloneAffected(participantName(affected, words))
    : words.reception.alone;
  return [block(quiet ? 'emphasis' : 'warning', [line(bold(text)), line(words.reception.aloneAdvice)])];
}

/** A place and a guest have no reports of their own; somebody attacked at a counter has. */
function mayReport({ call, viewerId }: View): boolean {
  const viewer = call.affected?.id === viewerId ? call.affected : call.caller;
  return viewer.kind === 'person';
}

function openRows(view: View): Row[] {
  const { words, call, viewerId, quiet } = view;
  const { buttons } = words;
  const data = { code: call.code, round: call.lanes.second.round };
  const rows: Row[] = [];
  const paged = call.level === 'assist' || call.level === 'emergency';
  // 来てくれた also ends paging that began anew after somebody had come (緊急に切り替える).
  const awaited = !somebodyArrived(call) || call.lanes.second.state === 'paging';
  if (paged && awaited) rows.push(row(button(buttons.came, 'call.came', data, 'positive')));
  if (call.level === 'advice' && call.caller.id === viewerId) {
    rows.push(row(button(buttons.assist, 'call.assist', data, 'positive')));
  }
  if (call.level !== 'emergency') {
    rows.push(row(button(buttons.raise, 'call.raise', data, quiet ? 'default' : 'destructive')));
  }
  if (call.level !== 'report') {
    rows.push(row(button(buttons.end, 'call.end', data), button(buttons.cancel, 'call.cancel', data)));
  }
  return [...rows, ...reportRows(view)];
}

function reportRows(view: View): Row[] {
  if (!mayReport(view)) return [];
  const { words, call, quiet } = view;
  const report = row(button(words.buttons.report, 'report.open', { code: call.code }));
  const isWritten = call.reported || call.handling !== undefined;
  const record = row(button(words.buttons.recordAndTimeline, 'work.open', { code: call.code }));
  return isWritten && !quiet ? [report, record] : [report];
}
