import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createDirectory } from '../../../services/directory/createDirectory.ts';
import { LANES } from '../../../services/directory/directory.ts';
import { loadOrganization } from '../../../services/directory/organization.ts';
import { ORGANIZATION } from '../../harness/organization.ts';
import { CITY, directory, ID, jst } from './fixture.ts';

const DAY = '2026-12-01';
const DAYS = 14;
const of = (text: string, id: string) =>
  directory(text)
    .pageable(DAY, DAYS)
    .find((one) => one.id === id);

describe('whoever a step pages, called from anywhere at any time of those days, is on the list', () => {
  const demo = loadOrganization(ORGANIZATION).then(createDirectory);

  test.each(['the test city', 'the demo city'])('%s', async (which) => {
    const asked = which === 'the test city' ? directory() : await demo;
    const listed = new Set(asked.pageable(DAY, DAYS).map(({ id }) => id));
    const sections = [undefined, ...asked.sections().map(({ id }) => id)];
    const places = ['', '2番窓口', '1番窓口', '支所', '3階', '駐車場', 'どこか'];
    const property = fc.property(
      fc.constantFrom(...LANES),
      fc.constantFrom('advice', 'assist', 'emergency'),
      fc.constantFrom(...sections),
      fc.constantFrom(...places),
      fc.integer({ min: 0, max: DAYS * 24 * 60 - 1 }),
      (lane, level, section, text, minute) => {
        const at = jst(`${DAY} 00:00`) + minute * 60_000;
        const place = asked.resolvePlace(text);
        const query = { lane, level, place, policyAt: at, peopleAt: at } as const;
        const steps = asked.steps(section === undefined ? query : { ...query, section });
        const missing = steps.flatMap(({ people }) => people).filter((id) => !listed.has(id));
        return missing.length === 0 && asked.generalAffairsFallback(at).every((id) => listed.has(id));
      },
    );
    fc.assert(property, { numRuns: 2_000 });
  });
});

describe('what somebody is listed as', () => {
  test('a duty with the day it begins, a post, its deputies; being near only without these', () => {
    expect(of(CITY, ID.dutyOne)?.as).toEqual([{ kind: 'duty', unit: '税務課', next: '2026-12-01' }]);
    expect(of(CITY, ID.dutyTwo)?.as).toEqual([
      { kind: 'duty', unit: '税務課', next: '2026-12-03' },
      { kind: 'deputy', unit: '税務課', next: '2026-12-02' },
    ]);
    expect(of(CITY, ID.taxHead)?.as).toEqual([{ kind: 'section-head', unit: '税務課', next: '2026-12-01' }]);
    expect(of(CITY, ID.affairsDeputy)?.as.map(({ kind, next }) => [kind, next])).toEqual([
      ['deputy', '2026-12-02'],
      ['general-affairs', '2026-12-01'],
    ]);
    expect(of(CITY, ID.colleague)?.as).toEqual([{ kind: 'colleague', unit: '税務課', next: '2026-12-01' }]);
    expect(of(CITY, ID.branch)?.as[0]?.kind).toBe('named');
  });

  test('a deputy of somebody who is present is listed without a day', () => {
    const text = CITY.replace('    away: [{ from: 2026-12-02, to: 2026-12-02 }]\n', '');
    expect(of(text, ID.affairsDeputy)?.as[0]).toEqual({ kind: 'deputy', unit: '総務課', next: null });
  });

  test('somebody away all the time is not on it, nor is a counter account', () => {
    const text = CITY.replace(
      'name: 田中 由美,',
      'name: 田中 由美, away: [{ from: 2026-11-01, to: 2027-03-31 }],',
    );
    expect(of(text, ID.colleague)).toBeUndefined();
    expect(of(CITY, ID.counter)).toBeUndefined();
  });
});

test('working days are those on which the main building opens', () => {
  const { isWorkingDay } = directory();
  expect(['2026-12-04', '2026-12-05', '2026-12-07', '2026-12-08', '2026-12-29'].map(isWorkingDay)).toEqual([
    true,
    false,
    false,
    true,
    false,
  ]);
});

test('somebody is away on the days of the file', () => {
  const { isAway } = directory();
  expect(
    ['2026-12-01', '2026-12-02', '2026-12-04', '2026-12-05'].map((day) => isAway(ID.taxHead, day)),
  ).toEqual([false, true, true, false]);
  expect(isAway('nobody', '2026-12-01')).toBe(false);
});
