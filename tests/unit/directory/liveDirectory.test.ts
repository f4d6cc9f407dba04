import { describe, expect, test } from '@jest/globals';
import type { Directory } from '../../../services/directory/directory.ts';
import { createLiveDirectory } from '../../../services/directory/liveDirectory.ts';
import { CITY, COUNTER_PLACE, city, directory, ID, TUESDAY } from './fixture.ts';

const OTHER = CITY.replace('city: 試験市', 'city: 新市')
  .replace('helpExtension: 内線 2119', 'helpExtension: 内線 1')
  .replace('19:ga@thread.tacv2', '19:new@thread.tacv2')
  .replace('name: 佐藤 美咲', 'name: 高田 美咲')
  .replace(`head: ${ID.collectHead}`, `head: ${ID.collector}`)
  .replace('name: 税務課\n', 'name: 課税課\n')
  .replace('name: 3番窓口', 'name: 5番窓口')
  .replace('北側へ', '東側へ')
  .replace('7番の資料', '8番の資料')
  .replace('quiet: true', 'quiet: false')
  .replace('revoked: false', 'revoked: true')
  .replace('timezone:', 'language: en\ntimezone:')
  .replace('dates: [2026-12-07]', 'dates: [2026-12-08]')
  .replace('name: 田中 由美,', 'name: 田中 由美, away: [{ from: 2026-12-09, to: 2026-12-09 }],')
  .concat('reachability: { daysAhead: 3 }\n')
  .replace(`{ person: ${ID.dutyOne}, weekdays: [tue, wed] }`, `{ person: ${ID.colleague} }`);

/** One answer of every kind that differs between the two. */
const ask: Readonly<Record<keyof Directory, (asked: Directory) => unknown>> = {
  city: (asked) => asked.city,
  tenantId: (asked) => asked.tenantId,
  language: (asked) => asked.language,
  helpExtension: (asked) => asked.helpExtension,
  generalAffairsBuilding: (asked) => asked.generalAffairsBuilding,
  generalAffairsChannel: (asked) => asked.generalAffairsChannel,
  person: (asked) => asked.person(ID.reporter)?.name,
  findByName: (asked) => asked.findByName('高田').length,
  sectionName: (asked) => asked.sectionName('tax'),
  sectionHead: (asked) => asked.sectionHead('collect'),
  sections: (asked) => asked.sections()[0]?.name,
  posts: (asked) => asked.posts(ID.collector, TUESDAY).heads,
  isGeneralAffairs: (asked) => asked.isGeneralAffairs(ID.affairsStaff),
  generalAffairsFallback: (asked) => asked.generalAffairsFallback(TUESDAY),
  resolvePlace: (asked) => asked.resolvePlace('', asked.person(ID.reporter)).text,
  isFullName: (asked) => asked.isFullName('高田', '美咲'),
  isPlaceName: (asked) => asked.isPlaceName('5番窓口'),
  placeName: (asked) => asked.placeName(COUNTER_PLACE),
  triggerPlace: (asked) => asked.triggerPlace('button')?.revoked,
  building: (asked) => asked.building('main').evacuation,
  steps: (asked) =>
    asked.steps({
      lane: 'second',
      level: 'assist',
      section: 'tax',
      place: COUNTER_PLACE,
      policyAt: TUESDAY,
      peopleAt: TUESDAY,
    })[0]?.people,
  pageable: (asked) => asked.pageable('2026-12-01', 7).find(({ id }) => id === ID.colleague)?.as,
  isWorkingDay: (asked) => asked.isWorkingDay('2026-12-08'),
  isAway: (asked) => asked.isAway(ID.colleague, '2026-12-09'),
  reachability: (asked) => asked.reachability.daysAhead,
  isQuiet: (asked) => asked.isQuiet(ID.citizen),
  codePhrase: (asked) => asked.codePhrase('8番の資料をお願いします', 'tax'),
};

describe('the live directory', () => {
  test.each(Object.entries(ask))('passes %s on, before and after a change', (_, question) => {
    const [before, after] = [directory(), directory(OTHER)];
    const live = createLiveDirectory(before);
    expect(question(live)).toEqual(question(before));
    live.replace(after);
    expect(question(live)).toEqual(question(after));
  });

  test('the questions above tell the two apart', () => {
    const [before, after] = [directory(), directory(OTHER)];
    const same = Object.entries(ask).filter(
      ([, question]) => JSON.stringify(question(before)) === JSON.stringify(question(after)),
    );
    expect(same.map(([name]) => name)).toEqual([
      'tenantId',
      'generalAffairsBuilding',
      'isGeneralAffairs',
      'generalAffairsFallback',
    ]);
  });

  test('General Affairs moves with the file', () => {
    const live = createLiveDirectory(directory());
    const moved = city('name: 林 大輔, section: affairs', 'name: 林 大輔, section: tax');
    live.replace(directory(moved));
    expect(live.isGeneralAffairs(ID.affairsStaff)).toBe(false);
    expect(live.generalAffairsFallback(TUESDAY)).not.toContain(ID.affairsStaff);
  });

  test('a method handed around without its object follows too', () => {
    const live = createLiveDirectory(directory());
    const { isPlaceName } = live;
    expect(isPlaceName('5番窓口')).toBe(false);
    live.replace(directory(OTHER));
    expect(isPlaceName('5番窓口')).toBe(true);
  });

  test('knows every member of a directory', () => {
    const members = Object.keys(createLiveDirectory(directory())).filter((name) => name !== 'replace');
    expect(members.sort()).toEqual(Object.keys(directory()).sort());
  });
});
