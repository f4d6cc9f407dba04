import type { Hit } from '../context.ts';
import type { Span } from '../reading.ts';
import type { Model } from './model.ts';
import { OUTPUTS, type Signals } from './signals.ts';
import { placesFor } from './weigh.ts';

/** A clause this long can still be read at a glance. */
const LONGEST = 44;
const SHORTEST = 4;

/** The clause that says most for an output, for the labels that no cue explains. Nothing when none says anything. */
export function passageFor(model: Model, { affirmed }: Signals, sums: Float64Array, output: number): Hit[] {
  const places = placesFor(model, affirmed, sums, output);
  let best: Span | undefined;
  let most = 0;
  for (const clause of clausesOf(affirmed)) {
    let sum = 0;
    for (let at = clause.start; at < clause.end; at += 1) sum += places[at] ?? 0;
    const value = sum / Math.sqrt(clause.end - clause.start);
    if (best === undefined || value > most) {
      best = clause;
      most = value;
    }
  }
  if (best === undefined) return [];
  return [{ ...best, cue: `learned.${OUTPUTS[output]}`, weight: 0.5, unsure: false }];
}

/** Stops, quotation marks and line ends; and in dictation without any, the ends of て and けど clauses. */
const STOPS = /[。、！？!?\n\s「」『』（）()…・]+/g;
const JOINTS = /(?<=って|んで|けど|たら|から|ので|して|いて|れて|ました|ません|です)/g;

export function clausesOf(text: string): Span[] {
  const clauses: Span[] = [];
  let start = 0;
  const add = (end: number): void => {
    if (/[^\p{P}\p{S}\p{C}\s]/u.test(text.slice(start, end))) clauses.push(...shorter(text, { start, end }));
  };
  for (const stop of text.matchAll(STOPS)) {
    if (stop.index - start < SHORTEST && stop.index > start && stop[0] === '、') continue;
    add(stop.index);
    start = stop.index + stop[0].length;
  }
  add(text.length);
  return clauses;
}

function shorter(text: string, { start, end }: Span): Span[] {
  if (end - start <= LONGEST) return [{ start, end }];
  const pieces: Span[] = [];
  let from = start;
  let last = start;
  for (const joint of text.slice(start, end).matchAll(JOINTS)) {
    const at = start + joint.index;
    if (at - from > LONGEST && last > from) {
      pieces.push({ start: from, end: last });
      from = last;
    }
    last = at;
  }
  if (end - from > LONGEST && last > from) {
    pieces.push({ start: from, end: last });
    from = last;
  }
  while (end - from > LONGEST) {
    pieces.push({ start: from, end: from + LONGEST });
    from += LONGEST;
  }
  if (end > from) pieces.push({ start: from, end });
  return pieces;
}
