import { notice } from '../../cards/strings/notices.ts';
import { isEntitled } from '../../services/calls/access.ts';
import type { Answer as Said } from '../../services/calls/call.ts';
import type { CallCommand } from '../../services/calls/commands.ts';
import { peopleCalled } from '../../services/calls/named.ts';
import type { Utterance } from '../../services/calls/utterance.ts';
import { call } from './call.ts';
import { onCase, say } from './onCase.ts';
import { refusalSentence } from './refusals.ts';
import type { Answer, Services, Turn } from './turn.ts';

type Verb = Extract<Utterance, { kind: 'answer' }>['verb'];

const SIMPLE = {
  raise: 'raise',
  end: 'end',
  cancel: 'cancel',
  came: 'came',
  'police-claim': 'police-claim',
  'police-done': 'police-done',
  phoned: 'phoned',
} as const;

/** The command that a word or a button stands for. `stamp` makes a repetition of the same tap one tap. */
export function commandOf(turn: Turn, verb: Verb | 'phoned', stamp: string): CallCommand {
  const by = turn.actor;
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
  if (found.length > 1) return say(turn, notice(turn.language, 'severalCases', { code: found.join(' / ') }));
  return onCase(services, turn, only, commandOf(turn, verb, turn.op));
}

async function canRaise(services: Services, turn: Turn, code: string | undefined): Promise<boolean> {
  const open = code === undefined ? undefined : await services.calls.read(code);
  return open?.status === 'open' && isEntitled(open, services.directory, turn.actor.id);
}

/** Without a code: one's own open call for the caller's words, else the open calls one was paged for. */
async function findCase(services: Services, turn: Turn, verb: Verb): Promise<string[]> {
  const callersWord = ['came', 'cancel', 'end', 'raise'].includes(verb);
  const own = callersWord ? await services.calls.openCallOf(turn.actor.id) : undefined;
  return own === undefined ? services.calls.pagedFor(turn.actor.id) : [own.code];
}

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
  if (person === undefined || found.length > 1)
    return say(turn, refusalSentence(turn, services, 'unknown-person', name === '' ? {} : { name }));
  return onCase(services, turn, own, { type: 'exclude', by: turn.actor, person });
}
