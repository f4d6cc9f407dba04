import type { Occurrence } from './context.ts';
import type { Cue } from './cue.ts';
import { type NormalisedText, normalise } from './normalise.ts';

/** A stretch of normalised text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `unsure`: told by somebody else, or only perhaps. */
interface Sentence extends Span {
  readonly unsure: boolean;
}

/** A report as the rules read it. Words in 「」 belong to the sentence that quotes them. */
export interface Reading {
  readonly given: string;
  readonly text: string;
  readonly normalised: NormalisedText;
  readonly sentences: readonly Sentence[];
  /** What has been looked for already (`occurrencesOf`). */
  readonly searched: Map<Cue, readonly Occurrence[]>;
}

export function readReport(given: string): Reading {
  const normalised = normalise(given);
  return {
    given,
    text: normalised.text,
    normalised,
    sentences: sentencesOf(normalised.text),
    searched: new Map(),
  };
}

/** Second hand: a person decides (domain: Hard cases). */
const HEARSAY =
  /(?<!いや|女|男|人間|ども|すば|めず)らしい|(?:た|だ|る)そうです(?!か)|とのうわさ|噂|又聞き|また聞き|伝聞|から聞い(?:た|て)|と聞いて(?:い|お)(?:る|ま|り)|聞いた話|談[。、)]|(?:子ども|同僚|職員|先輩|後輩|新人|パートさん|家族)が(?:言って(?:い|る|お)|見たと|聞いたと)|によると/;
const PERHAPS =
  /かもしれ|かも(?:です|。|、|$)|だろうか|のでしょうか|ように(?:も)?(?:見え|聞こえ|思え|感じ)|ような気|気がし|とも(?:取れ|とれ|聞こえ|受け取)/;

/** A quotation that was never closed does not swallow the rest of the report. */
const LONGEST_QUOTE = 300;
const MARKS = /[「『」』。!?\n]/g;

function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  const add = (from: number, end: number): void => {
    const words = text.slice(from, end);
    sentences.push({ start: from, end, unsure: HEARSAY.test(words) || PERHAPS.test(words) });
  };
  let start = 0;
  let depth = 0;
  let openedAt = 0;
  for (const mark of text.matchAll(MARKS)) {
    const at = mark.index;
    if (depth > 0 && at - openedAt > LONGEST_QUOTE) depth = 0;
    if (mark[0] === '「' || mark[0] === '『') {
      if (depth === 0) openedAt = at;
      depth += 1;
    } else if (mark[0] === '」' || mark[0] === '』') depth = Math.max(0, depth - 1);
    else if (depth === 0) {
      add(start, at + 1);
      start = at + 1;
    }
  }
  if (start < text.length) add(start, text.length);
  return sentences;
}

/** The sentence that holds a position (binary search: reports have up to a few hundred). */
export function sentenceAt(reading: Reading, at: number): Sentence {
  let low = 0;
  let high = reading.sentences.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((reading.sentences[middle]?.end ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return reading.sentences[low] ?? { start: 0, end: reading.text.length, unsure: false };
}

/** For each unit of a text whether it stands between 「 and 」 (or 『 』); what was never closed ends with its line. */
export function quotedIn(text: string): Uint8Array {
  const quoted = new Uint8Array(text.length);
  let from = -1;
  for (const mark of text.matchAll(/[「『」』\n]/g)) {
    const opens = mark[0] === '「' || mark[0] === '『';
    if (opens && from < 0) from = mark.index;
    else if (!opens && from >= 0) {
      quoted.fill(1, from, mark.index);
      from = -1;
    }
  }
  if (from >= 0) quoted.fill(1, from, text.length);
  return quoted;
}
