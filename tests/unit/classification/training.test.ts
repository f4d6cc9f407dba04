import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { CATEGORY_IDS } from '../../../services/classification/classifier.ts';
import { createLearnedClassifier } from '../../../services/classification/learnedClassifier.ts';
import { parseReports, readCorpus } from '../../../services/classification/training/corpus.ts';
import { exampleOf } from '../../../services/classification/training/examples.ts';
import { learn } from '../../../services/classification/training/learn.ts';
import { storedModel } from '../../../services/classification/training/store.ts';

const reports = readCorpus(join(import.meta.dirname, '../../../services/classification/training/reports'));
const few = reports.filter((_, at) => at % 40 === 0).map(exampleOf);
const thresholds = [...CATEGORY_IDS.map(() => 0.3), 0.15];

test('the training reports are many, of every category, and well-formed', () => {
  expect(reports.length).toBeGreaterThan(3000);
  for (const id of CATEGORY_IDS)
    expect(reports.filter(({ labels }) => labels.includes(id)).length).toBeGreaterThan(100);
});

test('the same reports give the same weights, byte for byte', () => {
  const model = () => JSON.stringify(storedModel(learn(few), thresholds));
  const [first, second] = [model(), model()];
  expect(first === second).toBe(true);
}, 60_000);

test('weights of another version are refused, and a stored model classifies', () => {
  const stored = storedModel(learn(few), thresholds);
  expect(() => createLearnedClassifier({ ...stored, outputs: ['threat'] })).toThrow('npm run train');
  expect(createLearnedClassifier(stored).classify('「殺すぞ」と怒鳴られました').assessment).toBeDefined();
}, 60_000);

test.each([
  ['{"id":"a","text":"x","labels":["threat"],"assessment":"not-harassment","danger":"none"}', 'no labels'],
  ['{"id":"a","text":"x","labels":["thread"],"assessment":"harassment","danger":"none"}', 'unknown label'],
  ['{"id":"a","text":"","labels":[],"assessment":"harassment","danger":"none"}', 'missing'],
  ['nonsense', 'not JSON'],
])('a bad line is named: %s', (line, problem) => {
  expect(() => parseReports(`\n${line}`, 'some.jsonl')).toThrow(`some.jsonl:2`);
  expect(() => parseReports(line, 'some.jsonl')).toThrow(problem);
});
