import { normalise, sourceSpan } from '../classification/normalise.ts';

/** Nobody in need writes more than this before saying so; the rest of a long text is not a command. */
const LOOK_AT = 500;

/** One typed line in the three shapes the rules read. */
export interface Line {
  /** As typed, without what Teams put in (mentions, tags, entities). */
  readonly typed: string;
  /** NFKC, lower case, katakana as hiragana: for the patterns. */
  readonly folded: string;
  /** `folded` without spaces, brackets, trailing punctuation and emoji: for whole-line commands. */
  readonly compact: string;
  /** The typed characters behind a span of `folded`. */
  readonly typedAt: (start: number, end: number) => string;
}

export function readLine(text: string): Line {
  const typed = withoutMarkup(text.slice(0, LOOK_AT));
  const normalised = normalise(typed);
  const folded = foldKana(normalised.text);
  return {
    typed,
    folded,
    compact: compact(folded),
    typedAt: (start, end) => {
      if (start >= end) return '';
      const span = sourceSpan(normalised, start, end);
      return typed.slice(span.start, span.end);
    },
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: ' ',
  '#160': ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
};

function withoutMarkup(text: string): string {
  return text
    .replace(/<at\b[^>]*>[^<]*<\/at>/gi, ' ')
    .replace(/<(?:br|\/p|\/div)\b[^>]*>/gi, '\n')
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/&(nbsp|#160|amp|lt|gt|quot|#39);/gi, (_, name: string) => ENTITIES[name.toLowerCase()] ?? ' ')
    .replace(/[\p{Cf}\p{Variation_Selector}]/gu, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(SPACED_OUT, '')
    .trim();
}

/** 「応 援」 with shaking hands: the spaces between single characters. */
const SPACED_OUT = /(?<=(?:^|\s)\S) (?=\S(?:[\s!！。、,.?？~〜ー]|$))/gu;

/** Katakana as hiragana, one unit for one unit, so that offsets stay. The long mark ー is kept. */
const foldKana = (text: string): string =>
  text.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

const EDGE = String.raw`[\s!。.、,;:…・‥〜~ー\-―♪☆★♡♥"'「」『』\p{Extended_Pictographic}\u{1f3fb}-\u{1f3ff}\u200d]`;
const LEADING = new RegExp(`^${EDGE}+`, 'u');
const TRAILING = new RegExp(`${EDGE}$`, 'u');

/** Shared with the tables of commands, so that a table may be written as people write. */
export function compact(folded: string): string {
  let rest = folded.replace(/[\s()[\]〔〕【】]/g, '').replace(LEADING, '');
  // One character at a time: `[…]+$` would be tried from every position of a long run.
  while (rest !== '') {
    const last = (rest.codePointAt(rest.length - 2) ?? 0) > 0xffff ? rest.slice(-2) : rest.slice(-1);
    if (!TRAILING.test(last)) break;
    rest = rest.slice(0, -last.length);
  }
  return rest;
}

/** A table of whole-line phrases, separated by `|`, written as people write and folded as a line is. */
export const phrases = (list: string): ReadonlySet<string> =>
  new Set(list.split('|').map((phrase) => compact(foldKana(normalise(phrase).text))));
