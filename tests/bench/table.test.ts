import { describe, expect, test } from '@jest/globals';
import { percentile } from './percentile.ts';
import { latencyCells, latencyColumns, markdown } from './table.ts';

test('a percentile is the smallest sample that the share does not exceed', () => {
  const samples = Array.from({ length: 200 }, (_, n) => 200 - n);
  expect([percentile(samples, 0.5), percentile(samples, 0.99), percentile(samples, 1)]).toEqual([
    100, 198, 200,
  ]);
  expect(percentile([7], 0.99)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
});

test('a table is Markdown, with numbers to the right and a goal that is missed in capitals', () => {
  const table = {
    title: 'stores',
    columns: [
      { key: 'name', title: 'operation' },
      { key: 'ratio', title: 'ratio', digits: 2 },
      { key: 'isMet', title: '≤ 2×' },
    ],
    rows: [
      { name: 'read', ratio: 1.234, isMet: true },
      { name: 'list, a term', ratio: 1_234.5, isMet: false },
      { name: 'open', ratio: null, isMet: null },
    ],
  };
  expect(markdown(table)).toBe(
    [
      '### stores',
      '',
      '| operation    |    ratio | ≤ 2× |',
      '| ------------ | -------: | ---- |',
      '| read         |     1.23 | yes  |',
      '| list, a term | 1,234.50 | NO   |',
      '| open         |        – | –    |',
    ].join('\n'),
  );
});

describe('the columns of latencies', () => {
  const samples = Array.from({ length: 200 }, (_, n) => 10 * (n + 1));
  const shares = ['p50', 'p95', 'p99'] as const;

  test('have a cell each, the goal by its percentile', () => {
    const cells = latencyCells(samples, shares, { at: 'p99', ms: 2_000 });
    expect(cells).toEqual({
      p50: 1_000,
      p95: 1_900,
      p99: 1_980,
      most: 2_000,
      goal: 'p99 ≤ 2,000',
      isMet: true,
    });
    expect(latencyColumns(shares).map(({ key }) => key)).toEqual(Object.keys(cells));
    expect(latencyColumns(shares).map(({ title }) => title)).toEqual([
      'p50',
      'p95',
      'p99',
      'max',
      'goal',
      'met',
    ]);
  });

  test('the goal is missed by one sample that is too slow, and by one that has not come', () => {
    expect(latencyCells(samples, shares, { at: 'p99', ms: 1_979 }).isMet).toBe(false);
    expect(latencyCells(samples, shares, { at: 'p99', ms: 2_000, count: 201 }).isMet).toBe(false);
    expect(latencyCells([], shares, { at: 'p99', ms: 2_000, count: 0 }).isMet).toBe(false);
  });

  test('an only percentile is not named again, and without a goal there is nothing to meet', () => {
    expect(latencyCells([7, 9], ['p50'], { at: 'p50', ms: 3_000 })).toEqual({
      p50: 7,
      most: 9,
      goal: '≤ 3,000',
      isMet: true,
    });
    expect(latencyCells([7], ['p50'])).toEqual({ p50: 7, most: 7, goal: '', isMet: null });
  });
});
