import { ASSESSMENTS } from '../classifier.ts';
import type { Interval } from './bootstrap.ts';
import type { Figures } from './metrics.ts';

interface Cost {
  readonly loadMs: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  readonly rssMb: number;
  readonly grownMb: number;
}

const percent = (value: number): string => value.toFixed(3);
const between = (interval: Interval | undefined): string =>
  interval === undefined ? '' : `[${percent(interval[0])}, ${percent(interval[1])}]`;

/** `intervals`: macro-F1, micro-F1, assessment, then the F1 of each label. */
export function reportLines(figures: Figures, intervals: readonly Interval[], cost: Cost): string[] {
  const { confusion } = figures;
  return [
    `reports              ${figures.reports}`,
    `macro-F1             ${percent(figures.macroF1)} ${between(intervals[0])}`,
    `micro-F1             ${percent(figures.microF1)} ${between(intervals[1])}`,
    `assessment accuracy  ${percent(figures.assessmentAccuracy)} ${between(intervals[2])}`,
    `legitimate accused   ${percent(figures.legitimateAccused)}`,
    `danger recall        ${percent(figures.dangerRecall)} (right flag ${percent(figures.dangerExact)})`,
    `danger false alarms  ${percent(figures.falseAlarms)}`,
    `evidence coverage    ${percent(figures.evidenceCoverage)}`,
    '',
    'label                  n  precision  recall  F1',
    ...figures.labels.map(
      ({ id, support, precision, recall, f1 }, at) =>
        `${id.padEnd(20)} ${String(support).padStart(3)}  ${percent(precision)}      ${percent(recall)}   ${percent(f1)} ${between(intervals[3 + at])}`,
    ),
    '',
    'is \\ said            harassment  not-harassment  needs-judgement',
    ...ASSESSMENTS.map(
      (is) =>
        `${is.padEnd(20)} ${ASSESSMENTS.map((said) => String(confusion[is][said]).padStart(said.length)).join('  ')}`,
    ),
    '',
    `load ${cost.loadMs.toFixed(0)} ms · a report p50 ${cost.p50.toFixed(2)} ms, p99 ${cost.p99.toFixed(2)} ms, most ${cost.most.toFixed(2)} ms`,
    `memory ${cost.rssMb.toFixed(0)} MB, ${cost.grownMb.toFixed(0)} MB of it since before loading`,
  ];
}
