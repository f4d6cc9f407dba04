import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fiscalYear, formatNumber, numberKey, parseNumber } from '../../../services/calls/caseNumber.ts';

const at = (text: string): number => Date.parse(text);

describe('the fiscal year', () => {
  test.each([
    ['2027-03-31T23:59:59.999+09:00', 2026],
    ['2027-04-01T00:00:00.000+09:00', 2027],
    // The same two moments in UTC: nine hours earlier, still 31 March on both.
    ['2027-03-31T14:59:59.999Z', 2026],
    ['2027-03-31T15:00:00.000Z', 2027],
    // In UTC it is still the year before.
    ['2027-01-01T00:00:00.000+09:00', 2026],
    ['2026-12-31T23:59:59.999+09:00', 2026],
    ['2028-02-29T12:00:00.000+09:00', 2027],
  ])('of %s is %i', (moment, year) => {
    expect(fiscalYear(at(moment))).toBe(year);
  });

  test('begins with April in Japan, whatever the moment', () => {
    const inJapan = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Tokyo',
      year: 'numeric',
      month: '2-digit',
    });
    fc.assert(
      fc.property(fc.integer({ min: at('2020-01-01'), max: at('2120-01-01') }), (moment) => {
        const [year = 0, month = 0] = inJapan.format(moment).split('-').map(Number);
        expect(fiscalYear(moment)).toBe(month >= 4 ? year : year - 1);
      }),
    );
  });
});

describe('as it is written', () => {
  test.each([
    [{ year: 2026, n: 1 }, '令和8年度-0001'],
    [{ year: 2026, n: 42 }, '令和8年度-0042'],
    [{ year: 2026, n: 9_999 }, '令和8年度-9999'],
    [{ year: 2026, n: 10_000 }, '令和8年度-10000'],
    [{ year: 2027, n: 123_456 }, '令和9年度-123456'],
    [{ year: 2029, n: 1 }, '令和11年度-0001'],
  ])('%j is %s', (number, text) => {
    expect(formatNumber(number)).toBe(text);
  });

  test('the documents of two numbers are never the same', () => {
    const number = fc.record({
      year: fc.integer({ min: 2020, max: 2040 }),
      n: fc.integer({ min: 1, max: 99_999 }),
    });
    fc.assert(
      fc.property(number, number, (a, b) => {
        const isSame = a.year === b.year && a.n === b.n;
        expect(numberKey(a).id === numberKey(b).id).toBe(isSame);
      }),
    );
  });
});

describe('as people type it', () => {
  const first = { year: 2026, n: 1 };
  test.each([
    '令和8年度-0001',
    '令和８年度－０００１',
    '令和8年度ー0001',
    '令和8年度−0001',
    '令和8年度‐0001',
    '令和8年度―1',
    '令和 8 年度 - 0001',
    '　令和8年度-0001　',
    '令和8年-1',
    '令和8-1',
    'R8-1',
    'r8-0001',
    'Ｒ８－１',
    'R8年度-1',
    '8-1',
    '8年度-0001',
    '2026-1',
    '2026年度-0001',
    '２０２６－００１',
    '8-第1号',
    '令和8年度-第1号',
  ])('%s', (text) => {
    expect(parseNumber(text)).toEqual(first);
  });

  test.each([
    ['令和元年度-0012', { year: 2019, n: 12 }],
    ['令和元年-12', { year: 2019, n: 12 }],
    ['R元-12', { year: 2019, n: 12 }],
    ['元年度-12', { year: 2019, n: 12 }],
    ['令和1年度-12', { year: 2019, n: 12 }],
    ['令和8年度-10000', { year: 2026, n: 10_000 }],
    ['R12-123456', { year: 2030, n: 123_456 }],
  ])('%s', (text, number) => {
    expect(parseNumber(text)).toEqual(number);
  });

  test.each([
    '',
    '-',
    '1',
    '0001',
    '令和8年度',
    '令和8年度-',
    '令和8年度-0000',
    '8-0',
    '0-1',
    'R0-1',
    '令和0年度-1',
    '平成31年度-0001',
    'H31-1',
    '令和8年度-0001の件',
    'K-7F3Q',
    '2026-11-24',
    '10:31',
    '8-1-1',
    '8--1',
    '8-1.5',
    '8-1e3',
    '8-1234567',
    '99999-1',
    '令和2026年度-1',
    '応援 2番窓口',
    '令和八年度-一',
    '8-1\n8-2',
  ])('%j is none', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });

  test('any text at all is a number or none, never an error', () => {
    const pieces = fc.array(
      fc.constantFrom('令和', '元', 'R', '8', '０', '年度', '-', '－', '第', '号', ' ', 'x'),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          pieces.map((found) => found.join('')),
        ),
        (text) => {
          const number = parseNumber(text);
          if (number === undefined) return;
          expect(number.n).toBeGreaterThanOrEqual(1);
          expect(number.year).toBeGreaterThanOrEqual(1900);
          expect(Number.isInteger(number.year) && Number.isInteger(number.n)).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('whatever is written can be typed, in any of these ways', () => {
    // The first fiscal year of 令和 as a whole; the product is younger than that.
    const year = fc.integer({ min: 2020, max: 2400 });
    const n = fc.integer({ min: 1, max: 999_999 });
    fc.assert(
      fc.property(year, n, fc.constantFrom('-', '－', 'ー', '−', ' - '), (fiscal, count, dash) => {
        const number = { year: fiscal, n: count };
        const written = formatNumber(number);
        const ways = [
          written,
          written.replace('-', dash),
          wide(written),
          `R${fiscal - 2018}${dash}${count}`,
          `${fiscal}${dash}${count}`,
          `${fiscal}年度${dash}第${count}号`,
        ];
        for (const way of ways) expect({ way, number: parseNumber(way) }).toEqual({ way, number });
      }),
    );
  });
});

/** As an input method leaves it that was not switched off. */
const wide = (text: string): string =>
  text.replaceAll(/[!-~]/g, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0));
