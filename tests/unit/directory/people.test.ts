import { describe, expect, test } from '@jest/globals';
import { city, directory, ID, jst } from './fixture.ts';

const testCity = directory();
const found = (name: string, section?: string): string[] =>
  testCity.findByName(name, section).map(({ id }) => id);

describe('a colleague by name', () => {
  test.each([
    '佐藤 美咲',
    '佐藤美咲',
    '佐藤　美咲さん',
    'さとう みさき',
    'サトウミサキ',
    'ｻﾄｳ ﾐｻｷ 様',
    '佐藤美咲主任さん',
  ])('%s is found', (name) => {
    expect(found(name)).toEqual([ID.reporter]);
    expect(found(name, 'citizen')).toEqual([ID.reporter]);
  });

  test('the own section wins, otherwise all of that name are offered', () => {
    expect(found('佐藤さん', 'tax')).toEqual([ID.reporter]);
    expect(found('佐藤', 'citizen')).toEqual([ID.citizen]);
    expect(found('佐藤', 'affairs')).toEqual([ID.reporter, ID.citizen]);
    expect(found('佐藤')).toEqual([ID.reporter, ID.citizen]);
  });

  test.each(['伊藤課長', '伊藤 誠課長', '伊藤様', '伊藤'])('%s is the head', (name) => {
    expect(found(name)).toEqual([ID.taxHead]);
  });

  test.each(['', ' ', 'さん', '課長', '美咲', '佐', '税務課2番窓口', '鈴木一郎'])(
    '「%s」 is nobody',
    (name) => {
      expect(found(name)).toEqual([]);
    },
  );
});

test('a post is somebody: 「課長」 is the head of the own section, 「税務課長」 is one anywhere', () => {
  expect(found('課長', 'tax')).toEqual([ID.taxHead]);
  expect(found('税務課長', 'citizen')).toEqual([ID.taxHead]);
  expect(found('課長', 'nowhere')).toEqual([]);
});

describe('who is who', () => {
  test('a counter is a place, not a person', () => {
    expect(testCity.person(ID.counter)).toEqual({
      id: ID.counter,
      kind: 'counter',
      name: '税務課2番窓口',
      aliases: [],
      post: '',
      section: 'tax',
      place: '2番窓口',
    });
  });

  test('unknown ids answer nothing and never throw', () => {
    expect(testCity.person('x')).toBeUndefined();
    expect(testCity.sectionName('x')).toBe('');
    expect(testCity.sectionHead('x')).toBeUndefined();
    expect(testCity.isGeneralAffairs('x')).toBe(false);
    expect(testCity.isQuiet('x')).toBe(false);
    expect(testCity.building('x').address).toBe('');
    expect(testCity.person('__proto__')).toBeUndefined();
    expect(testCity.sectionName('constructor')).toBe('');
  });

  test('sections and departments have names and heads', () => {
    expect(testCity.sectionName('tax')).toBe('税務課');
    expect(testCity.sectionHead('tax')).toBe(ID.taxHead);
    expect(testCity.sectionName('tax-dept')).toBe('税務部');
    expect(testCity.sectionHead('tax-dept')).toBe(ID.taxDirector);
  });

  test('what is read out to 110 is of the building asked for', () => {
    expect(testCity.building('branch')).toEqual({
      name: '東支所',
      address: '試験市2番地',
      entrance: '南口',
      outsidePrefix: '',
      evacuation: '南側へ',
    });
  });
});

describe('General Affairs', () => {
  test('are its people and nobody else', () => {
    const members = Object.values(ID).filter((id) => testCity.isGeneralAffairs(id));
    expect(members).toEqual([ID.affairsDuty, ID.affairsStaff, ID.affairsManager, ID.affairsDeputy]);
  });

  test('a counter of the section is not General Affairs', () => {
    const text = city('section: tax, place: 2番窓口', 'section: affairs, place: 2番窓口').replace(
      'building: main, floor: 1, section: tax }',
      'building: main, floor: 3, section: affairs }',
    );
    expect(directory(text).isGeneralAffairs(ID.counter)).toBe(false);
  });

  test('without the channel the duty is told first, then the manager, then the staff', () => {
    expect(testCity.generalAffairsFallback(jst('2026-12-01 10:00'))).toEqual([
      ID.affairsDuty,
      ID.affairsManager,
      ID.affairsStaff,
      ID.affairsDeputy,
    ]);
    expect(testCity.generalAffairsFallback(jst('2026-12-02 10:00'))).toEqual([
      ID.affairsDuty,
      ID.affairsDeputy,
      ID.affairsStaff,
    ]);
    expect(testCity.generalAffairsChannel).toBe('19:ga@thread.tacv2');
  });
});

describe('at a counter', () => {
  test('the display is quiet at counters, and as the section sets it', () => {
    expect(testCity.isQuiet(ID.counter)).toBe(true);
    expect(testCity.isQuiet(ID.reporter)).toBe(false);
    expect(testCity.isQuiet(ID.citizen)).toBe(true);
    expect(testCity.isQuiet(ID.quietless)).toBe(false);
  });

  test.each(['7番の資料をお願いします', '７番の資料を　お願いします。', '「7番の資料をお願いします」'])(
    'the code phrase %s calls for help',
    (text) => {
      expect(testCity.codePhrase(text, 'tax')).toBe('assist');
    },
  );

  test('the phrase is of one section, and of nothing but itself', () => {
    expect(testCity.codePhrase('7番の資料をお願いします', 'citizen')).toBeUndefined();
    expect(testCity.codePhrase('7番の資料をお願いします')).toBeUndefined();
    expect(testCity.codePhrase('7番の資料をお願いしますね', 'tax')).toBeUndefined();
    expect(testCity.codePhrase('', 'tax')).toBeUndefined();
    expect(testCity.codePhrase('。', 'tax')).toBeUndefined();
  });
});
