import {
  ASSESSMENTS,
  type Assessment,
  CATEGORY_IDS,
  type CategoryId,
  type Danger,
  type ReportFacts,
} from '../classifier.ts';
import { withFacts } from './facts.ts';
import type { Model } from './model.ts';
import { safetyOf } from './safety.ts';
import { outputOf } from './signals.ts';

interface Likely {
  readonly id: CategoryId;
  /** 0–1, where 0.5 is the threshold of the category. */
  readonly score: number;
}

interface Decided {
  readonly labels: readonly Likely[];
  readonly assessment: Assessment;
  readonly danger: Danger;
  /** The danger can be quoted: it is in the words, not only in a box of the form. */
  readonly isDangerSaid: boolean;
}

/** From this score on, a category is a candidate where no other is likely. */
const CANDIDATE = 0.2;
const LIKELY = 0.5;

/** The suggestion out of the probabilities and the boxes of the form. People decide (promise 6). */
export function decide(
  model: Pick<Model, 'thresholds'>,
  learned: readonly number[],
  ruleDanger: Danger,
  facts: ReportFacts,
): Decided {
  const probabilities = withFacts(learned, facts);
  const { danger, isSaid, isAlarming } = safetyOf(model, probabilities, ruleDanger, facts);
  const all = CATEGORY_IDS.map((id, place) => ({
    id,
    score: scoreOf(probabilities[place] ?? 0, model.thresholds[place] ?? 0.5),
  }));
  return { ...weighed(all, highest(probabilities), isAlarming), danger, isDangerSaid: isSaid };
}

/**
 * Where a report reads like harassment and no category is even a candidate, a person judges: thin evidence is no guess.
 * Accidents harm as well, but whoever may be in danger is not told that it was nothing.
 */
function weighed(
  all: readonly Likely[],
  assessment: Assessment,
  isAlarming: boolean,
): Pick<Decided, 'labels' | 'assessment'> {
  const labels = all.filter(({ score }) => score >= LIKELY);
  if (assessment === 'not-harassment')
    return isAlarming ? { labels, assessment: 'needs-judgement' } : { labels: [], assessment };
  if (labels.length > 0 || assessment === 'needs-judgement') return { labels, assessment };
  const top = all.reduce((best, one) => (one.score > best.score ? one : best));
  return top.score >= CANDIDATE
    ? { labels: [top], assessment }
    : { labels: [], assessment: 'needs-judgement' };
}

function scoreOf(probability: number, threshold: number): number {
  const score =
    probability >= threshold
      ? LIKELY + ((1 - LIKELY) * (probability - threshold)) / (1 - threshold)
      : (LIKELY * probability) / threshold;
  return Math.round(score * 1000) / 1000;
}

function highest(probabilities: readonly number[]): Assessment {
  const value = (one: Assessment): number => probabilities[outputOf(one)] ?? 0;
  return ASSESSMENTS.reduce((best, one) => (value(one) > value(best) ? one : best));
}
