import { CATEGORY_IDS, type Danger, type ReportFacts } from '../classifier.ts';
import type { Model } from './model.ts';
import { type Output, outputOf } from './signals.ts';

interface Safety {
  readonly danger: Danger;
  /** The words themselves speak of danger, not only a box of the form: they can be quoted. */
  readonly isSaid: boolean;
  /** More than a suspicion: such a report is not told to be nothing. */
  readonly isAlarming: boolean;
}

/** Plain words of danger need less support of the learned part (R10, R11: safety first). */
const PLAIN = 2 / 3;
const ALARMING = 0.35;

/**
 * How much speaks for any danger: what was learned of it as a whole, and its two kinds added up. The two err
 * elsewhere: a report of a grip that hurts is in doubt between the kinds, a veiled threat is far from both.
 */
export const dangerIn = (probabilities: readonly number[]): number => {
  const of = (output: Output): number => probabilities[outputOf(output)] ?? 0;
  return (of('danger') + of('imminent') + of('harm-done')) / 2;
};

/**
 * The safety flag beside the categories; the likelier of the two kinds of danger names it.
 *
 * @param ruleDanger what the rules alone read in the words
 */
export function safetyOf(
  { thresholds }: Pick<Model, 'thresholds'>,
  probabilities: readonly number[],
  ruleDanger: Danger,
  { dangerNow, weapon, injured }: ReportFacts,
): Safety {
  const threshold = thresholds[CATEGORY_IDS.length] ?? 0.5;
  const coming = probabilities[outputOf('imminent')] ?? 0;
  const done = probabilities[outputOf('harm-done')] ?? 0;
  const isSaid = dangerIn(probabilities) >= (ruleDanger === 'none' ? threshold : threshold * PLAIN);
  const said: Danger = isSaid ? (done > coming ? 'harm-done' : 'imminent') : 'none';
  const isTicked = dangerNow === true || weapon === true;
  return {
    danger: injured === true ? 'harm-done' : said === 'none' && isTicked ? 'imminent' : said,
    isSaid,
    isAlarming: isTicked || (said === 'imminent' && (ruleDanger !== 'none' || coming >= ALARMING)),
  };
}
