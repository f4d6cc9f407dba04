import type { Call, Handling, Participant } from '../services/calls/call.ts';
import { formatNumber } from '../services/calls/caseNumber.ts';
import { NOT_HANDLED } from '../services/calls/handling.ts';
import type { Action } from '../services/calls/roles.ts';
import type { CaseEvent } from '../services/cases/timeline.ts';
import { type Categories, latestProposal } from '../services/reports/categories.ts';
import { STEPS } from '../services/reports/fields.ts';
import { valuesOf } from '../services/reports/filling.ts';
import type { Report } from '../services/reports/report.ts';
import { eventLines } from './caseEvents.ts';
import { type CardDirectory, categoryName, participantName, placeText } from './names.ts';
import {
  type Block,
  type Button,
  block,
  bold,
  button,
  type Line,
  line,
  row,
  subtle,
  title,
} from './parts.ts';
import type { Language, Rendered } from './rendered.ts';
import { pairs, sheetCard } from './sheet.ts';
import { type CaseworkStrings, casework } from './strings/casework.ts';
import { strings } from './strings.ts';
import { clockText, oneLine } from './text.ts';
import type { ActionData, Verb } from './verbs.ts';

/** Where the buttons of a case lead: the case, and the list it was opened from. */
export type CaseLink = Pick<ActionData, 'code' | 'list'>;

interface CaseInput {
  readonly language: Language;
  readonly call: Call;
  readonly report: Report | undefined;
  readonly categories: Categories;
  readonly events: readonly CaseEvent[];
  readonly may: (action: Action) => boolean;
  /** Whether they have, or may have, the live card of the call. */
  readonly hasLive: boolean;
  readonly link: CaseLink;
  readonly directory: CardDirectory;
  readonly now: number;
  readonly notice?: string | undefined;
}

interface View extends CaseInput {
  readonly words: CaseworkStrings;
  readonly handling: Handling;
}

const EVENTS_SHOWN = 5;

/** 事案: its state, what has been done and what can be done. Never a narrative (promise 7). */
export function caseCard(input: CaseInput): Rendered {
  const words = casework(input.language);
  const view: View = { ...input, words, handling: input.call.handling ?? NOT_HANDLED };
  const blocks = [stateBlock(view), peopleBlock(view)];
  if (input.may('read')) blocks.push(judgementBlock(view));
  blocks.push(timelineBlock(view));
  return sheetCard({
    notice: input.notice,
    heading: headingLines(view),
    blocks,
    rows: pairs(buttonsOf(view)),
    summary: words.case.title(input.call.code),
  });
}

const name = (who: Participant, language: Language): string => participantName(who, strings(language));

function headingLines({ words, call, handling, language }: View): Line[] {
  const { number, accepted } = handling;
  const levels = strings(language).levels;
  const { gap } = strings(language);
  const lines = [title(words.case.title(call.code))];
  if (number !== null) lines.push(line(bold(words.case.number(formatNumber(number)))));
  else if (accepted !== null) lines.push(line(words.case.numberFollows));
  lines.push(line(bold(`${levels[call.level]}${gap}${placeText(call)}`)));
  return lines;
}

function stateBlock({ words, call, handling, language, now }: View): Block {
  const { phase, accepted, assignee, closed } = handling;
  const { gap } = strings(language);
  const callState = call.level === 'report' ? 'report' : call.status;
  const lines = [line(bold(words.phases[phase]), `${gap}${words.calls[callState]}`)];
  if (accepted !== null)
    lines.push(line(words.case.acceptedBy(name(accepted.by, language), clockText(accepted.at, now))));
  if (closed !== null)
    lines.push(line(words.case.closedBy(name(closed.by, language), clockText(closed.at, now))));
  else if (accepted !== null)
    lines.push(
      line(assignee === null ? words.case.noAssignee : words.case.assignee(name(assignee, language))),
    );
  const tone = phase === 'new' ? 'warning' : phase === 'accepted' ? 'good' : 'emphasis';
  return block(tone, lines);
}

function peopleBlock({ words, call, directory, language, now }: View): Block {
  const { gap } = strings(language);
  const who = call.level === 'report' ? words.case.reporter : words.case.caller;
  const section = directory.sectionName(call.section ?? '');
  const lines = [line(who(name(call.caller, language)), section === '' ? '' : `${gap}${section}`)];
  if (call.affected !== null) lines.push(line(words.case.affected(name(call.affected, language))));
  lines.push(
    line(
      words.case.opened(clockText(call.openedAt, now)),
      subtle(`${gap}${words.case.asOf(clockText(now, now))}`),
    ),
  );
  return block('default', lines);
}

/** For those who may read the record: types, proposal, how far it has been written. */
function judgementBlock(view: View): Block {
  const { words, report, categories, language, now } = view;
  const { labels, setBy } = categories;
  const names = labels.map((id) => categoryName(id, language)).join(strings(language).list);
  const lines: Line[] = [];
  if (setBy === undefined && labels.length === 0) lines.push(line(words.case.categoriesUnknown));
  else lines.push(line(labels.length === 0 ? words.case.categoriesNone : words.case.categories(names)));
  if (setBy !== undefined)
    lines.push(line(subtle(words.case.setBy(name(setBy.by, language), clockText(setBy.at, now)))));
  else if (labels.length > 0) lines.push(line(subtle(words.case.suggested)));
  const proposal = latestProposal(report);
  if (proposal !== undefined) {
    lines.push(line(words.case.proposal(words.outcomes[proposal.outcome])));
    if (proposal.handedTo !== '') lines.push(line(words.case.handedTo(oneLine(proposal.handedTo, 60))));
    const by = words.case.proposedBy(name(proposal.by, language), clockText(proposal.at, now));
    lines.push(line(subtle(by)));
  }
  lines.push(line(recordLine(view)));
  return block('emphasis', lines);
}

function recordLine({ report, words, may }: View): string {
  const values = report === undefined ? {} : valuesOf(report);
  // The organisation's own part does not count for those of whom it is not asked.
  const steps = STEPS.filter(({ isOrganizations }) => !isOrganizations || may('note'));
  const filled = steps.filter(({ fields }) => fields.some(({ id }) => (values[id] ?? '') !== '')).length;
  const reports = report?.entries.length ?? 0;
  return reports + filled === 0 ? words.case.noRecord : words.case.record(reports, filled, steps.length);
}

function timelineBlock({ words, events, call, language, now, link }: View): Block {
  const shown = events.slice(-EVENTS_SHOWN);
  const hidden = events.length - shown.length + call.folded;
  const lines = [
    line(bold(words.case.timeline)),
    ...(hidden > 0 ? [line(subtle(words.case.earlier(hidden)))] : []),
    ...eventLines(shown, call, language, now),
  ];
  return block(
    'default',
    lines,
    hidden > 0 ? [row(button(words.buttons.timeline, 'work.timeline', link))] : [],
  );
}

/** What this person can do now, the next step first. */
function buttonsOf({ words, may, link, call, hasLive }: View): Button[] {
  const { buttons } = words;
  const able = (
    action: Action,
    label: string,
    verb: Verb,
    style: Button['style'] = 'default',
    data: Partial<ActionData> = {},
  ): Button[] => (may(action) ? [button(label, verb, { ...link, ...data }, style)] : []);
  return [
    ...able('accept', buttons.accept, 'work.accept', 'positive'),
    ...able('assign', buttons.assign, 'work.assign'),
    ...able('read', buttons.read, 'record.read'),
    ...able('write', buttons.write, 'record.steps'),
    ...able('categories', buttons.categories, 'work.categories'),
    ...able('propose', buttons.propose, 'work.propose'),
    ...able('note', buttons.note, 'work.note'),
    ...able('amend', buttons.amend, 'work.amend'),
    ...able('close', buttons.close, 'work.close'),
    ...able('reopen', buttons.reopen, 'work.reopen'),
    ...able('views', buttons.views, 'work.views'),
    ...(hasLive ? [button(buttons.live, 'case.open', { code: call.code })] : []),
    button(buttons.refresh, 'work.open', link),
    ...(link.list === undefined ? [] : [button(buttons.backToList, 'list.open', { list: link.list })]),
  ];
}
