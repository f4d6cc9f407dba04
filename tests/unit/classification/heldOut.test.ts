import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createClassifier } from '../../../services/classification/createClassifier.ts';
import { figuresOf } from '../../../services/classification/evaluation/metrics.ts';
import { parseReports, readCorpus } from '../../../services/classification/training/corpus.ts';

const ROOT = join(import.meta.dirname, '../../..');
const sample = parseReports(
  readFileSync(join(ROOT, 'tests/fixtures/classification/held-out.jsonl'), 'utf8'),
  'held-out.jsonl',
);
const training = readCorpus(join(ROOT, 'services/classification/training/reports'));

test('the sample was never learned from', () => {
  const learned = new Set(training.map(({ text }) => text));
  expect(sample.filter(({ text }) => learned.has(text))).toEqual([]);
  expect(new Set([...training, ...sample].map(({ id }) => id)).size).toBe(training.length + sample.length);
});

/** A little below what was measured when the weights were committed: a drop is a regression, not chance. */
test('figures on the fixed sample hold', () => {
  const classifier = createClassifier();
  const figures = figuresOf(
    sample.map((report) => ({ report, suggestion: classifier.classify(report.text, report.facts) })),
  );
  expect(figures.macroF1).toBeGreaterThan(0.72);
  expect(figures.microF1).toBeGreaterThan(0.72);
  expect(figures.assessmentAccuracy).toBeGreaterThan(0.78);
  expect(figures.dangerRecall).toBeGreaterThan(0.8);
  expect(figures.falseAlarms).toBeLessThan(0.2);
  expect(figures.legitimateAccused).toBeLessThan(0.15);
  expect(figures.evidenceCoverage).toBe(1);
});
