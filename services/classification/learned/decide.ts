import { type Assessment, CATEGORY_IDS, type CategoryId, type Danger, type ReportFacts } from '../classifier.ts';
import { withFacts } from './facts.ts';
import type { Model } from './model.ts';
import { outputOf } from './signals.ts';

export interface Decided {
  readonly labels: readonly { readonly id: CategoryId; readonly score: number }[];
  readonly assessment: Assessment;
  readonly danger: Danger;
}

const ASSESSMENTS: readonly Assessment[] = ['harassment', 'not-harassment', 'needs-judgement'];

/** From this share of its threshold on, a category is a candidate where no other is likely. */
const CANDIDATE = 0.4;

/**
 * The suggestion out of the probabilities. People decide (promise 6): where a report reads like harassment and no
 * category is even a candidate, a person judges.
 *
 * @param ruleDanger what the rules alone read in the words
 */
export function decide(
  { thresholds }: Pick<Model, 'thresholds'>,
  learned: readonly number[],
  ruleDanger: Danger,
  facts: ReportFacts,
): Decided {
  const probabilities = withFacts(learned, facts);
  const danger = dangerOf(probabilities, thresholds[CATEGORY_IDS.length] ?? 0.5, ruleDanger, facts);
  const all = CATEGORY_IDS.map((id, place) => {
    const threshold = thresholds[place] ?? 0.5;
    const probability = probabilities[place] ?? 0;
    return { id, ratio: probability / threshold, score: scoreOf(probability, threshold) };
  });
  const likely = all.filter(({ ratio }) => ratio >= 1).map(withoutRatio);
  const assessment = highest(probabilities);
  if (assessment === 'not-harassment') {
    // Accidents harm as well; but whoever may be in danger is not told that it was nothing.
    const open = danger === 'imminent' && (ruleDanger !== 'none' || isAlarming(probabilities, facts));
    return open ? { labels: likely, assessment: 'needs-judgement', danger } : { labels: [], assessment, danger };
  }
  if (likely.length > 0 || assessment === 'needs-judgement') return { labels: likely, assessment, danger };
  const top = all.reduce((best, one) => (one.ratio > best.ratio ? one : best));
  return top.ratio >= CANDIDATE
    ? { labels: [withoutRatio(top)], assessment, danger }
    : { labels: [], assessment: 'needs-judgement', danger };
}

/** Danger that is not only suspected. */
const isAlarming = (probabilities: readonly number[], { dangerNow, weapon }: ReportFacts): boolean =>
  dangerNow === true || weapon === true || (probabilities[outputOf('imminent')] ?? 0) >= 0.35;

const withoutRatio = ({ id, score }: { id: CategoryId; score: number }) => ({ id, score });

/** 0–1, where 0.5 is the threshold of the category. */
function scoreOf(probability: number, threshold: number): number {
  const score =
    probability >= threshold
      ? 0.5 + (0.5 * (probability - threshold)) / (1 - threshold)
      : (0.5 * probability) / threshold;
  return Math.round(score * 1000) / 1000;
}

function highest(probabilities: readonly number[]): Assessment {
  const value = (one: Assessment): number => probabilities[outputOf(one)] ?? 0;
  return ASSESSMENTS.reduce((best, one) => (value(one) > value(best) ? one : best));
}

/** Plain words of danger need less support of the learned part (R10, R11: safety first). */
const PLAIN = 0.5;

function dangerOf(
  probabilities: readonly number[],
  threshold: number,
  ruleDanger: Danger,
  { dangerNow, weapon, injured }: ReportFacts,
): Danger {
  if (injured === true) return 'harm-done';
  const coming = probabilities[outputOf('imminent')] ?? 0;
  const done = probabilities[outputOf('harm-done')] ?? 0;
  const needed = ruleDanger === 'none' ? threshold : threshold * PLAIN;
  if (coming + done >= needed) return done > coming ? 'harm-done' : 'imminent';
  return dangerNow === true || weapon === true ? 'imminent' : 'none';
}
