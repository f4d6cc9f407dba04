import { expect, test } from '@jest/globals';
import { createUnits, readUnits, replaceUnits } from './requestUnits.ts';

test('the published figures, and what lies between them', () => {
  expect(readUnits(1_024)).toBe(2);
  expect(readUnits(100)).toBe(2);
  expect(readUnits(8 * 1_024)).toBeCloseTo(2.66);
  expect(createUnits(6 * 1_024)).toBeCloseTo((6.67 + 7.04) / 2);
  expect(replaceUnits(4 * 1_024)).toEqual({ least: 6.67, most: 13.34 });
});
