import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { CATEGORY_IDS } from '../../../services/classification/classifier.ts';
import { Model, type StoredModel } from '../../../services/classification/learned/model.ts';
import { signalsOf } from '../../../services/classification/learned/signals.ts';
import { sumsOf } from '../../../services/classification/learned/weigh.ts';
import { createLearnedClassifier } from '../../../services/classification/learnedClassifier.ts';
import { readReport } from '../../../services/classification/reading.ts';
import { parseReports, readCorpus } from '../../../services/classification/training/corpus.ts';
import { exampleOf, Vocabulary } from '../../../services/classification/training/examples.ts';
import { learn, predict } from '../../../services/classification/training/learn.ts';
import { storedModel } from '../../../services/classification/training/store.ts';

const CLASSIFICATION = join(import.meta.dirname, '../../../services/classification');
const WEIGHTS = join(CLASSIFICATION, 'learned/weights.json');
const reports = readCorpus(join(CLASSIFICATION, 'training/reports'));
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

test('the committed weights are of these reports, with every feature that was learned', () => {
  const { hashes } = new Vocabulary(reports.map(exampleOf));
  const stored: StoredModel = JSON.parse(readFileSync(WEIGHTS, 'utf8'));
  expect(stored.features === Buffer.from(Int32Array.from(hashes).buffer).toString('base64')).toBe(true);
}, 60_000);

test('what is stored answers as what was learned did', () => {
  const learned = learn(few);
  const model = new Model(storedModel(learned, thresholds));
  const logit = (p: number): number => Math.log(p / (1 - p));
  for (const example of few) {
    const stored = model.probabilities(sumsOf(model, signalsOf(readReport(example.report.text))));
    const moved = predict(learned, example).map((p, o) => Math.abs(logit(p) - logit(stored[o] ?? 0)));
    expect(Math.max(...moved)).toBeLessThan(0.3);
  }
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
