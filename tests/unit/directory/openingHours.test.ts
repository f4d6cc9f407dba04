import { describe, expect, test } from '@jest/globals';
import { hoursAt } from '../../../services/directory/openingHours.ts';
import { parseOrganization } from '../../../services/directory/organization.ts';
import type { Building } from '../../../services/directory/schema.ts';
import { CITY, city, jst } from './fixture.ts';

function building(index: number, text = CITY): Building {
  const found = parseOrganization(text).buildings[index];
  if (found === undefined) throw new RangeError(`no building ${index}`);
  return found;
}
const main = building(0);
const branch = building(1);

describe('opening hours', () => {
  test.each([
    ['2026-12-01 00:00', 'after'],
    ['2026-12-01 08:29', 'after'],
    ['2026-12-01 08:30', 'open'],
    ['2026-12-01 17:14', 'open'],
    ['2026-12-01 17:15', 'after'],
    ['2026-12-01 23:59', 'after'],
    ['2026-12-05 10:00', 'closed'], // Saturday
    ['2026-12-06 10:00', 'closed'], // Sunday
    ['2026-12-07 10:00', 'closed'], // a day of the building's own
    ['2026-11-23 10:00', 'closed'], // 勤労感謝の日, a Monday
    ['2026-05-06 10:00', 'closed'], // substitute holiday, a Wednesday
    ['2026-12-28 10:00', 'open'], // the last working day
    ['2026-12-29 10:00', 'closed'], // 年末年始 from here, a Tuesday
    ['2026-12-31 10:00', 'closed'],
    ['2027-01-01 10:00', 'closed'],
    ['2029-01-03 10:00', 'closed'], // a Wednesday, no national holiday
    ['2027-01-04 10:00', 'open'],
  ])('main building %s: %s', (wall, expected) => {
    expect(hoursAt(main, jst(wall))).toBe(expected);
  });

  test('the last millisecond before opening is not yet open', () => {
    expect(hoursAt(main, jst('2026-12-01 08:30') - 1)).toBe('after');
  });

  test('every building keeps its own hours', () => {
    expect(hoursAt(branch, jst('2026-12-01 09:00'))).toBe('after');
    expect(hoursAt(branch, jst('2026-12-02 11:00'))).toBe('closed');
    expect(hoursAt(branch, jst('2026-12-05 11:00'))).toBe('open');
    expect(hoursAt(branch, jst('2026-12-07 11:00'))).toBe('closed');
  });

  test('a building may stay open on holidays and over New Year', () => {
    const always = building(
      0,
      city('closedDays: { dates: [2026-12-07] }', 'closedDays: { nationalHolidays: false, newYear: false }'),
    );
    expect(hoursAt(always, jst('2026-11-23 10:00'))).toBe('open');
    expect(hoursAt(always, jst('2026-12-30 10:00'))).toBe('open');
  });

  test("the clock is Japan's wherever the server stands", () => {
    expect(hoursAt(main, Date.parse('2026-11-30T23:30:00Z'))).toBe('open');
    expect(hoursAt(main, Date.parse('2026-11-30T23:29:59Z'))).toBe('after');
  });
});
