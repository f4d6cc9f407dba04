import { expect, test } from '@jest/globals';
import { percentile } from './percentile.ts';
import { markdown } from './table.ts';

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
