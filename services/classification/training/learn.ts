import { ASSESSMENTS } from '../classifier.ts';
import { joined } from '../learned/model.ts';
import { hashOf } from '../learned/ngrams.ts';
import { OUTPUTS, type Output } from '../learned/signals.ts';
import { type Example, isTrue, Vocabulary } from './examples.ts';
import { fitHidden, type Hidden, hiddenLogits } from './hidden.ts';
import { type Fit, fitLogistic, type Row } from './logistic.ts';

/** A linear model an output and a small hidden layer for all: each errs elsewhere, together they err less. */
export interface Learned {
  readonly vocabulary: Vocabulary;
  /** One an output. */
  readonly fits: readonly Fit[];
  readonly hidden: Hidden;
}

/** Rare categories and danger must not be missed, so their examples count more. */
const countOf = (output: Output, often: number): number =>
  (ASSESSMENTS as readonly Output[]).includes(output) ? 1 : often;

const PENALTY = 1;
const ITERATIONS = 60;

export function learn(examples: readonly Example[]): Learned {
  const vocabulary = new Vocabulary(examples);
  const rows = examples.map((example) => vocabulary.rowOf(example));
  const size = vocabulary.hashes.length;
  const targets = examples.map(({ report }) => OUTPUTS.map((output) => isTrue(report, output)));
  const fits = OUTPUTS.map((output, o) => {
    const wanted = targets.map((one) => one[o] === true);
    return fitLogistic(rows, wanted, size, {
      l2: PENALTY,
      positive: countOf(output, 2),
      iterations: ITERATIONS,
    });
  });
  const hidden = fitHidden(
    rows,
    targets,
    size,
    OUTPUTS.map((output) => countOf(output, 1.5)),
  );
  return { vocabulary, fits, hidden };
}

/** Probabilities of all outputs for an example. */
export function predict({ vocabulary, fits, hidden }: Learned, example: Example): number[] {
  const row = vocabulary.rowOf(example);
  const other = hiddenLogits(hidden, row);
  return fits.map((one, o) => joined(linear(one, row), other[o] ?? 0));
}

function linear({ weights, bias }: Fit, { index, value }: Row): number {
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
