import { isCaller } from '../services/calls/access.ts';
import type { Call, LaneState, StepLog } from '../services/calls/call.ts';
import { LANES, type Lane, type PersonId } from '../services/directory/directory.ts';
import { type Comer, comers, lapsedPeople, openPhoneTask, pending, reachedAnybody } from './laneState.ts';
import { type CardDirectory, personName } from './names.ts';
import { type Block, type BlockStyle, block, bold, button, type Line, line, row, subtle } from './parts.ts';
import type { Strings } from './strings.ts';
import { clockText } from './text.ts';

interface LaneView {
  readonly words: Strings;
  readonly call: Call;
  readonly viewerId: PersonId;
  readonly directory: CardDirectory;
  readonly now: number;
  /** No colour that a visitor would notice. */
  readonly quiet: boolean;
  /** Whether it says how far each page has got: for those who wait for help. Others' cards need not follow it. */
  readonly showsSent: boolean;
}

const PASSED_SHOWN = 3;

/**
 * The honest state of both lanes with times (promise 2). Who declined is never said, nor how long anybody took
 * (promise 8): a step passed for a refusal leaves no line.
 */
export const laneBlocks = (view: LaneView): Block[] => LANES.map((lane) => laneBlock(view, lane));

function laneBlock(view: LaneView, name: Lane): Block {
  const lane = view.call.lanes[name];
  const heading = line(bold(view.words.lanes[name]));
  if (lane.state === 'off')
    return block('default', [line(bold(view.words.lanes[name])), offLine(view, name)]);
  const phone = openPhoneTask(lane);
  const rows =
    phone === null
      ? []
      : [row(button(view.words.buttons.phoned, 'call.phoned', { code: view.call.code, round: lane.round }))];
  return block(styleOf(view, lane), [heading, ...helpLines(view, lane), ...pagingLines(view, lane)], rows);
}

function offLine({ words, call }: LaneView, name: Lane): Line {
  if (name === 'second' && call.level === 'advice') return line(subtle(words.lanes.offAdvice));
  if (name === 'second' && call.caller.kind === 'guest') return line(subtle(words.lanes.offGuest));
  return line(subtle(words.lanes.off));
}

function styleOf({ quiet }: LaneView, lane: LaneState): BlockStyle {
  if (quiet) return 'emphasis';
  if (lane.state === 'held') return 'good';
  if (lane.exhausted) return 'attention';
  return 'emphasis';
}

const timed = (view: LaneView, at: number | null, text: string, strong = true): Line =>
  line(
    strong ? bold(text) : text,
    ...(at === null ? [] : [subtle(`${view.words.gap}${clockText(at, view.now)}`)]),
  );

/** Whoever comes, has come, or supports; and those whose arrival could not be confirmed. */
function helpLines(view: LaneView, lane: LaneState): Line[] {
  const words = view.words.lanes;
  const lines = comers(lane).flatMap((comer) => comerLines(view, comer));
  if (lane.cameAt !== null) lines.push(timed(view, lane.cameAt, words.came));
  if (lane.state === 'held' && lane.phone !== null && lane.phone.doneAt !== null) {
    lines.push(timed(view, lane.phone.doneAt, words.phoned(lane.phone.label)));
  }
  if (lane.state === 'paging') {
    for (const { id, answer } of lapsedPeople(lane)) {
      lines.push(timed(view, answer.lapsedAt, words.lapsed(nameOf(view, id)), false));
    }
  }
  return lines;
}

function comerLines(view: LaneView, { id, answer }: Comer): Line[] {
  const words = view.words.lanes;
  const name = nameOf(view, id);
  if (answer.kind === 'arrived') return [timed(view, answer.at, words.arrived(name))];
  if (answer.kind === 'phone') return [timed(view, answer.at, words.phone(name))];
  const going = timed(view, answer.at, words.going(name));
  return answer.askedAt === null ? [going] : [going, line(subtle(words.asked))];
}

const nameOf = (view: LaneView, id: PersonId): string =>
  personName(id, view.directory, view.words, view.viewerId);

function pagingLines(view: LaneView, lane: LaneState): Line[] {
  if (lane.state !== 'paging') return [];
  const words = view.words.lanes;
  const lines = passedLines(view, lane);
  const phone = openPhoneTask(lane);
  if (phone !== null) lines.push(line(bold(words.phoneStep(phone.label, phone.extension))));
  if (lane.exhausted) {
    lines.push(line(bold(reachedAnybody(lane) ? words.exhausted : words.nobody)));
    // Whom to ring is for those who need help, not for those who are called.
    if (isCaller(view.call, view.viewerId)) lines.push(line(bold(words.ring(view.directory.helpExtension))));
  }
  return [...lines, ...currentLines(view, lane)];
}

/** What is under way: with whom the page is, and whether anybody has seen it. */
function currentLines(view: LaneView, lane: LaneState): Line[] {
  const words = view.words.lanes;
  const { state, lastAt } = pending(lane);
  const isSent = state === 'sent' && view.showsSent;
  if (lane.exhausted) return isSent ? [timed(view, lastAt, words.sent, false)] : [];
  const coming = comers(lane).length > 0;
  const running = lane.steps.findLast(({ outcome }) => outcome === 'waiting');
  const whom = (text: string) => {
    if (running !== undefined) return words.step(running.label, text);
    return coming ? words.step(words.others, text) : text;
  };
  const andNobody = coming ? [] : [line(words.nobodyYet)];
  if (isSent) return [timed(view, lastAt, whom(words.sent)), ...andNobody];
  if (state === 'unreachable') return [timed(view, null, whom(words.unreachable + words.next))];
  if (state === 'none' && openPhoneTask(lane) !== null) return [];
  const calling = timed(view, running?.at ?? lane.roundAt, whom(words.queued));
  return state === 'none' || view.showsSent ? [calling] : [calling, ...andNobody];
}

type Passed = StepLog & { readonly outcome: 'unanswered' | 'unreachable' | 'empty' };
const isPassed = (step: StepLog): step is Passed =>
  step.outcome === 'unanswered' || step.outcome === 'unreachable' || step.outcome === 'empty';

/** Steps passed in vain, the last few; the last one says that the next people are being called. */
function passedLines(view: LaneView, lane: LaneState): Line[] {
  const words = view.words.lanes;
  const passed = lane.steps.filter(isPassed).slice(-PASSED_SHOWN);
  return passed.map((step, index) => {
    const goesOn = index === passed.length - 1 && !lane.exhausted;
    const text = words.step(step.label, words[step.outcome] + (goesOn ? words.next : ''));
    return timed(view, passedAt(lane, step), text, false);
  });
}

/** A step is passed when the next one starts; an empty one at once. */
const passedAt = (lane: LaneState, step: StepLog): number | null =>
  step.outcome === 'empty' ? step.at : (lane.steps[lane.steps.indexOf(step) + 1]?.at ?? null);
