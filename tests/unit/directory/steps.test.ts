import { describe, expect, test } from '@jest/globals';
import { COUNTER_PLACE, city, directory, ID, jst, steps, TUESDAY } from './fixture.ts';

const people = (query: Parameters<typeof steps>[0] = {}): (readonly string[])[] =>
  steps(query).map((step) => step.people);

describe('steps of a call for help (R4)', () => {
  test('widen from the duty to the department, each person in the earliest step only', () => {
    expect(steps()).toEqual([
      { label: '当番', people: [ID.dutyOne], waitSeconds: 30 },
      {
        label: '同じ課の職員・同じ階の職員',
        people: [ID.reporter, ID.colleague, ID.dutyTwo, ID.citizen, ID.citizenHead],
        waitSeconds: 30,
      },
      { label: '隣の課の職員', people: [ID.taxDeputy, ID.collector, ID.collectHead], waitSeconds: 30 },
      { label: '所属長・部局等の長', people: [ID.taxHead, ID.taxDirector], waitSeconds: 30 },
      { label: '部の全員・井上 舞', people: [ID.branch], waitSeconds: 30 },
    ]);
  });

  test('General Affairs has a lane of its own', () => {
    expect(steps({ lane: 'generalAffairs' })).toEqual([
      { label: '総務課の当番', people: [ID.affairsDuty], waitSeconds: 30 },
      { label: '総務課の職員', people: [ID.affairsStaff, ID.affairsDeputy], waitSeconds: 30 },
      { label: '総務課長', people: [ID.affairsManager], waitSeconds: 30 },
    ]);
  });

  test('advice goes to General Affairs alone, a report to nobody', () => {
    expect(steps({ level: 'advice' })).toEqual([]);
    expect(people({ level: 'advice', lane: 'generalAffairs' })).toEqual([
      [ID.affairsDuty, ID.affairsStaff, ID.affairsDeputy],
    ]);
    expect(steps({ level: 'report' })).toEqual([]);
    expect(steps({ level: 'report', lane: 'generalAffairs' })).toEqual([]);
  });

  test('a caller elsewhere has their own section and the floor they are on', () => {
    const [, near] = people({ place: { ...COUNTER_PLACE, floor: 3, section: 'affairs' } });
    expect(near).toEqual([
      ID.reporter,
      ID.colleague,
      ID.dutyTwo,
      ID.affairsDuty,
      ID.affairsStaff,
      ID.affairsManager,
      ID.affairsDeputy,
    ]);
  });

  test('where only the building is known, the own floor in it counts', () => {
    const { floor: _, section: __, ...somewhere } = COUNTER_PLACE;
    expect(people({ place: somewhere })[1]).toContain(ID.citizen);
    expect(people({ place: { ...somewhere, building: 'branch' } })[1]).not.toContain(ID.citizen);
  });

  test('the head of a department is helped by the section on the same floor', () => {
    expect(people({ section: 'tax-dept' })[3]).toEqual([ID.collectHead, ID.taxDirector]);
  });

  test('or, where their floor has none, by the first section of the department', () => {
    expect(people({ section: 'other-dept' })[3]).toEqual([ID.citizenHead, ID.taxDirector]);
  });
});

describe('somebody who is not in the directory', () => {
  const { section: _, ...nowhere } = COUNTER_PLACE;
  const unknown = { lane: 'second', level: 'emergency', policyAt: TUESDAY, peopleAt: TUESDAY } as const;

  test('is helped by the section of the place they name', () => {
    const [duty] = directory().steps({ ...unknown, place: COUNTER_PLACE });
    expect(duty?.people).toEqual([ID.dutyOne]);
  });

  test('reaches General Affairs, and only them, from a place of no section', () => {
    expect(directory().steps({ ...unknown, place: nowhere })).toEqual([]);
    expect(directory().steps({ ...unknown, section: 'gone', place: nowhere })).toEqual([]);
    expect(directory().steps({ ...unknown, lane: 'generalAffairs', place: nowhere })[0]?.people).toEqual([
      ID.affairsDuty,
    ]);
  });
});

describe('the rule', () => {
  test('is chosen by the hours at policyAt, the people by peopleAt', () => {
    const [only, ...more] = steps({ policyAt: jst('2026-12-01 17:15'), peopleAt: jst('2026-12-02 10:00') });
    expect(more).toEqual([]);
    expect(only).toEqual({ label: '時間外の連絡先', people: [ID.dutyTwo], waitSeconds: 40 });
    expect(steps({ policyAt: jst('2026-12-01 17:14') })).toHaveLength(5);
  });

  test('is chosen by the hours of the building where help is needed', () => {
    const branch = { ...COUNTER_PLACE, building: 'branch' };
    expect(steps({ place: branch, policyAt: jst('2026-12-01 09:00') })).toHaveLength(1);
    expect(steps({ place: branch, policyAt: jst('2026-12-01 10:00') })).toHaveLength(5);
  });

  test('may name somebody without Teams to be rung up at once', () => {
    const [phone, head] = steps({
      place: { ...COUNTER_PLACE, building: 'branch' },
      at: jst('2026-12-02 10:00'),
    });
    expect(phone).toEqual({
      label: '宿直室',
      people: [],
      phoneOnly: { label: '宿直室', extension: '2100' },
      waitSeconds: 0,
    });
    expect(head?.people).toEqual([ID.dutyTwo]);
  });

  test('of a building that has left the file is the one of the main building', () => {
    expect(steps({ place: { ...COUNTER_PLACE, building: 'demolished' } })).toHaveLength(5);
  });
});

describe('duty, leave and deputies', () => {
  const dutyOn = (day: string) => people({ at: jst(`${day} 10:00`) })[0];

  test.each([
    ['2026-12-01', [ID.dutyOne]], // Tuesday
    ['2026-12-02', [ID.dutyOne]], // Wednesday, the last weekday of the first
    ['2026-12-03', [ID.dutyTwo]], // the first day of the second
    ['2026-12-08', [ID.dutyOne, ID.dutyTwo]],
    ['2026-12-09', [ID.dutyOne, ID.dutyTwo]],
    ['2026-12-10', []], // on duty but on leave: the step stays, empty
    ['2026-12-14', []],
  ])('on duty on %s', (day, expected) => {
    expect(dutyOn(day)).toEqual(expected);
  });

  test('a head on leave is replaced by the first deputy of that day who is there', () => {
    const headOn = (day: string) => steps({ level: 'assist', at: jst(`${day} 18:00`) })[0]?.people;
    expect(headOn('2026-12-01')).toEqual([ID.taxHead]);
    expect(headOn('2026-12-02')).toEqual([ID.dutyTwo]);
    expect(headOn('2026-12-03')).toEqual([ID.collectHead]); // the deputy before is on leave too
    expect(headOn('2026-12-04')).toEqual([]); // nobody is deputy any more
    expect(headOn('2026-12-08')).toEqual([ID.taxHead]);
  });

  test('leave counts in days of Japan, both ends included', () => {
    const present = (wall: string) =>
      people({ peopleAt: jst(wall) })
        .flat()
        .includes(ID.dutyTwo);
    expect(present('2026-12-09 23:59')).toBe(true);
    expect(present('2026-12-10 00:00')).toBe(false);
    expect(present('2026-12-11 23:59')).toBe(false);
    expect(present('2026-12-12 00:00')).toBe(true);
  });

  test('the manager of General Affairs is replaced as well', () => {
    const text = city('who: [general-affairs], wait: 30', 'who: [section-head], wait: 30');
    const at = jst('2026-12-02 10:00');
    const query = { lane: 'generalAffairs', level: 'assist', section: 'tax', place: COUNTER_PLACE } as const;
    const resolved = directory(text).steps({ ...query, policyAt: at, peopleAt: at });
    expect(resolved[2]).toEqual({ label: '総務課長', people: [ID.affairsDeputy], waitSeconds: 30 });
  });
});
