import type { Reading } from '../reading.ts';
import type { Model } from './model.ts';
import { eachNgram, hashOf } from './ngrams.ts';
import type { Signals } from './signals.ts';

/**
 * How much one n-gram counts: less in a long report, where many words are about something else. `known` is how many
 * different n-grams of the report the model knows.
 */
export const ngramValue = (known: number): number => 1.5 / Math.max(30, known) ** 0.25;

/** Probabilities of all outputs, in the order of `OUTPUTS`. Time is linear in the text. */
export function weigh(model: Model, reading: Reading, signals: Signals): number[] {
  const sums = new Float64Array(model.width);
  const seen = new Set<number>();
  eachNgram(reading.text, (hash) => {
    const row = model.rowOf(hash);
    if (row < 0 || seen.has(row)) return;
    seen.add(row);
    model.add(sums, row, 1);
  });
  const value = ngramValue(seen.size);
  for (let o = 0; o < sums.length; o += 1) sums[o] = (sums[o] as number) * value;
  for (const [name, size] of signals.named) {
    const row = model.rowOf(hashOf(name));
    if (row >= 0) model.add(sums, row, size);
  }
  return model.finish(sums);
}

/** What the n-grams that begin at each place of the text say for an output (first occurrence of each counts). */
export function placesFor(model: Model, reading: Reading, output: number): Float64Array {
  const places = new Float64Array(reading.text.length + 1);
  const seen = new Set<number>();
  eachNgram(reading.text, (hash, start, end) => {
    const row = model.rowOf(hash);
    if (row < 0 || seen.has(row)) return;
    seen.add(row);
    const share = model.weight(row, output) / Math.max(1, end - start);
    for (let at = start; at < end; at += 1) places[at] = (places[at] as number) + share;
  });
  return places;
}
