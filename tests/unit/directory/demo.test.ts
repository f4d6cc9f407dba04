import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createDirectory } from '../../../services/directory/createDirectory.ts';
import { type Directory, LANES } from '../../../services/directory/directory.ts';
import { loadOrganization } from '../../../services/directory/organization.ts';
import { jst } from './fixture.ts';

const id = (last: string): string => `00000000-0000-4000-8000-000000000${last}`;
/** The four who have a window in the demo. */
const REPORTER = id('101');
const SECOND = id('102');
const AFFAIRS = id('301');
const DIRECTOR = id('121');

let demo: Directory;
beforeAll(async () => {
  demo = createDirectory(await loadOrganization(join(process.cwd(), 'infra/local/organization.yaml')));
});

/** Index of the first step of a lane that reaches one of the people. */
function firstStep(
  lane: (typeof LANES)[number],
  level: 'assist' | 'emergency',
  at: number,
  who: string,
): number {
  const place = demo.resolvePlace('2番窓口', demo.person(REPORTER));
  const steps = demo.steps({ lane, level, section: 'zeimu', place, policyAt: at, peopleAt: at });
  return steps.findIndex(({ people }) => people.includes(who));
}

describe('the demo city', () => {
  test('has the people of the four windows, by name and post', () => {
    const seen = [REPORTER, SECOND, AFFAIRS, DIRECTOR].map((one) => {
      const person = demo.person(one);
      return `${demo.sectionName(person?.section ?? '')} ${person?.post} ${person?.name}`;
    });
    expect(seen).toEqual([
      '税務課 主任 佐藤 美咲',
      '税務課 主事 鈴木 健太',
      '総務課 主査 清水 陽子',
      '税務部 税務部長 中村 浩一',
    ]);
  });

  test('has a quiet counter that calls for its place', () => {
    const counter = demo.person(id('901'));
    expect(counter?.name).toBe('税務課2番窓口');
    expect(demo.isQuiet(id('901'))).toBe(true);
    expect(demo.resolvePlace('', counter)).toMatchObject({
      text: '税務課2番窓口',
      floor: 1,
      section: 'zeimu',
    });
  });

  test.each(['2026-12-01 10:00', '2026-12-01 22:00', '2026-12-06 03:00', '2027-01-01 12:00'])(
    'at %s the windows are paged, and paging ends at somebody who has one',
    (wall) => {
      const at = jst(wall);
      const duty = firstStep('second', 'assist', at, SECOND);
      expect(duty).toBeGreaterThanOrEqual(0);
      expect(firstStep('second', 'assist', at, DIRECTOR)).toBeGreaterThan(duty);
      expect(firstStep('generalAffairs', 'assist', at, AFFAIRS)).toBe(0);
      expect(firstStep('second', 'emergency', at, SECOND)).toBeLessThanOrEqual(1);
      expect(firstStep('generalAffairs', 'emergency', at, AFFAIRS)).toBe(0);
    },
  );

  test('outside opening hours the night duty is to be rung up without waiting', () => {
    const place = demo.resolvePlace('', demo.person(REPORTER));
    const at = jst('2026-12-06 03:00');
    const [first] = demo.steps({
      lane: 'second',
      level: 'assist',
      section: 'zeimu',
      place,
      policyAt: at,
      peopleAt: at,
    });
    expect(first).toMatchObject({
      phoneOnly: { label: '宿直室', extension: '2100' },
      waitSeconds: 0,
      people: [],
    });
  });

  test('an emergency calls section, floor and section head at once', () => {
    const at = jst('2026-12-01 10:00');
    for (const one of ['102', '103', '104', '105', '201', '202', '203'])
      expect(firstStep('second', 'emergency', at, id(one))).toBe(0);
  });

  test('every section can call for help with both lanes, at every hour', () => {
    for (const section of ['zeimu', 'shuzei', 'shimin', 'shisho-madoguchi', 'soumu'])
      for (const wall of ['2026-12-01 10:00', '2026-12-01 20:00', '2026-12-06 10:00'])
        for (const lane of LANES) {
          const at = jst(wall);
          const place = demo.resolvePlace('', demo.person(demo.sectionHead(section) ?? ''));
          const steps = demo.steps({ lane, level: 'assist', section, place, policyAt: at, peopleAt: at });
          expect(steps.flatMap(({ people }) => people).length).toBeGreaterThan(1);
        }
  });
});
