import type { Call } from '../services/calls/call.ts';
import type { Lane } from '../services/directory/directory.ts';
import { type Button, button, type Row, row } from './parts.ts';
import type { Strings } from './strings.ts';
import type { Verb } from './verbs.ts';

/** `asked`: going, and asked whether they have arrived. */
export type AnswerState = 'none' | 'going' | 'phone' | 'arrived' | 'asked' | 'lapsed' | 'declined';

interface AnswerView {
  readonly words: Strings;
  readonly call: Call;
  readonly lane: Lane;
  readonly round: number;
  readonly viewerId: string;
  readonly remote?: boolean;
  readonly state: AnswerState;
}

/** The answers that make sense now, the expected one first and alone in its row. */
export function answerRows(view: AnswerView): Row[] {
  const { state } = view;
  const arrived = answerButton(view, 'arrived', 'answer.arrived', 'positive');
  const again = answerButton(view, 'going', 'answer.going');
  const declined = declineButton(view);
  if (state === 'arrived') return [];
  if (state === 'going') return [row(arrived), ...declined];
  if (state === 'asked' || state === 'lapsed')
    return [row(arrived), row(again, ...declined.flatMap((r) => r.buttons))];
  if (state === 'phone') return [row(again, ...declined.flatMap((r) => r.buttons))];
  return [...firstRows(view), ...(state === 'declined' ? [] : declined)];
}

/** 電話で支援します counts for General Affairs, and comes first where they cannot walk to. */
function firstRows(view: AnswerView): Row[] {
  const held = view.call.lanes[view.lane].state === 'held';
  const calm = held || view.state === 'declined';
  const remote = view.remote === true || view.call.level === 'advice';
  const strong = calm ? 'default' : 'positive';
  const going = answerButton(view, 'going', 'answer.going', remote ? 'default' : strong);
  if (view.lane !== 'generalAffairs') return [row(going)];
  const phone = answerButton(view, 'phone', 'answer.phone', remote ? strong : 'default');
  return remote ? [row(phone), row(going)] : [row(going), row(phone)];
}

/** Only for whoever was called: somebody who opened the case unasked has nothing to refuse. */
function declineButton(view: AnswerView): Row[] {
  const called = view.call.lanes[view.lane].people[view.viewerId] !== undefined;
  const idle = view.state === 'none' && view.call.lanes[view.lane].state === 'held';
  return called && !idle ? [row(answerButton(view, 'declined', 'answer.declined'))] : [];
}

const answerButton = (
  view: AnswerView,
  name: 'going' | 'phone' | 'arrived' | 'declined',
  verb: Verb,
  style: Button['style'] = 'default',
): Button => button(view.words.buttons[name], verb, { code: view.call.code, round: view.round }, style);
