import type { Line } from './utterance-line.ts';

/** Crockford base32 as people type it: I and L are read as 1, O as 0; U is no digit. */
const DIGIT = '[0-9a-hj-km-np-tv-zilo]';
const HYPHEN = '[-‐‑‒–—―−ー_]';
const WRITTEN = new RegExp(`(?<![a-z0-9])k(\\s?${HYPHEN}\\s?|\\s?)(${DIGIT}{4,8})(?![a-z0-9])`, 'g');

interface FoundCode {
  readonly code: string;
  /** Span in `line.folded`. */
  readonly start: number;
  readonly end: number;
}

/**
 * The first case code of a line (`K-7F3Q`), upper case with a hyphen; lower case, full width, a missing hyphen
 * and spaces are tolerated. Without a hyphen it needs a digit, so that `kite` and `kinkyuu` stay words.
 */
export function findCode(line: Line): FoundCode | undefined {
  for (const match of line.folded.matchAll(WRITTEN)) {
    const joint = match[1] ?? '';
    const digits = match[2] ?? '';
    if (joint.trim() === '' && !/[0-9]/.test(digits)) continue;
    return { code: codeOf(digits), start: match.index, end: match.index + match[0].length };
  }
  return spacedCode(line);
}

/** The whole line is a code typed with spaces inside: 「K-7F 3Q」. */
function spacedCode(line: Line): FoundCode | undefined {
  const joined = line.folded.replace(/\s/g, '');
  const match = new RegExp(`^k${HYPHEN}(${DIGIT}{4,8})$`).exec(joined);
  return match?.[1] === undefined ? undefined : { code: codeOf(match[1]), start: 0, end: line.folded.length };
}

const codeOf = (digits: string): string =>
  `K-${digits.toUpperCase().replace(/[IL]/g, '1').replace(/O/g, '0')}`;
