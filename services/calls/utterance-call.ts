import { isHigher } from './level.ts';
import { CALL_CUES, type CallCue, type CallLevel } from './utterance-cues.ts';
import type { Line } from './utterance-line.ts';
import * as tails from './utterance-tails.ts';

export type OfferReason = 'thanks' | 'negated' | 'question' | 'mention';
type Verdict = 'call' | OfferReason;

interface Judged {
  readonly cue: CallCue;
  readonly verdict: Verdict;
  /** The word with what belongs to it (「に応援お願いします」), in `line.folded`. */
  readonly start: number;
  readonly end: number;
}

type FoundCall =
  | { readonly kind: 'call'; readonly level: CallLevel; readonly rest: string }
  | { readonly kind: 'offer'; readonly reason: OfferReason };

/** Pages, only offers the buttons, or (no cue at all) neither. The highest level that is asked for counts. */
export function findCall(line: Line): FoundCall | undefined {
  const judged = judgeAll(line.folded);
  if (judged.length === 0) return undefined;
  let level: CallLevel | undefined;
  for (const { cue, verdict } of judged) {
    if (verdict === 'call' && (level === undefined || isHigher(cue.level, level))) level = cue.level;
  }
  if (level === undefined) return { kind: 'offer', reason: reasonOf(judged, line.folded) };
  return { kind: 'call', level: raised(level, line.folded), rest: restOf(line, judged) };
}

function reasonOf(judged: readonly Judged[], folded: string): OfferReason {
  const first = judged[0]?.verdict;
  if (first === undefined || first === 'call' || first === 'mention')
    return tails.ASKS.test(folded) ? 'question' : 'mention';
  return first;
}

/** A weapon or violence makes a call for help an emergency; asking advice about it does not. */
function raised(level: CallLevel, folded: string): CallLevel {
  const violent = tails.VIOLENCE.test(folded) && !tails.VIOLENCE_ABSENT.test(folded);
  return level === 'assist' && violent ? 'emergency' : level;
}

/** From the right to the left, because 「緊急の応援は不要です」 hangs on its last word. */
function judgeAll(folded: string): Judged[] {
  const found = occurrences(folded);
  const judged: Judged[] = [];
  for (const { cue, start, end } of found.reverse()) {
    const next = judged[0];
    const linked =
      next !== undefined &&
      next.verdict !== 'mention' &&
      /^\s*(?:の|で|に|な|、|・)?\s*$/.test(folded.slice(end, next.start));
    const own = linked ? { verdict: next.verdict, length: 0 } : judge(cue, folded, start, end);
    judged.unshift({ cue, verdict: own.verdict, start, end: linked ? next.end : end + own.length });
  }
  return judged;
}

interface Occurrence {
  readonly cue: CallCue;
  readonly start: number;
  readonly end: number;
}

const PATTERNS = CALL_CUES.map((cue) => ({ cue, pattern: new RegExp(cue.word, 'g') }));

/** In order of place; of overlapping words the longer one (「緊急応援」, 「応援要請」). */
function occurrences(folded: string): Occurrence[] {
  const all: Occurrence[] = [];
  for (const { cue, pattern } of PATTERNS) {
    for (const match of folded.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (cue.needsBefore && !cue.needsBefore.test(folded.slice(Math.max(0, start - 8), start))) continue;
      all.push({ cue, start, end });
    }
  }
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Occurrence[] = [];
  for (const one of all) if (one.start >= (kept.at(-1)?.end ?? 0)) kept.push(one);
  return kept;
}

interface Judgement {
  readonly verdict: Verdict;
  /** How much behind the word belongs to it. */
  readonly length: number;
}

function judge(cue: CallCue, folded: string, start: number, end: number): Judgement {
  const before = folded.slice(0, start);
  const stretch = lengthOf(/^(?:[ー〜~!ぁぃぅぇぉ…]|っ(?!て))*/, folded.slice(end));
  const after = folded.slice(end + stretch);
  if (cue.otherWord?.test(folded.slice(end)) || cue.otherBefore?.test(before)) return no('mention');
  if (told(before, after)) return no('mention');
  const own = cue.sort === 'cry' ? judgeCry(after, before) : judgeNoun(cue, before, after, folded);
  return { verdict: own.verdict, length: stretch + own.length + endingLength(own, after) };
}

/** Inflection behind the words of calling or of its negation. */
function endingLength(own: Judgement, after: string): number {
  if (own.verdict === 'negated') return lengthOf(tails.BUT, after.slice(own.length));
  if (own.verdict !== 'call' || own.length === 0) return 0;
  let at = own.length;
  for (let step = 0; step < 5; step += 1) at += lengthOf(tails.ENDING, after.slice(at));
  return at - own.length;
}

const no = (verdict: OfferReason, length = 0): Judgement => ({ verdict, length });
const lengthOf = (pattern: RegExp, text: string): number => pattern.exec(text)?.[0].length ?? 0;

/** Quoted, reported, or about another day. */
function told(before: string, after: string): boolean {
  if (tails.HEARSAY.test(after) || tails.LATER.test(before)) return true;
  const opened = Math.max(before.lastIndexOf('「'), before.lastIndexOf('『'));
  const closed = Math.max(before.lastIndexOf('」'), before.lastIndexOf('』'));
  return opened > closed && /^[^」』]{0,40}[」』]\s*(?:と|って|の|は|が|を|ぼたん|など|という)/.test(after);
}

function judgeCry(after: string, before: string): Judgement {
  if (tails.CRY_TOLD.test(after)) return no(tails.THANKS.test(after) ? 'thanks' : 'mention');
  if (/^[^。!?\n]{0,6}(?:ありがと|感謝)/.test(after)) return no('thanks');
  if (tails.NEGATED.test(after)) return no('negated');
  if (/^\s*(?:って(?:何|なに|どう)|とは|の(?:意味|使い方))/.test(after)) return no('question');
  if (/[をが]\s*$/.test(before) && /^[ぁ-ん一-龠]/.test(after) && !tails.CRY_ASKS.test(after))
    return no('mention');
  return { verdict: 'call', length: lengthOf(tails.CRY_ASKS, after) };
}

function judgeNoun(cue: CallCue, before: string, after: string, folded: string): Judgement {
  const negated = lengthOf(tails.NEGATED, after);
  if (negated > 0) return no('negated', negated);
  if (/^[^。!?\n]{0,8}/.exec(after)?.[0].match(tails.THANKS)) return no('thanks');
  if (cue.level === 'advice' && tails.CONSULTS_OTHERS.test(before)) return no('mention');
  const ofSomething = tails.OF.test(before) && !tails.OF_PLACE.test(before) && !tails.OF_TROUBLE.test(before);
  if (ofSomething && tails.PAST_OF.test(before)) return no('mention');
  const asked = Math.max(askedLength(cue, after), lengthOf(tails.NOT_COME, after));
  if (asked > 0) return { verdict: 'call', length: asked };
  if (tails.QUESTION.test(after)) return no('question');
  if (tails.PAST_OF.test(before) || ofSomething || !tails.LEFT_OK.test(before)) return no('mention');
  const copula = lengthOf(tails.COPULA, after);
  if (copula === 0 && !isBare(after)) return no('mention');
  return judgeBare(cue, after, folded, copula);
}

const askedLength = (cue: CallCue, after: string): number =>
  Math.max(
    lengthOf(tails.REQUEST, after),
    cue.level === 'advice' ? lengthOf(tails.ADVICE_REQUEST, after) : 0,
  );

/** Nothing, a space or punctuation, or at once a place: 「応援2番窓口」. 「応援 の件」 goes on with a particle. */
const isBare = (after: string): boolean =>
  tails.PLACE_FIRST.test(after) ||
  /^[a-z0-9#@→>+=]/.test(after) ||
  (/^(?:$|[\s、。,.!:;/・…「」()【】-])/.test(after) &&
    !/^\s+(?:の|は|が|を|に|と|も|って|で|した|しま|だった|でした)(?![0-9])/.test(after));

/** The word alone, with or without a place: a call, unless the line takes it back or is long and about something else. */
function judgeBare(cue: CallCue, after: string, folded: string, copula: number): Judgement {
  if (tails.THANKS.test(folded)) return no('thanks');
  if (tails.TAKEN_BACK.test(folded)) return no('negated');
  if (
    /(?:違い|について|に関して|の件|の使い方|とは|って何)(?:を?教えて|は|が|です|ください|下さい|何)*[\s?。]*$/.test(
      folded,
    )
  ) {
    return no('question');
  }
  if (cue.needsPlace && !tails.PLACE_WORD.test(after)) return no('mention');
  return { verdict: 'call', length: copula };
}

/** What is left of the line when the words of calling are taken out, as typed. */
function restOf(line: Line, judged: readonly Judged[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { cue, start, end, verdict } of judged) {
    if (start < at || (verdict !== 'call' && verdict !== 'negated')) continue;
    const before = line.typedAt(at, start);
    pieces.push(
      before.replace(cue.level === 'advice' ? /(?:総務課?|人事課?)?[にへでの]\s*$/ : /[にへでの]\s*$/, ''),
    );
    at = end;
  }
  pieces.push(line.typedAt(at, line.folded.length));
  return pieces.join(' ').replace(/\s+/g, ' ').replace(EDGES, '');
}

/** `+$` on a bounded class after collapsing spaces: the line has at most 500 characters. */
const EDGES =
  /^[\s、。,.!！:：;…・〜~/→>@＠+=\p{Extended_Pictographic}]+|[\s、。,.!！:：;…・〜~\p{Extended_Pictographic}]+$/gu;
