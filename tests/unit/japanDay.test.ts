import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dayEnd, dayOf, dayStart, isDay, timeOf } from '../../services/japanDay.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** 2020 to 2120. */
const moments = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2120, 0, 1) });

describe('a day of the calendar', () => {
  test.each(['2026-12-01', '2026-01-31', '2028-02-29', '2000-02-29', '1999-12-31', '9999-12-31'])(
    '%s',
    (text) => {
      expect(isDay(text)).toBe(true);
    },
  );

  test.each([
    '',
    '2026-02-29',
    '2100-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-01',
    '2026-12-00',
    '2026-12-32',
    '2026-1-1',
    '26-12-01',
    '02026-12-01',
    '2026/12/01',
    '2026-12-01T00:00',
    '2026-12-01\n',
    ' 2026-12-01',
    '２０２６-１２-０１',
    '+002026-12-01',
    '令和8年12月1日',
  ])('%j is none', (text) => {
    expect(isDay(text)).toBe(false);
  });

  test('every day there is, and days compare as text', () => {
    fc.assert(
      fc.property(moments, moments, (a, b) => {
        expect(isDay(dayOf(a))).toBe(true);
        if (dayStart(dayOf(a)) < dayStart(dayOf(b))) expect(dayOf(a) < dayOf(b)).toBe(true);
      }),
    );
  });

  test('exactly as many in a year as it has', () => {
    const two = (n: number) => String(n).padStart(2, '0');
    const daysOf = (year: number) =>
      Array.from({ length: 14 }, (_, month) =>
        Array.from({ length: 33 }, (_, day) => `${year}-${two(month)}-${two(day)}`),
      ).flat();
    for (const [year, days] of [
      [2026, 365],
      [2028, 366],
    ] as const)
      expect(daysOf(year).filter(isDay)).toHaveLength(days);
  });
});

describe('in Japan', () => {
  test('a day begins at midnight there and ends where the next begins', () => {
    expect(dayStart('2027-04-01')).toBe(Date.parse('2027-03-31T15:00:00Z'));
    expect(dayEnd('2027-03-31')).toBe(dayStart('2027-04-01'));
    expect(dayEnd('2026-12-31')).toBe(dayStart('2027-01-01'));
    expect(dayEnd('2028-02-28')).toBe(dayStart('2028-02-29'));
  });

  test('every moment is in its own day and in no other', () => {
    fc.assert(
      fc.property(moments, (at) => {
        const day = dayOf(at);
        expect(dayStart(day)).toBeLessThanOrEqual(at);
        expect(dayEnd(day)).toBeGreaterThan(at);
        expect(dayEnd(day) - dayStart(day)).toBe(DAY);
        expect(dayOf(dayStart(day))).toBe(day);
        expect(dayOf(dayStart(day) - 1)).not.toBe(day);
        expect(dayOf(dayEnd(day) - 1)).toBe(day);
      }),
    );
  });

  test.each([
    ['2026-11-24T10:31:59.999+09:00', '10:31'],
    ['2026-11-24T00:00:00+09:00', '00:00'],
    ['2026-11-24T23:59:59+09:00', '23:59'],
    ['2026-11-24T15:00:00Z', '00:00'],
    ['2026-07-01T03:05:00Z', '12:05'],
  ])('%s is %s by the clock', (moment, text) => {
    expect(timeOf(Date.parse(moment))).toBe(text);
  });

  test('day and time together are the moment, to the minute', () => {
    fc.assert(
      fc.property(moments, (at) => {
        const [hours = 0, minutes = 0] = timeOf(at).split(':').map(Number);
        const said = dayStart(dayOf(at)) + (hours * 60 + minutes) * MINUTE;
        expect(at - said).toBeGreaterThanOrEqual(0);
        expect(at - said).toBeLessThan(MINUTE);
      }),
    );
  });
});
