import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LEVELS } from '../../../services/calls/level.ts';
import { LANES, type StepsQuery } from '../../../services/directory/directory.ts';
import { MAX_PEOPLE_PER_STEP } from '../../../services/directory/escalationCheck.ts';
import { parseOrganization } from '../../../services/directory/organization.ts';
import { CITY, directory, jst } from './fixture.ts';

const org = parseOrganization(CITY);
const places = directory();
const counters = new Set(org.counters.map(({ id }) => id));
const known = new Set(org.people.map(({ id }) => id));
const units = [...org.sections, ...org.departments].map(({ id }) => id);

/** The day in Japan, by another way than the code's. */
const dayOf = (at: number): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(at);
const away = (at: number): string[] => {
  const day = dayOf(at);
  return org.people
    .filter((person) => person.away.some(({ from, to }) => from <= day && day <= to))
    .map(({ id }) => id);
};

const place = fc.tuple(
  fc.constantFrom('', '2番窓口', '支所', '駐車場', '3階', '市民課 2番', '相談室', 'どこか'),
  fc.option(fc.constantFrom(...org.people, ...org.counters), { nil: undefined }),
);
const moment = fc.oneof(
  fc.integer({ min: jst('2026-11-28 00:00'), max: jst('2027-01-06 00:00') }),
  fc.integer({ min: -8.64e15, max: 8.64e15 }),
);
const query: fc.Arbitrary<StepsQuery> = fc
  .record({
    lane: fc.constantFrom(...LANES),
    level: fc.constantFrom(...LEVELS),
    section: fc.option(fc.constantFrom(...units, 'gone', ''), { nil: undefined }),
    place,
    policyAt: moment,
    peopleAt: moment,
  })
  .map(({ section, place: [text, caller], ...rest }) => ({
    ...rest,
    ...(section === undefined ? {} : { section }),
    place: places.resolvePlace(text, places.person(caller?.id ?? '')),
  }));

test('at any time, from anywhere: nobody twice, no counter, nobody on leave, never too many', () => {
  fc.assert(
    fc.property(query, (asked) => {
      const resolved = places.steps(asked);
      const paged = resolved.flatMap(({ people }) => people);
      expect(new Set(paged).size).toBe(paged.length);
      for (const step of resolved) {
        expect(step.people.length).toBeLessThanOrEqual(MAX_PEOPLE_PER_STEP);
        expect(step.label).not.toBe('');
        if (step.phoneOnly) expect(step.people).toEqual([]);
      }
      const absent = new Set(away(asked.peopleAt));
      for (const id of paged) {
        expect(counters.has(id)).toBe(false);
        expect(known.has(id)).toBe(true);
        expect(absent.has(id)).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});

test('a call for help always has a lane with somebody, or somebody to ring up', () => {
  fc.assert(
    fc.property(query, (asked) => {
      fc.pre(asked.level !== 'report');
      const both = LANES.flatMap((lane) => places.steps({ ...asked, lane }));
      expect(both.some(({ people, phoneOnly }) => people.length > 0 || phoneOnly !== undefined)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('the same question has the same answer: a redelivered call pages nobody else', () => {
  fc.assert(
    fc.property(query, (asked) => {
      expect(places.steps(asked)).toEqual(places.steps(asked));
    }),
    { numRuns: 100 },
  );
});

test('every place that people type resolves to a building there is, and keeps their words', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(undefined, ...org.people),
      (text, caller) => {
        const resolved = places.resolvePlace(text, places.person(caller?.id ?? ''));
        expect(org.buildings.map(({ id }) => id)).toContain(resolved.building);
        expect(resolved.arriveMinutes).toBeGreaterThanOrEqual(1);
        expect(resolved.text).not.toBe('');
      },
    ),
    { numRuns: 500 },
  );
});
