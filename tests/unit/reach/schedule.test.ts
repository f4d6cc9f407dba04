import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dayOf, dayStart, timeOf } from '../../../services/japanDay.ts';
import {
  afterWorkingDays,
  isFirstOfMonth,
  isTime,
  nextCheck,
  nextTest,
} from '../../../services/reach/schedule.ts';
import { directory, jst } from '../directory/fixture.ts';

const days = directory();
const at = (time: number | null) => (time === null ? null : `${dayOf(time)} ${timeOf(time)}`);
const moments = fc.integer({ min: jst('2026-01-01 00:00'), max: jst('2028-12-31 23:59') });
const minutes = fc.integer({ min: 0, max: 1_439 });

describe('the next check', () => {
  test('is on the next working day, at its time', () => {
    expect(at(nextCheck(days, 510, jst('2026-12-01 08:29')))).toBe('2026-12-01 08:30');
    expect(at(nextCheck(days, 510, jst('2026-12-01 08:30')))).toBe('2026-12-02 08:30');
    // Saturday, Sunday, and a closed Monday.
    expect(at(nextCheck(days, 510, jst('2026-12-04 12:00')))).toBe('2026-12-08 08:30');
  });

  test('there is none when it is off, or the city hall never opens', () => {
    expect(nextCheck(days, null, jst('2026-12-01 08:29'))).toBeNull();
    expect(nextCheck({ isWorkingDay: () => false }, 510, jst('2026-12-01 08:29'))).toBeNull();
  });

  test('is always later, on a working day, with no working day in between', () => {
    fc.assert(
      fc.property(moments, minutes, (now, minute) => {
        const next = nextCheck(days, minute, now) ?? 0;
        const isRight = next > now && days.isWorkingDay(dayOf(next)) && isTime(days, minute, next);
        const between = nextCheck(days, minute, next - 1);
        return isRight && between === next && next - dayStart(dayOf(next)) === minute * 60_000;
      }),
      { numRuns: 500 },
    );
  });
});

describe('the monthly test', () => {
  test('is on the first working day of a month', () => {
    expect(at(nextTest(days, 600, jst('2026-12-01 09:00')))).toBe('2026-12-01 10:00');
    // Closed until 3 January, a Sunday.
    expect(at(nextTest(days, 600, jst('2026-12-01 10:00')))).toBe('2027-01-04 10:00');
  });

  test('there is exactly one in every month', () => {
    const firsts = new Map<string, number>();
    for (let day = 0; day < 3 * 365; day++) {
      const name = dayOf(jst('2026-01-01 12:00') + day * 86_400_000);
      if (isFirstOfMonth(days, name)) firsts.set(name.slice(0, 7), (firsts.get(name.slice(0, 7)) ?? 0) + 1);
    }
    expect(firsts.size).toBe(36);
    expect([...firsts.values()].every((count) => count === 1)).toBe(true);
  });
});

test('what was missed begins on its day or not at all', () => {
  expect(isTime(days, 510, jst('2026-12-01 08:30'))).toBe(true);
  expect(isTime(days, 510, jst('2026-12-01 14:29'))).toBe(true);
  expect(isTime(days, 510, jst('2026-12-01 14:30'))).toBe(false);
  expect(isTime(days, 510, jst('2026-12-01 03:00'))).toBe(false);
  expect(isTime(days, 510, jst('2026-12-05 08:30'))).toBe(false);
});

test('working days are counted from the day after', () => {
  expect(at(afterWorkingDays(days, jst('2026-12-01 10:00'), 3))).toBe('2026-12-04 10:00');
  expect(at(afterWorkingDays(days, jst('2026-12-04 10:00'), 1))).toBe('2026-12-08 10:00');
  expect(afterWorkingDays({ isWorkingDay: () => false }, jst('2026-12-04 10:00'), 1)).toBeNull();
});
