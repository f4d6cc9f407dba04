import { type Assessment, CATEGORY_IDS, type CategoryId, type Danger, type ReportFacts } from '../classifier.ts';
import type { Model } from './model.ts';
import { outputOf, type Signals } from './signals.ts';

export interface Decided {
  readonly labels: readonly { readonly id: CategoryId; readonly score: number }[];
  readonly assessment: Assessment;
  readonly danger: Danger;
}

const ASSESSMENTS: readonly Assessment[] = ['harassment', 'not-harassment', 'needs-judgement'];

/** From this share of its threshold on, a category is a candidate for a person to look at. */
const CANDIDATE = 0.4;

/**
 * The suggestion out of the probabilities. People decide (promise 6): where nothing reaches its threshold and the
 * report still reads like harassment, the candidates are named and a person judges.
 */
export function decide(model: Model, probabilities: readonly number[], signals: Signals, facts: ReportFacts): Decided {
  const danger = dangerOf(model, probabilities, signals, facts);
  const all = CATEGORY_IDS.map((id, place) => {
    const threshold = model.thresholds[place] ?? 0.5;
    return { id, ratio: (probabilities[place] ?? 0) / threshold, score: scoreOf(probabilities[place] ?? 0, threshold) };
  });
  const likely = all.filter(({ ratio }) => ratio >= 1);
  const assessment = highest(model, probabilities);
  if (assessment === 'not-harassment') {
    if (danger === 'none') return { labels: [], assessment, danger };
    return { labels: likely, assessment: 'needs-judgement', danger };
  }
  if (likely.length > 0) return { labels: likely, assessment, danger };
  if (assessment === 'needs-judgement') return { labels: [], assessment, danger };
  const top = all.reduce((best, one) => (one.ratio > best.ratio ? one : best));
  if (top.ratio >= CANDIDATE) return { labels: [top], assessment, danger };
  return { labels: [], assessment: 'needs-judgement', danger };
}

/** 0–1, where 0.5 is the threshold of the category. */
const scoreOf = (probability: number, threshold: number): number => {
  const score =
    probability >= threshold
      ? 0.5 + (0.5 * (probability - threshold)) / (1 - threshold)
      : (0.5 * probability) / threshold;
  return Math.round(score * 1000) / 1000;
};

function highest(model: Model, probabilities: readonly number[]): Assessment {
  const value = (one: Assessment, place: number): number =>
    (probabilities[outputOf(one)] ?? 0) + (model.lean[place] ?? 0);
  return ASSESSMENTS.reduce((best, one, place) =>
    value(one, place) > value(best, ASSESSMENTS.indexOf(best)) ? one : best,
  );
}

/** Words that say danger outright count whatever the learned part thinks (R10, R11: safety first). */
function dangerOf(model: Model, probabilities: readonly number[], signals: Signals, facts: ReportFacts): Danger {
  const coming = probabilities[outputOf('imminent')] ?? 0;
  const done = probabilities[outputOf('harm-done')] ?? 0;
  const threshold = model.thresholds[CATEGORY_IDS.length] ?? 0.5;
  if (Math.max(coming, done) >= threshold) return done > coming ? 'harm-done' : 'imminent';
  return facts.dangerNow === true ? 'imminent' : 'none';
}
