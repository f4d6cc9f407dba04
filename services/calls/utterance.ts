import type { AnswerVerb } from './utterance-answers.ts';
import { findAnswer } from './utterance-answers.ts';
import { findCall, type OfferReason } from './utterance-call.ts';
import { findCode } from './utterance-code.ts';
import { findCommand } from './utterance-commands.ts';
import type { CallLevel } from './utterance-cues.ts';
import { type Line, readLine } from './utterance-line.ts';

export { type CallDetails, parseCallDetails } from './utterance-details.ts';

export type Utterance =
  /** Pages at once. `rest`: what is left of the line (place, names), trimmed, as typed; `code` when one is in it. */
  | { readonly kind: 'call'; readonly level: CallLevel; readonly rest: string; readonly code?: string }
  /** Has a word of calling in it but must not page: show the buttons. */
  | { readonly kind: 'offer'; readonly reason: OfferReason }
  /** `code` is `K-` and 4–8 digits, or null when none was given. */
  | { readonly kind: 'answer'; readonly verb: AnswerVerb; readonly code: string | null }
  /** 「除外 K-7F3Q 〔氏名〕」: leave somebody implicated out of the paging. `name` without さん, as typed. */
  | { readonly kind: 'exclude'; readonly code: string | null; readonly name: string }
  | { readonly kind: 'home' }
  | { readonly kind: 'report' }
  | { readonly kind: 'cases' }
  | { readonly kind: 'list' }
  | { readonly kind: 'reach' }
  | { readonly kind: 'test' }
  | { readonly kind: 'corrections' }
  | { readonly kind: 'case'; readonly code: string }
  | { readonly kind: 'language'; readonly language: 'ja' | 'en' }
  | { readonly kind: 'unknown' };

/**
 * What a typed line asks for (domain: At a counter). Total: any string, never throws, looks at the first 500
 * characters. Short and direct means a call; thanks, negation, the past and questions about the word do not page.
 */
export function parseUtterance(text: string): Utterance {
  const line = readLine(text);
  if (line.folded.trim() === '') return { kind: 'unknown' };
  const command = findCommand(line.compact);
  if (command) return command;
  const answer = findAnswer(line);
  if (answer) return { kind: 'answer', ...answer };
  return findExclusion(line) ?? findCallWithCode(line) ?? findCase(line) ?? { kind: 'unknown' };
}

/** The case code in a text, as people type it; undefined when there is none. */
export const findCaseCode = (text: string): string | undefined => findCode(readLine(text))?.code;

/** The line as people read it: without mentions and other markup of Teams. */
export const plainText = (text: string): string => readLine(text).typed;

function findCallWithCode(line: Line): Utterance | undefined {
  const call = findCall(line);
  const code = findCode(line)?.code;
  return call?.kind !== 'call' || code === undefined ? call : { ...call, code };
}

const EXCLUSION = /^\s*(?:除外|じょがい|exclude)(?![一-龠])(?:して)?[\s:、]*/;

function findExclusion(line: Line): Utterance | undefined {
  const verb = EXCLUSION.exec(line.folded);
  if (!verb) return undefined;
  const found = findCode(line);
  const from = verb[0].length;
  const typed =
    found && found.start >= from
      ? `${line.typedAt(from, found.start)} ${line.typedAt(found.end, line.folded.length)}`
      : line.typedAt(from, line.folded.length);
  const name = typed
    .replace(/[〔〕[\]()（）「」]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s:：、]+|[\s。、!！]+$/g, '')
    .replace(/(?:さん|様|氏)(?:を|です)?$/, '');
  return { kind: 'exclude', code: found?.code ?? null, name };
}

/** A line with a code that is neither an answer nor a call is about that case: showing it does no harm. */
function findCase(line: Line): Utterance | undefined {
  const found = findCode(line);
  return found ? { kind: 'case', code: found.code } : undefined;
}
