import { describe, expect, test } from '@jest/globals';
import type { Place } from '../../../services/directory/directory.ts';
import { directory, ID } from './fixture.ts';

const city = directory();
const from = (caller: string | undefined, text: string): Place =>
  city.resolvePlace(text, city.person(caller ?? ''));
const at = (text: string): Place => from(ID.reporter, text);

describe('where a caller is who says nothing', () => {
  test.each([
    [
      'a person: their section',
      ID.reporter,
      {
        text: '税務課（本庁舎1階）',
        building: 'main',
        buildingName: '本庁舎',
        floor: 1,
        section: 'tax',
        arriveMinutes: 4,
      },
    ],
    [
      'a counter: its place',
      ID.counter,
      {
        text: '税務課2番窓口',
        building: 'main',
        buildingName: '本庁舎',
        floor: 1,
        section: 'tax',
        arriveMinutes: 4,
      },
    ],
    [
      'a counter at the branch',
      ID.quietless,
      {
        text: '東窓口課1番窓口',
        building: 'branch',
        buildingName: '東支所',
        floor: 1,
        section: 'east',
        arriveMinutes: 4,
      },
    ],
    [
      'the head of a department: their room',
      ID.taxDirector,
      { text: '税務部（本庁舎2階）', building: 'main', buildingName: '本庁舎', floor: 2, arriveMinutes: 4 },
    ],
    [
      'somebody unknown: the main building',
      undefined,
      { text: '場所不明', building: 'main', buildingName: '本庁舎', arriveMinutes: 4 },
    ],
  ])('%s', (_, caller, expected) => {
    expect(from(caller, '')).toEqual(expected);
    expect(from(caller, ' 　')).toEqual(expected);
  });
});

describe('a place as people type it', () => {
  test.each([
    '2番',
    '２番',
    '二番',
    '2番窓口',
    '２番 窓口',
    '二番窓口',
    '窓口2',
    '2番カウンター',
    '2',
    '2番 佐藤さん',
  ])('%s is the 2番窓口 of the own section', (text) => {
    expect(at(text)).toEqual({
      text,
      building: 'main',
      buildingName: '本庁舎',
      floor: 1,
      section: 'tax',
      arriveMinutes: 4,
    });
    expect(from(ID.citizen, text).section).toBe('citizen');
  });

  test('the words stay as they were written, without the spaces around them', () => {
    expect(at('  ２番　窓口 ').text).toBe('２番　窓口');
  });

  test('12番 is not 2番, and 一番奥 is no number', () => {
    const own = (text: string) =>
      expect(from(ID.affairsStaff, text)).toMatchObject({ floor: 3, section: 'affairs' });
    own('12番窓口');
    own('一番奥');
    own('二番手前');
    expect(from(ID.affairsStaff, '三番')).toMatchObject({ floor: 1, section: 'tax' });
  });

  test('a section named beside it decides', () => {
    expect(at('市民課 2番窓口').section).toBe('citizen');
    expect(at('市民課の3番窓口')).toMatchObject({ section: 'citizen', floor: 1 });
    expect(at('収税課')).toMatchObject({ section: 'collect', floor: 2 });
  });

  test('where two sections have the same number, somebody from neither is sent to the floor, not to a guess', () => {
    const found = from(ID.affairsStaff, '2番窓口');
    expect(found).toMatchObject({ building: 'main', floor: 1 });
    expect(found.section).toBeUndefined();
  });

  test('a number said at the branch is never one of the main building', () => {
    expect(from(ID.branch, '3番窓口')).toMatchObject({ building: 'branch', section: 'east' });
    expect(from(ID.branch, '税務課 3番窓口')).toMatchObject({ building: 'main', section: 'tax' });
    expect(from(ID.branch, '本庁舎 3番')).toMatchObject({ building: 'main', section: 'tax' });
  });

  test('the building named beside it decides', () => {
    expect(at('支所 1番')).toMatchObject({ building: 'branch', section: 'east' });
    expect(at('支所の2番窓口')).toMatchObject({ building: 'branch', buildingName: '東支所', floor: 1 });
    expect(at('東支所')).toEqual({
      text: '東支所',
      building: 'branch',
      buildingName: '東支所',
      floor: 1,
      arriveMinutes: 4,
    });
    expect(at('本庁舎')).toMatchObject({ building: 'main', floor: 1, section: 'tax' });
  });

  test('the longest name decides', () => {
    expect(at('第2相談室')).toMatchObject({ floor: 3, arriveMinutes: 4 });
    expect(at('相談室')).toMatchObject({ floor: 1, section: 'tax', arriveMinutes: 2 });
    expect(at('相談ブースにいます')).toMatchObject({ floor: 1, section: 'tax', arriveMinutes: 2 });
    expect(at('税務課前のベンチ').section).toBeUndefined();
  });

  test('a place without a floor has none', () => {
    const parking = at('駐車場');
    expect(parking).toEqual({ text: '駐車場', building: 'main', buildingName: '本庁舎', arriveMinutes: 4 });
  });

  test('a floor that is said counts, and is then not the own section any more', () => {
    const corridor = at('3階の廊下');
    expect(corridor).toEqual({
      text: '3階の廊下',
      building: 'main',
      buildingName: '本庁舎',
      floor: 3,
      arriveMinutes: 4,
    });
    expect(at('三階').floor).toBe(3);
    expect(at('地下１階').floor).toBe(-1);
    expect(at('B1F').floor).toBe(-1);
    expect(at('1階').section).toBe('tax');
  });

  test('a place nobody knows is at the own section', () => {
    expect(at('コピー機の横')).toMatchObject({ text: 'コピー機の横', floor: 1, section: 'tax' });
    expect(from(undefined, 'コピー機の横')).toEqual({
      text: 'コピー機の横',
      building: 'main',
      buildingName: '本庁舎',
      arriveMinutes: 4,
    });
  });
});
