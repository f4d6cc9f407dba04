import { expect, test } from '@jest/globals';
import type { CategoryId, Suggestion } from '../../../services/classification/classifier.ts';
import { intervalsOf } from '../../../services/classification/evaluation/bootstrap.ts';
import { figuresOf, type Judged } from '../../../services/classification/evaluation/metrics.ts';

const said = (labels: CategoryId[], rest: Partial<Suggestion> = {}): Suggestion => ({
  labels: labels.map((id) => ({
    id,
    score: 1,
    clause: '',
    evidence: [{ start: 0, end: 2, text: '怒鳴', cue: '' }],
  })),
  assessment: labels.length === 0 ? 'not-harassment' : 'harassment',
  danger: 'none',
  dangerEvidence: [],
  ...rest,
});
const judged = (
  labels: CategoryId[],
  suggestion: Suggestion,
  danger: Suggestion['danger'] = 'none',
): Judged => ({
  report: {
    id: '1',
    text: '怒鳴られた',
    labels,
    assessment: labels.length === 0 ? 'not-harassment' : 'harassment',
    danger,
  },
  suggestion,
});

const SET: Judged[] = [
  judged(['threat'], said(['threat'])),
  judged(['threat'], said(['verbal-abuse']), 'imminent'),
  judged([], said(['threat'])),
  judged([], said([], { danger: 'imminent' })),
];

test('strict multi-label figures, counted by hand', () => {
  const figures = figuresOf(SET);
  expect(figures.labels.find(({ id }) => id === 'threat')).toMatchObject({
    support: 2,
    precision: 0.5,
    recall: 0.5,
    f1: 0.5,
  });
  // One of three suggested labels is right, of two.
  expect(figures.microF1).toBeCloseTo(2 / 5);
  expect(figures.assessmentAccuracy).toBe(0.75);
  expect(figures.legitimateAccused).toBe(0.5);
  expect([figures.dangerRecall, figures.falseAlarms]).toEqual([0, 1 / 3]);
  expect(figures.confusion['not-harassment']).toEqual({
    harassment: 1,
    'not-harassment': 1,
    'needs-judgement': 0,
  });
});

test('a danger flag without a quotation lowers the coverage', () => {
  expect(figuresOf(SET).evidenceCoverage).toBe(3 / 4);
});

test('intervals hold the figure and are the same each time', () => {
  const draw = () => intervalsOf(SET, (figures) => [figures.assessmentAccuracy], 200);
  const [[low, high] = [1, 0]] = draw();
  expect(low).toBeLessThanOrEqual(0.75);
  expect(high).toBeGreaterThanOrEqual(0.75);
  expect(draw()).toEqual(draw());
});
