import { notice } from '../../cards/strings/notices.ts';
import { isCaller, isEntitled } from '../../services/calls/access.ts';
import type { Call, Answer as Said } from '../../services/calls/call.ts';
import type { CallCommand } from '../../services/calls/commands.ts';
import { peopleCalled } from '../../services/calls/named.ts';
import type { Utterance } from '../../services/calls/utterance.ts';
import { LANES } from '../../services/directory/directory.ts';
import { call } from './call.ts';
import { onCase, say, unknownName } from './onCase.ts';
import { refusalSentence } from './refusals.ts';
import type { Answer, Services, Turn } from './turn.ts';

type Verb = Extract<Utterance, { kind: 'answer' }>['verb'];

const SIMPLE = {
  raise: 'raise',
  end: 'end',
  cancel: 'cancel',
  'police-claim': 'police-claim',
  'police-done': 'police-done',
} as const;

/** The word to send with a code, when a word alone fits several cases. */
const WORDS: Readonly<Record<Verb, string>> = {
  going: '応答',
  phone: '電話で支援します',
  arrived: '到着しました',
  declined: '行けません',
  raise: '緊急に切り替える',
  end: '対応終了',
  cancel: '取消',
  came: '来てくれた',
  'police-claim': '110番します',
  'police-done': '通報済み',
};

/**
 * The command that a word or a button stands for. `stamp` makes a repetition of the same tap one tap; `round` is the one
 * in which the button was drawn.
 */
export function commandOf(turn: Turn, verb: Verb | 'phoned', stamp: string, round?: number): CallCommand {
  const by = turn.actor;
  if (verb === 'came' || verb === 'phoned')
    return { type: verb, by, ...(round === undefined ? {} : { round }) };
  if (verb in SIMPLE) return { type: SIMPLE[verb as keyof typeof SIMPLE], by };
  return { type: 'answer', by, verb: verb as Said['kind'], tap: `${by.id}:${verb}:${stamp}` };
}

/** 「応答 K-7F3Q」「向かいます」: the same as the button, for clients whose buttons do not work. */
export async function answerByText(
  services: Services,
  turn: Turn,
  verb: Verb,
  code: string | null,
): Promise<Answer> {
  const found = code === null ? await findCase(services, turn, verb) : [code];
  const [only] = found;
  // 「緊急」 with a mistyped or closed code is still a cry for help: it becomes a call of its own.
  if (verb === 'raise' && !(await canRaise(services, turn, only)))
    return call(services, turn, 'emergency', '');
  if (only === undefined) return say(turn, refusalSentence(turn, services, 'no-open-case'));
  if (found.length > 1) {
    const detail = { code: only, codes: found.join(' / '), word: WORDS[verb] };
    return say(turn, notice(turn.language, 'severalCases', detail));
  }
  return onCase(services, turn, only, commandOf(turn, verb, turn.op));
}

/** 「緊急 K-7F3Q 2番窓口」: that case for a responder of it; for everybody else the cry for help that it is. */
export async function raiseByText(
  services: Services,
  turn: Turn,
  code: string,
  rest: string,
): Promise<Answer> {
  const open = await services.calls.read(code).catch(() => undefined);
  const isOwn = open !== undefined && isCaller(open, turn.actor.id);
  if (isOwn || !(await canRaise(services, turn, code))) return call(services, turn, 'emergency', rest);
  return onCase(services, turn, code, commandOf(turn, 'raise', turn.op));
}

async function canRaise(services: Services, turn: Turn, code: string | undefined): Promise<boolean> {
  const open = code === undefined ? undefined : await services.calls.read(code).catch(() => undefined);
  return open?.status === 'open' && isEntitled(open, services.directory, turn.actor.id);
}

/** What the person who is helped says: their own open call is meant, whatever they were paged for besides. */
const CALLERS_WORDS: readonly Verb[] = ['came', 'cancel', 'raise'];
const ANSWERS: readonly Verb[] = ['going', 'phone', 'arrived', 'declined'];

/** Without a code: the open cases that the word may mean. Nothing is guessed where several fit (promise 2). */
async function findCase({ calls }: Services, { actor }: Turn, verb: Verb): Promise<string[]> {
  const own = ANSWERS.includes(verb) ? undefined : await calls.openCallOf(actor.id);
  if (own !== undefined && CALLERS_WORDS.includes(verb)) return [own.code];
  const paged = await calls.pagedFor(actor.id);
  const fitting = verb.startsWith('police') ? paged.filter(({ police }) => police !== null) : paged;
  const ownFits = own !== undefined && (verb === 'end' || own.police !== null);
  if (!ownFits) return (fitting.length > 0 ? fitting : paged).map(({ code }) => code);
  // Somebody who has said that they come may mean that case as well as their own.
  const others = fitting.filter((call) => call.code !== own.code && hasSaidToCome(call, actor.id));
  return [own, ...others].map(({ code }) => code);
}

const hasSaidToCome = ({ lanes }: Call, person: string): boolean =>
  LANES.some((lane) => {
    const answer = lanes[lane].people[person]?.answer;
    return answer != null && answer.kind !== 'declined';
  });

/** 「除外 K-7F3Q 〔氏名〕」: leaves an implicated person out of paging. */
export async function exclude(
  services: Services,
  turn: Turn,
  code: string | null,
  name: string,
): Promise<Answer> {
  const own = code ?? (await services.calls.openCallOf(turn.actor.id))?.code;
  if (own === undefined) return say(turn, refusalSentence(turn, services, 'no-open-case'));
  const found = peopleCalled(services.directory, name, turn.person?.section);
  const [person] = found;
  if (person === undefined || found.length > 1) return unknownName(services, turn, name);
  return onCase(services, turn, own, { type: 'exclude', by: turn.actor, person });
}
