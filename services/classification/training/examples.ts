import { eachNgram, hashOf } from '../learned/ngrams.ts';
import { type Output, signalsOf } from '../learned/signals.ts';
import { ngramValue } from '../learned/weigh.ts';
import { readReport } from '../reading.ts';
import type { LabelledReport } from './corpus.ts';
import type { Row } from './logistic.ts';

/** A report with everything that the learner may look at. */
export interface Example {
  readonly report: LabelledReport;
  readonly ngrams: readonly number[];
  readonly named: ReadonlyMap<number, number>;
}

export function exampleOf(report: LabelledReport): Example {
  const reading = readReport(report.text);
  const signals = signalsOf(reading);
  const ngrams = new Set<number>();
  eachNgram(signals.affirmed, (hash) => ngrams.add(hash));
  const named = new Map<number, number>();
  for (const [name, value] of signals.named) named.set(hashOf(name), value);
  return { report, ngrams: [...ngrams], named };
}

/** Whether an output is right for a report. */
export function isTrue({ labels, assessment, danger }: LabelledReport, output: Output): boolean {
  if (output === 'danger') return danger !== 'none';
  return assessment === output || danger === output || labels.some((id) => id === output);
}

/** n-grams in fewer reports than this are chance. */
const FEWEST = 4;

/** The features of a set of examples: a place each. */
export class Vocabulary {
  readonly hashes: readonly number[];
  private readonly places: ReadonlyMap<number, number>;

  constructor(examples: readonly Example[]) {
    const counts = new Map<number, number>();
    for (const { ngrams } of examples)
      for (const hash of ngrams) counts.set(hash, (counts.get(hash) ?? 0) + 1);
    const kept = new Set<number>();
    for (const [hash, count] of counts) if (count >= FEWEST) kept.add(hash);
    for (const { named } of examples) for (const hash of named.keys()) kept.add(hash);
    this.hashes = [...kept].sort((a, b) => a - b);
    this.places = new Map(this.hashes.map((hash, place) => [hash, place]));
  }

  rowOf({ ngrams, named }: Example): Row {
    const values = new Map<number, number>();
    const known = ngrams.flatMap((hash) => this.places.get(hash) ?? []);
    for (const place of known) values.set(place, ngramValue(known.length));
    for (const [hash, value] of named) {
      const place = this.places.get(hash);
      if (place !== undefined) values.set(place, value);
    }
    const index = [...values.keys()].sort((a, b) => a - b);
    return {
      index: Int32Array.from(index),
      value: Float64Array.from(index, (place) => values.get(place) ?? 0),
    };
  }
}
