import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createClassifier } from '../../../services/classification/createClassifier.ts';
import { type Figures, figuresOf } from '../../../services/classification/evaluation/metrics.ts';
import {
  type LabelledReport,
  parseReports,
  readCorpus,
} from '../../../services/classification/training/corpus.ts';

const ROOT = join(import.meta.dirname, '../../..');
const setOf = (name: string): LabelledReport[] =>
  parseReports(readFileSync(join(ROOT, 'tests/fixtures/classification', name), 'utf8'), name);
const sample = setOf('held-out.jsonl');
const perilous = setOf('danger.jsonl');
const training = readCorpus(join(ROOT, 'services/classification/training/reports'));

test('the samples were never learned from', () => {
  const learned = new Set(training.map(({ text }) => text));
  const apart = [...sample, ...perilous];
  expect(apart.filter(({ text }) => learned.has(text))).toEqual([]);
  expect(new Set([...training, ...apart].map(({ id }) => id)).size).toBe(training.length + apart.length);
});

const figuresFor = (reports: readonly LabelledReport[]): Figures => {
  const classifier = createClassifier();
  return figuresOf(
    reports.map((report) => ({ report, suggestion: classifier.classify(report.text, report.facts) })),
  );
};

/** A little below what was measured when the weights were committed: a drop is a regression, not chance. */
test('figures on the fixed sample hold', () => {
  const figures = figuresFor(sample);
  expect(figures.macroF1).toBeGreaterThan(0.72);
  expect(figures.microF1).toBeGreaterThan(0.72);
  expect(figures.assessmentAccuracy).toBeGreaterThan(0.81);
  expect(figures.dangerRecall).toBeGreaterThan(0.9);
  expect(figures.falseAlarms).toBeLessThan(0.13);
  expect(figures.legitimateAccused).toBeLessThan(0.15);
  expect(figures.evidenceCoverage).toBe(1);
});

/** Half is dangerous, veiled or told in passing; half only sounds so (films, pests, lost property, what is long past). */
test('danger is told from what only sounds like it', () => {
  const figures = figuresFor(perilous);
  expect(figures.dangerRecall).toBeGreaterThan(0.93);
  expect(figures.falseAlarms).toBeLessThan(0.36);
  expect(figures.assessmentAccuracy).toBeGreaterThan(0.88);
});
