import type { Directory, DutyPost, Person, PersonId } from '../directory/directory.ts';
import { dayOf } from '../japanDay.ts';
import type { PersonReach, Status } from './personReach.ts';
import type { Reachability, Test } from './reachability.ts';
import { nextDay } from './schedule.ts';

/** One person on the duty lists. */
export interface Row {
  readonly person: Person;
  readonly as: readonly DutyPost[];
  /** `untested`: no check could tell so far. */
  readonly status: Status | 'untested';
  readonly since: number | null;
  /** The check that found it. */
  readonly run: number;
  /** The last check that asked could not tell, or not keep what it found: `status` is what was known before. */
  readonly isUnsure: boolean;
}

/** One person who was asked in the latest 通知テスト. */
export interface TestRow {
  readonly person: Person;
  readonly outcome: 'confirmed' | 'open' | 'away' | 'unreachable';
  /** Why it did not reach them, when a check knows. */
  readonly status: Row['status'];
}

export interface Overview {
  readonly now: number;
  readonly city: Reachability;
  /** Everybody on the duty lists, in the order of the organisation file. */
  readonly rows: readonly Row[];
  /** Those who cannot be paged. */
  readonly unreached: readonly Row[];
  /** Those of whom nothing is known, or nothing at the moment. */
  readonly unsure: readonly Row[];
  readonly test: { readonly test: Test; readonly rows: readonly TestRow[]; readonly isDue: boolean } | null;
}

type OverviewDirectory = Pick<Directory, 'pageable' | 'person' | 'reachability' | 'isAway' | 'isWorkingDay'>;

/** The duty lists of now, with what is known of each person. `unkept`: of whom a check could keep nothing. */
export function overviewOf(
  directory: OverviewDirectory,
  records: readonly PersonReach[],
  city: Reachability,
  now: number,
  unkept: readonly PersonId[] = city.checked?.unkept ?? [],
): Overview {
  const known = new Map(records.map((record) => [record.person, record]));
  const rows = directory
    .pageable(dayOf(now), directory.reachability.daysAhead)
    .flatMap(({ id, as }): Row[] => {
      const person = directory.person(id);
      if (person === undefined) return [];
      const row = { person, as, ...knownOf(known.get(id)) };
      return [unkept.includes(id) ? { ...row, isUnsure: true } : row];
    });
  const { test } = city;
  return {
    now,
    city,
    rows,
    unreached: rows.filter(({ status }) => status !== 'reachable' && status !== 'untested'),
    unsure: rows.filter(
      ({ status, isUnsure }) => status === 'untested' || (status === 'reachable' && isUnsure),
    ),
    test:
      test === null
        ? null
        : {
            test,
            rows: testRows(directory, inOrder(records, rows), test, now),
            isDue: test.listAt !== null && test.listAt <= now,
          },
  };
}

function inOrder(records: readonly PersonReach[], rows: readonly Row[]): PersonReach[] {
  const places = new Map(rows.map(({ person }, at) => [person.id, at]));
  const placeOf = ({ person }: PersonReach) => places.get(person) ?? rows.length;
  return [...records].sort((a, b) => placeOf(a) - placeOf(b));
}

function knownOf(record: PersonReach | undefined) {
  const found = record?.found ?? null;
  return {
    status: found?.status ?? ('untested' as const),
    since: found?.since ?? null,
    run: found?.run ?? 0,
    isUnsure: record?.asked?.isTold === false,
  };
}

/** In the order of the lists, then whoever has left these. One who has left the organisation is not waited for. */
function testRows(
  directory: OverviewDirectory,
  records: readonly PersonReach[],
  test: Test,
  now: number,
): TestRow[] {
  const days = workingDays(directory, test, now);
  return records.flatMap((record): TestRow[] => {
    const person = directory.person(record.person);
    if (person === undefined || record.test?.id !== test.id) return [];
    return [{ person, outcome: outcomeOf(directory, record, days), status: knownOf(record).status }];
  });
}

function outcomeOf(
  directory: OverviewDirectory,
  record: PersonReach,
  days: readonly string[],
): TestRow['outcome'] {
  const { test, person } = record;
  if (test?.isConfirmed === true) return 'confirmed';
  // Somebody who is on leave has nothing to answer for (promise 8): one day of it is enough.
  if (test?.page === 'away' || days.some((day) => directory.isAway(person, day))) return 'away';
  return test?.page === 'unreachable' ? 'unreachable' : 'open';
}

/** The working days on which the test could be confirmed so far. */
function workingDays(directory: OverviewDirectory, { id, listAt }: Test, now: number): string[] {
  const last = dayOf(listAt === null ? now : Math.min(now, listAt));
  const days: string[] = [];
  for (let day = id; day <= last && days.length < 40; day = nextDay(day))
    if (directory.isWorkingDay(day)) days.push(day);
  return days;
}

/** What General Affairs has not been told yet. */
export const newsOf = ({ unreached, city }: Overview): readonly Row[] =>
  unreached.filter(({ run }) => run > city.told.run);

const REMIND_MS = 7 * 24 * 3_600_000;
/** The check of the same hour a week later comes a little sooner or later. */
const EARLY_MS = 3_600_000;

/** Told once; what lasts is told again after a week, not every day. */
export const isToTell = (overview: Overview): boolean =>
  newsOf(overview).length > 0 ||
  (overview.unreached.length > 0 && overview.now - overview.city.told.at >= REMIND_MS - EARLY_MS);
