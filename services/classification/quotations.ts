import type { Evidence } from './classifier.ts';
import type { Hit } from './context.ts';
import { sourceSpan } from './normalise.ts';
import type { Reading, Span } from './reading.ts';

const MOST_EVIDENCE = 5;

/** The strongest quotations, in the order of the text, none inside another. */
export function quotations(reading: Reading, hits: readonly Hit[]): Evidence[] {
  const kept: Evidence[] = [];
  for (const hit of [...hits].sort((a, b) => b.weight - a.weight || a.start - b.start)) {
    if (kept.length >= MOST_EVIDENCE) break;
    const quoted = evidenceOf(reading, hit, hit.cue);
    if (!kept.some((one) => quoted.start < one.end && one.start < quoted.end)) kept.push(quoted);
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** The quotation behind a span, as a phrase: exactly a slice of the text that was given. */
function evidenceOf(reading: Reading, span: Span, cue: string): Evidence {
  const phrase = phraseOf(reading.text, span);
  const { start, end } = sourceSpan(reading.normalised, phrase.start, phrase.end);
  return { start, end, text: reading.given.slice(start, end), cue };
}

/** Words of the visitor are quoted whole when they are short; others up to the end of their inflection. */
const SHORT_QUOTE = 40;
const INFLECTION = /[ぁ-ん]{0,6}/y;

function phraseOf(text: string, span: Span): Span {
  const from = Math.max(0, span.start - SHORT_QUOTE);
  const opened = lastMark(text.slice(from, span.start), '「『');
  const closedBefore = lastMark(text.slice(from, span.start), '」』');
  const closes = text.slice(span.end, span.end + SHORT_QUOTE).search(/[」』]/);
  if (opened > closedBefore && closes >= 0) {
    const whole = { start: from + opened + 1, end: span.end + closes };
    if (whole.end - whole.start <= SHORT_QUOTE) return whole;
  }
  INFLECTION.lastIndex = span.end;
  return { start: span.start, end: span.end + (INFLECTION.exec(text)?.[0].length ?? 0) };
}

const lastMark = (text: string, marks: string): number =>
  Math.max(...[...marks].map((mark) => text.lastIndexOf(mark)));
