import type { Model } from './model.ts';
import { eachNgram, hashOf } from './ngrams.ts';
import type { Signals } from './signals.ts';

/**
 * How much one n-gram counts: less in a long report, where many words are about something else. `known` is how many
 * different n-grams of the report the model knows.
 */
export const ngramValue = (known: number): number => 1.5 / Math.max(30, known) ** 0.25;

/** Sums of the model's columns for a report. Time is linear in the text. */
export function sumsOf(model: Model, signals: Signals): Float64Array {
  const sums = new Float64Array(model.width);
  let known = 0;
  model.beginText();
  eachNgram(signals.affirmed, (hash) => {
    const row = model.newRow(hash);
    if (row < 0) return;
    known += 1;
    model.add(sums, row, 1);
  });
  const value = ngramValue(known);
  for (let column = 0; column < sums.length; column += 1) sums[column] = (sums[column] as number) * value;
  for (const [name, size] of signals.named) {
    const row = model.rowOf(hashOf(name));
    if (row >= 0) model.add(sums, row, size);
  }
  return sums;
}

/** What the n-grams at each place of the text say for an output (the first occurrence of each counts). */
export function placesFor(model: Model, text: string, sums: Float64Array, output: number): Float64Array {
  const places = new Float64Array(text.length + 1);
  const influence = model.influence(sums, output);
  model.beginText();
  eachNgram(text, (hash, start, end) => {
    const row = model.newRow(hash);
    if (row < 0) return;
    const share = influence(row) / Math.max(1, end - start);
    for (let at = start; at < end; at += 1) places[at] = (places[at] as number) + share;
  });
  return places;
}
