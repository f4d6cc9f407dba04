import type { Participant } from '../services/calls/call.ts';
import type { CategoryId } from '../services/classification/classifier.ts';
import { type FieldId, fieldOf, STEPS } from '../services/reports/fields.ts';
import type { Amendment, FieldChange, Report, ReportEntry } from '../services/reports/report.ts';
import type { CaseLink } from './caseCard.ts';
import { categoryName, participantName } from './names.ts';
import { type Block, block, bold, button, type Line, line, row, subtle, title } from './parts.ts';
import { choiceText } from './recordForm.ts';
import type { Language, Rendered } from './rendered.ts';
import { pairs, sheetCard } from './sheet.ts';
import { type CaseworkStrings, casework, recordStrings } from './strings/casework.ts';
import { strings } from './strings.ts';
import { clockText } from './text.ts';

interface RecordInput {
  readonly language: Language;
  readonly report: Report | undefined;
  readonly link: CaseLink;
  /** From 0; one beyond the end is the last. */
  readonly page: number;
  readonly now: number;
}

interface View extends RecordInput {
  readonly words: CaseworkStrings;
}

/** Characters on one page, with what the card's format adds to each run: far below what Teams takes. */
const PAGE = 9_000;
const RUN = 170;

/**
 * 記録: everything that was written, as it was written, with who and when; what was corrected stands beside what it was
 * before. The narrative: shown in personal chat, after the view log was written, until it is closed (promise 7).
 */
export function recordCard(input: RecordInput): Rendered {
  const words = casework(input.language);
  const view: View = { ...input, words };
  const pages = paged(blocksOf(view));
  const page = Math.max(0, Math.min(input.page, pages.length - 1));
  const { record, buttons } = words;
  const turn = (label: string, to: number) => button(label, 'record.read', { ...input.link, page: to });
  return sheetCard({
    heading: [
      title(record.whole),
      line(bold(String(input.link.code)), subtle(`　${record.page(page + 1, pages.length)}`)),
      line(subtle(record.logged)),
    ],
    blocks: pages[page] ?? [],
    rows: [
      ...pairs([
        ...(page > 0 ? [turn(buttons.earlier, page - 1)] : []),
        ...(page < pages.length - 1 ? [turn(buttons.later, page + 1)] : []),
      ]),
      row(button(buttons.hide, 'record.hide', input.link, 'positive')),
    ],
    // Nothing of it in a notification.
    summary: words.case.title(String(input.link.code)),
  });
}

const lengthOf = ({ runs }: Line): number => runs.reduce((sum, { text }) => sum + text.length + RUN, 0);

/** Blocks in order, as much as fits on each page; a long one goes on on the next. Never empty. */
function paged(blocks: readonly Block[]): Block[][] {
  const pages: Block[][] = [[]];
  let used = 0;
  for (const { style, lines } of blocks) {
    let part: Line[] = [];
    const flush = () => {
      if (part.length > 0) pages.at(-1)?.push(block(style, part));
      part = [];
    };
    for (const one of lines) {
      if (used > 0 && used + lengthOf(one) > PAGE) {
        flush();
        pages.push([]);
        used = 0;
      }
      part.push(one);
      used += lengthOf(one);
    }
    flush();
  }
  return pages;
}

function blocksOf(view: View): Block[] {
  const { report, words } = view;
  const blocks =
    report === undefined
      ? []
      : [
          ...report.entries.flatMap((entry, index) => entryBlocks(entry, index, report, view)),
          ...fieldBlocks(report.changes ?? [], view),
          ...workBlocks(report, view),
        ];
  return blocks.length === 0 ? [block('default', [line(words.record.empty)])] : blocks;
}

const name = (who: Participant, { language }: View): string => participantName(who, strings(language));

const byLine = (
  { by, at, onBehalf = false }: { by: Participant; at: number; onBehalf?: boolean },
  view: View,
): Line => {
  const { record } = view.words;
  const text = onBehalf ? record.byOnBehalf : record.by;
  return line(subtle(text(name(by, view), clockText(at, view.now))));
};

/** What somebody wrote, as they wrote it: a line each, a long one in pieces so that it can be paged. */
const written = (text: string): Line[] => text.split('\n').map((part) => line(part));

function entryBlocks(entry: ReportEntry, index: number, report: Report, view: View): Block[] {
  const { record } = view.words;
  return [
    block('emphasis', [
      line(bold(record.report(index + 1))),
      byLine(entry, view),
      line(record.when(entry.when)),
      line(record.where(entry.where)),
      ...written(entry.what),
    ]),
    ...suggestionBlocks(entry, view),
    ...amendmentBlocks(
      (report.amendments ?? []).filter((one) => one.entry === entry.draft),
      record.about(index + 1),
      view,
    ),
  ];
}

const namesOf = (labels: readonly CategoryId[], { language, words }: View): string =>
  labels.map((id) => categoryName(id, language)).join(strings(language).list) || words.record.suggestedNone;

/** The suggestion with its quotes, and what the reporter said of it: both are kept (promise 6). */
function suggestionBlocks({ suggestion, judgement }: ReportEntry, view: View): Block[] {
  if (suggestion === null) return [];
  const { record } = view.words;
  const { quote } = strings(view.language);
  const lines = [line(bold(record.suggestion))];
  if (suggestion.labels.length === 0) lines.push(line(record.suggestedNone));
  for (const { id, evidence } of suggestion.labels) {
    const quotes = [...new Set(evidence.map(({ text }) => text))].slice(0, 3).map(quote);
    lines.push(line(bold(categoryName(id, view.language)), `　${quotes.join('')}`));
  }
  if (suggestion.danger !== 'none') lines.push(line(bold(record.danger)));
  if (judgement !== null) {
    const { suggestion: words } = strings(view.language);
    lines.push(line(`${words[judgement.outcome]}：${namesOf(judgement.labels, view)}`));
    lines.push(byLine(judgement, view));
  }
  return [block('default', lines)];
}

const amendmentBlocks = (list: readonly Amendment[], about: string, view: View): Block[] =>
  list.map((one) =>
    block('warning', [
      line(bold(`${view.words.record.amendments}　${about}`)),
      byLine(one, view),
      ...written(one.text),
      line(subtle(view.words.record.reason(one.why))),
    ]),
  );

/** Each field that has been filled in: what stands there, who wrote it, and what stood there before a correction. */
function fieldBlocks(changes: readonly FieldChange[], view: View): Block[] {
  const names = recordStrings(view.language);
  return STEPS.flatMap((step) => {
    const filled = step.fields.flatMap(({ id }) => {
      const history = changes.filter(({ field }) => field === id);
      const last = history.at(-1);
      return last === undefined ? [] : [{ id, last, before: history.slice(0, -1).reverse() }];
    });
    const [first] = filled;
    if (first === undefined) return [];
    const heading = block('default', [line(bold(`■ ${names.steps[step.id]}`)), byLine(first.last, view)]);
    return [heading, ...filled.map((field) => fieldBlock(field, first.last, view))];
  });
}

interface Filled {
  readonly id: FieldId;
  readonly last: FieldChange;
  /** Newest first. */
  readonly before: readonly FieldChange[];
}

const isSameHand = (a: FieldChange, b: FieldChange): boolean => a.at === b.at && a.by.id === b.by.id;

/** Who wrote it stands once for what was written together (`together`), and at each field that differs. */
function fieldBlock({ id, last, before }: Filled, together: FieldChange, view: View): Block {
  const { record } = view.words;
  const lines = valueLines(id, last.value, view);
  if (!isSameHand(last, together)) lines.push(byLine(last, view));
  if (last.why !== '') lines.push(line(subtle(record.reason(last.why))));
  for (const { value, ...stamp } of before) {
    const [first, ...rest] = textsOf(id, value, view);
    lines.push(line(subtle(record.before(first ?? ''))), ...rest.map((text) => line(subtle(text))));
    lines.push(byLine(stamp, view));
  }
  return block('default', lines);
}

/** 「日付：2026-11-25」 on one line; a longer text below its name. */
function valueLines(id: FieldId, value: string, view: View): Line[] {
  const name = recordStrings(view.language).fields[id];
  const [first = '', ...rest] = textsOf(id, value, view);
  if (fieldOf(id)?.kind === 'text') return [line(bold(name)), line(first), ...rest.map((text) => line(text))];
  return [line(bold(`${name}${view.language === 'ja' ? '：' : ': '}`), first)];
}

function textsOf(id: FieldId, value: string, view: View): string[] {
  if (value === '') return [view.words.record.emptyValue];
  return fieldOf(id)?.kind === 'choice' ? [choiceText(id, value, view.language)] : value.split('\n');
}

/** Corrections of the types, proposals, notes, and amendments of the whole: oldest first. */
function workBlocks(report: Report, view: View): Block[] {
  const { record, outcomes, case: words } = view.words;
  const titled = (heading: string, item: { by: Participant; at: number }, lines: readonly Line[]) =>
    block('default', [line(bold(heading)), byLine(item, view), ...lines]);
  return [
    ...(report.corrections ?? []).map((one) =>
      titled(record.corrections, one, [line(namesOf(one.labels, view))]),
    ),
    ...(report.proposals ?? []).map((one) =>
      titled(record.proposals, one, [
        line(outcomes[one.outcome]),
        line(one.handedTo === '' ? '' : words.handedTo(one.handedTo)),
        line(record.reason(one.why)),
      ]),
    ),
    ...(report.notes ?? []).map((one) => titled(record.notes, one, written(one.text))),
    ...amendmentBlocks(
      (report.amendments ?? []).filter(({ entry }) => entry === ''),
      record.aboutWhole,
      view,
    ),
  ];
}
