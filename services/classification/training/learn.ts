import { hashOf } from '../learned/ngrams.ts';
import { logistic } from '../learned/model.ts';
import { CATEGORY_IDS } from '../classifier.ts';
import { type Output, OUTPUTS } from '../learned/signals.ts';
import { type Example, isTrue, Vocabulary } from './examples.ts';
import { type Fit, fit, type Row } from './logistic.ts';

export interface Learned {
  readonly vocabulary: Vocabulary;
  /** One an output. */
  readonly fits: readonly Fit[];
}

/** Of each output: rare categories and danger must not be missed, so their examples count more. */
const optionsFor = (output: Output) => ({
  l2: 1,
  positive: (CATEGORY_IDS as readonly string[]).includes(output) || output === 'imminent' || output === 'harm-done' ? 2 : 1,
  iterations: 60,
});

export function learn(examples: readonly Example[]): Learned {
  const vocabulary = new Vocabulary(examples);
  const rows = examples.map((example) => vocabulary.rowOf(example));
  const fits = OUTPUTS.map((output) =>
    fit(rows, examples.map(({ report }) => isTrue(report, output)), vocabulary.hashes.length, optionsFor(output)),
  );
  return { vocabulary, fits };
}

/** Probabilities of all outputs for an example. */
export function predict({ vocabulary, fits }: Learned, example: Example): number[] {
  const row = vocabulary.rowOf(example);
  return fits.map((one) => logistic(sum(one, row)));
}

function sum({ weights, bias }: Fit, { index, value }: Row): number {
  let total = bias;
  for (let k = 0; k < index.length; k += 1) total += (weights[index[k] ?? 0] ?? 0) * (value[k] ?? 0);
  return total;
}

/** Probabilities for each example from a model that has not seen its fold. */
export function crossPredict(examples: readonly Example[], folds: number): number[][] {
  const foldOf = ({ report }: Example): number => (hashOf(report.text) >>> 0) % folds;
  const answers: number[][] = examples.map(() => []);
  for (let fold = 0; fold < folds; fold += 1) {
    const learned = learn(examples.filter((example) => foldOf(example) !== fold));
    examples.forEach((example, at) => {
      if (foldOf(example) === fold) answers[at] = predict(learned, example);
    });
  }
  return answers;
}
