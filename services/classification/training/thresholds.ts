import { CATEGORY_IDS } from '../classifier.ts';
import { dangerIn } from '../learned/safety.ts';
import { type Example, isTrue } from './examples.ts';

const STEPS = Array.from({ length: 48 }, (_, step) => 0.04 + step * 0.02);
/** So many of the reports without danger may raise a false alarm: the training texts are harder than daily ones. */
const FALSE_ALARMS = 0.15;

/** A threshold a category (the best F1 of predictions across folds), and one for danger. */
export function thresholdsFor(
  examples: readonly Example[],
  predictions: readonly (readonly number[])[],
): number[] {
  const categories = CATEGORY_IDS.map((id, place) => {
    const wanted = examples.map(({ report }) => isTrue(report, id));
    return best(
      predictions.map((one) => one[place] ?? 0),
      wanted,
    );
  });
  const mean = categories.reduce((a, b) => a + b, 0) / categories.length;
  // Half way to the mean of all: what is best on some dozens of examples is partly chance.
  return [...categories.map((one) => round((one + mean) / 2)), dangerThreshold(examples, predictions)];
}

/** Smoothed over neighbouring thresholds: the best one alone is often chance. */
function best(values: readonly number[], wanted: readonly boolean[]): number {
  const scores = STEPS.map((step) => f1(values, wanted, step));
  const smooth = scores.map((_, at) => {
    const around = scores.slice(Math.max(0, at - 3), at + 4);
    return around.reduce((a, b) => a + b, 0) / around.length;
  });
  return round(STEPS[smooth.indexOf(Math.max(...smooth))] ?? 0.5);
}

function f1(values: readonly number[], wanted: readonly boolean[], threshold: number): number {
  let right = 0;
  let said = 0;
  let all = 0;
  values.forEach((value, at) => {
    if (value >= threshold) said += 1;
    if (wanted[at]) all += 1;
    if (value >= threshold && wanted[at]) right += 1;
  });
  return said + all === 0 ? 0 : (2 * right) / (said + all);
}

function dangerThreshold(examples: readonly Example[], predictions: readonly (readonly number[])[]): number {
  const safe = predictions.flatMap((one, at) =>
    examples[at]?.report.danger === 'none' ? [dangerIn(one)] : [],
  );
  safe.sort((a, b) => b - a);
  return round(safe[Math.floor(safe.length * FALSE_ALARMS)] ?? 0.5);
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
