import type { Answer, Call } from '../services/calls/call.ts';
import type { Lane, PersonId } from '../services/directory/directory.ts';
import { type AnswerState, answerRows } from './answerRows.ts';
import { comers, isComing } from './laneState.ts';
import { laneBlocks } from './lanes.ts';
import {
  after,
  type CardDirectory,
  pageSummary,
  participantName,
  personName,
  placeDetail,
  placeText,
} from './names.ts';
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
  run,
  subtle,
  title,
} from './parts.ts';
import { policeBlocks } from './police.ts';
import { render } from './render.ts';
import type { Language, Rendered } from './rendered.ts';
import { type Strings, strings } from './strings.ts';
import { cardTemplate } from './template.ts';
import responderTemplate from './templates/responder.json' with { type: 'json' };
import { clockText } from './text.ts';

const template = cardTemplate('responder', responderTemplate);

interface ResponderInput {
  readonly language: Language;
  readonly call: Call;
  readonly viewerId: PersonId;
  readonly lane: Lane;
  /** Stamped on the answers, so that a press on a newer card is a new tap. */
  readonly round: number;
  /** The place is in another building than General Affairs: support by phone comes first. */
  readonly remote?: boolean;
  readonly directory: CardDirectory;
  readonly now: number;
  readonly notice?: string;
}

interface View extends ResponderInput {
  readonly words: Strings;
  readonly quiet: false;
  readonly showsSent: false;
  readonly answer: Answer | null;
  readonly state: AnswerState;
}

/** Page and live state for whoever was called (R4, R11). Never a narrative (promise 7). */
export function responderCard(input: ResponderInput): Rendered {
  const answer = input.call.lanes[input.lane].people[input.viewerId]?.answer ?? null;
  const state = answerState(input, answer);
  const words = strings(input.language);
  const view: View = { ...input, words, quiet: false, showsSent: false, answer, state };
  const open = input.call.status === 'open';
  const answerable = open && input.call.lanes[input.lane].state !== 'off';
  const data = {
    notices: noticeBlocks(input.notice),
    header: [open ? headerBlock(view) : closedBlock(view)],
    own: answerable ? ownBlocks(view) : [],
    answers: answerable ? answerRows(view) : [],
    police: open ? policeBlocks(view) : [],
    lanes: open && input.call.level !== 'report' ? laneBlocks(view) : [],
    rows: caseRows(view),
    hints: answerable ? [line(subtle(view.words.responder.hint(input.call.code)))] : [],
  };
  return render(template, data, summaryOf(view));
}

/** Where the viewer stands. A coming answer counts whatever the round; 行けません only in its own. */
function answerState({ call, lane }: ResponderInput, answer: Answer | null): AnswerState {
  if (answer === null) return 'none';
  if (answer.kind === 'declined') return answer.round === call.lanes[lane].round ? 'declined' : 'none';
  if (!isComing(answer)) return 'lapsed';
  return answer.kind === 'going' && answer.askedAt !== null ? 'asked' : answer.kind;
}

function summaryOf({ words, call, state }: View): string {
  if (call.status !== 'open') return words.summary.closed(words.closed[call.status], call.code);
  return state === 'asked' ? words.summary.askArrival(placeText(call), call.code) : pageSummary(call, words);
}

function headerBlock(view: View): Block {
  const { words, call, lane, remote, directory } = view;
  const level = run(words.levels[call.level], { weight: 'bolder', size: 'large' });
  const place = run(after(placeText(call), words), { weight: 'bolder', size: 'large' });
  const where = line(placeDetail(call, directory, words));
  const lines = [line(level, place), where, ...callerLines(view)];
  if (call.affected !== null)
    lines.push(line(words.reception.affected(participantName(call.affected, words))));
  if (call.level === 'report') lines.push(line(subtle(words.responder.reportOnly)));
  if (call.dangerInText && lane === 'generalAffairs') lines.push(line(bold(words.responder.dangerInText)));
  if (remote === true && lane === 'generalAffairs') lines.push(line(words.responder.remote));
  return block(call.level === 'emergency' ? 'attention' : 'emphasis', lines);
}

function callerLines({ words, call, now }: View): Line[] {
  const name = participantName(call.caller, words);
  const text = call.level === 'report' ? words.responder.reports(name) : words.responder.calls(name);
  return [
    line(text),
    line(call.code, subtle(`${words.gap}${words.reception.at(clockText(call.openedAt, now))}`)),
  ];
}

function closedBlock({ words, call, now }: View): Block {
  const how = call.status === 'cancelled' ? 'cancelled' : 'ended';
  const who = call.closedBy === null ? '' : participantName(call.closedBy, words);
  const when = call.closedAt === null ? '' : clockText(call.closedAt, now);
  return block('emphasis', [
    title(words.closed[how]),
    line(`${words.closed.byWhom(when, who)}${words.gap}${call.code}`),
    line(bold(placeText(call)), `${words.gap}${participantName(call.caller, words)}`),
    line(call.level === 'report' ? words.responder.reportOnly : words.closed.standDown),
  ]);
}

/** The viewer's own answer; 「到着しましたか」; or who is dealing with it, when they need not. */
function ownBlocks(view: View): Block[] {
  const { words, state, answer, now } = view;
  const { responder } = words;
  if (state === 'asked') {
    return [block('warning', [title(responder.askArrival), line(responder.askArrivalWhy)])];
  }
  if (state === 'none') return heldBlocks(view);
  const at = answer === null ? '' : `${words.gap}${clockText(answer.lapsedAt ?? answer.at, now)}`;
  const tone = state === 'lapsed' ? 'warning' : state === 'declined' ? 'emphasis' : 'good';
  return [block(tone, [line(bold(responder[state]), ...(state === 'declined' ? [] : [subtle(at)]))])];
}

function heldBlocks({ words, call, lane, directory }: View): Block[] {
  const state = call.lanes[lane];
  if (state.state !== 'held') return [];
  const names = comers(state).map(({ id }) => personName(id, directory, words));
  return names.length === 0
    ? []
    : [block('good', [line(bold(words.responder.held(names.join(words.list))))])];
}

function caseRows({ words, call, lane }: View): Row[] {
  const data = { code: call.code };
  const manage = lane === 'generalAffairs' ? [row(button(words.buttons.manage, 'work.open', data))] : [];
  const raise = button(words.buttons.raise, 'call.raise', data);
  const end = button(words.buttons.end, 'call.end', data);
  const report = button(words.buttons.report, 'report.open', data);
  const rows = call.level === 'emergency' || call.status !== 'open' ? [] : [row(raise)];
  const ends = call.status === 'open' && call.level !== 'report';
  return [...rows, ends ? row(end, report) : row(report), ...manage];
}
