import { notice } from '../../cards/strings/notices.ts';
import type { Verb } from '../../cards/verbs.ts';
import { VERBS } from '../../cards/verbs.ts';
import { plainText } from '../../services/calls/utterance.ts';
import { answerByText, commandOf, exclude, raiseByText } from './answers.ts';
import { call } from './call.ts';
import { showFile, type Tap, type TapHandler } from './caseFile.ts';
import { fileByNumber, listTaps, showList } from './caseList.ts';
import { openCase, showCases, turnCases } from './cases.ts';
import { permitCorrections, showCorrections } from './corrections.ts';
import { text } from './fields.ts';
import { home, showHome, switchLanguage } from './home.ts';
import { onCase, say } from './onCase.ts';
import { reachTaps, showReach, showTest } from './reach.ts';
import { recordTaps } from './record.ts';
import { refusalSentence } from './refusals.ts';
import { openForm, submitForm } from './report.ts';
import type { Said } from './said.ts';
import { suggestion } from './suggestion.ts';
import type { Answer, Services, Turn } from './turn.ts';
import { unknownText } from './unknownText.ts';
import { workTaps } from './work.ts';
import { workFormTaps } from './workForms.ts';

/** Every button, by verb; what a card's data says beyond that is a hint (promise 4). */
const taps: Readonly<Record<Verb, TapHandler>> = {
  'call.advice': (s, t) => call(s, t, 'advice', ''),
  'call.assist': (s, t) => call(s, t, 'assist', ''),
  'call.emergency': (s, t) => call(s, t, 'emergency', ''),
  'call.came': onCode('came'),
  'call.end': onCode('end'),
  'call.cancel': onCode('cancel'),
  'call.raise': onCode('raise'),
  'call.phoned': onCode('phoned'),
  'answer.going': onCode('going'),
  'answer.phone': onCode('phone'),
  'answer.arrived': onCode('arrived'),
  'answer.declined': onCode('declined'),
  'police.claim': onCode('police-claim'),
  'police.done': onCode('police-done'),
  'case.open': (s, t, tap) => openCase(s, t, codeOf(tap)),
  'cases.open': async (s, t, tap) =>
    typeof tap.data.cursor === 'string'
      ? turnCases(s, t, text(tap.data.cursor, 2_000))
      : { card: await home(s, t), ...(await showCases(s, t)) },
  'home.open': async (s, t) => ({ card: await home(s, t) }),
  'language.ja': (s, t) => switchLanguage(s, t, 'ja'),
  'language.en': (s, t) => switchLanguage(s, t, 'en'),
  'report.open': (s, t, tap) => openForm(s, t, codeOf(tap) === '' ? undefined : codeOf(tap)),
  'report.submit': (s, t, tap) => submitForm(s, t, tap.data),
  'suggestion.confirm': (s, t, tap) => suggestion(s, t, 'confirm', tap.data),
  'suggestion.open': (s, t, tap) => suggestion(s, t, 'open', tap.data),
  'suggestion.edit': (s, t, tap) => suggestion(s, t, 'edit', tap.data),
  'suggestion.correct': (s, t, tap) => suggestion(s, t, 'correct', tap.data),
  'corrections.permit': (s, t) => permitCorrections(s, t),
  ...listTaps,
  ...workTaps,
  ...workFormTaps,
  ...recordTaps,
  ...reachTaps,
};

const codeOf = (tap: Tap): string => text(tap.data.code, 20);

function onCode(verb: Parameters<typeof commandOf>[1]): TapHandler {
  return (services, turn, tap) => {
    const { round } = tap.data;
    const drawn = typeof round === 'number' && Number.isInteger(round) ? round : undefined;
    const stamp = drawn === undefined ? turn.op : `turn-${drawn}`;
    return onCase(services, turn, codeOf(tap), commandOf(turn, verb, stamp, drawn));
  };
}

const isVerb = (verb: string): verb is Verb => (VERBS as readonly string[]).includes(verb);

export async function onTap(services: Services, turn: Turn, tap: Tap): Promise<Answer> {
  if (!isVerb(tap.verb)) return say(turn, refusalSentence(turn, services, 'bad-input'));
  return taps[tap.verb](services, turn, tap);
}

/** What somebody typed. */
export async function onText(
  services: Services,
  turn: Turn,
  { typed, meaning: said }: Said,
): Promise<Answer> {
  switch (said.kind) {
    case 'call':
      return said.code !== undefined && said.level === 'emergency'
        ? raiseByText(services, turn, said.code, said.rest)
        : call(services, turn, said.level, said.rest);
    case 'offer':
      return showHome(services, turn, notice(turn.language, 'notCalled'));
    case 'answer':
      return answerByText(services, turn, said.verb, said.code);
    case 'exclude':
      return exclude(services, turn, said.code, said.name);
    case 'home':
      return showHome(services, turn);
    case 'report':
      return openForm(services, turn, undefined);
    case 'cases':
      return showCases(services, turn);
    case 'list':
      return listOrOwn(services, turn);
    case 'reach':
      return showReach(services, turn);
    case 'test':
      return showTest(services, turn);
    case 'corrections':
      return showCorrections(services, turn);
    case 'case':
      return openCase(services, turn, said.code);
    case 'language':
      return switchLanguage(services, turn, said.language);
    case 'unknown':
      return numberOrUnknown(services, turn, typed);
  }
}

/** 「事案一覧」 of somebody who has none is about their own. */
const listOrOwn = async (services: Services, turn: Turn): Promise<Answer> =>
  (await showList(services, turn)) ?? showCases(services, turn);

/** 「令和8年度-0001」 of a case that this person may see; anything else is not understood. */
async function numberOrUnknown(services: Services, turn: Turn, typed: string): Promise<Answer> {
  const isShort = typed.trim().length <= 20;
  const file = isShort ? await fileByNumber(services, turn, plainText(typed)) : undefined;
  return file === undefined
    ? unknownText(services, turn, typed)
    : showFile(services, turn, file, { code: file.call.code });
}
