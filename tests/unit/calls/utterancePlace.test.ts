import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCallDetails } from '../../../services/calls/utterance.ts';
import { createDirectory } from '../../../services/directory/createDirectory.ts';
import type { Directory } from '../../../services/directory/directory.ts';
import { loadOrganization } from '../../../services/directory/organization.ts';
import { ORGANIZATION } from '../../harness/organization.ts';

let city: Directory;
beforeAll(async () => {
  city = createDirectory(await loadOrganization(ORGANIZATION));
});

const place = (text: string): string => parseCallDetails(text, city).place;

describe('what says where stays, as it was written', () => {
  test.each([
    ['2番窓口 奥', '2番窓口 奥'],
    ['3階 会議スペース', '3階 会議スペース'],
    ['北駐車場', '北駐車場'],
    ['ロビー', 'ロビー'],
    ['第1会議室', '第1会議室'],
    ['トイレ前', 'トイレ前'],
    ['2階の税務課', '2階の税務課'],
    ['税務課前のベンチ', '税務課前のベンチ'],
    ['本庁舎2階収税課の前の廊下', '本庁舎2階収税課の前の廊下'],
    ['総合案内', '総合案内'],
    ['相談ブースの横', '相談ブースの横'],
    ['みなと支所', 'みなと支所'],
    ['２Ｆ ロビーに来てください', '2F ロビー'],
    ['地下1階', '地下1階'],
    ['二番', '二番'],
    ['2', '2'],
    ['2nd floor lobby', '2nd floor lobby'],
    ['room 301', 'room 301'],
  ])('%s', (text, expected) => {
    expect(place(text)).toBe(expected);
  });
});

describe('names, numbers and stories go (promise 7)', () => {
  test.each([
    '山田太郎',
    'また山田太郎',
    'クレーマー山田',
    '議員の鈴木一郎',
    '山田太郎 痴漢',
    'セクハラ',
    '酔っ払い',
    '精神障害の人',
    '生活保護 山田',
    '男女関係のもつれ',
    '一番怖い',
    '港町1番2号',
    '山田太郎 090-1111-2222',
    '090 1111 2222',
    '110番',
    '山田太郎（港町1-2-3、090-1111-2222）の自宅前で怒鳴られた',
  ])('%s', (text) => {
    expect(place(text)).toBe('');
  });

  test.each([
    ['2番窓口 山田太郎前', '2番窓口'],
    ['2番窓口 バカ野郎', '2番窓口'],
    ['税務課 前科者', '税務課'],
    ['山田太郎が2番窓口で', '2番窓口'],
    ['山田太郎税務課', '税務課'],
    ['怒鳴られた2番窓口', '2番窓口'],
    ['山田太郎ロビー', 'ロビー'],
    ['市民課で殴られ1階ロビーへ', '市民課 1階ロビー'],
  ])('but not the place beside them: %s', (text, expected) => {
    expect(place(text)).toBe(expected);
  });

  test('wherever they stand', () => {
    const secret = fc.constantFrom(
      '山田太郎',
      'やまだ',
      '090-1111-2222',
      '港町1-2-3',
      '痴漢',
      'バカ野郎',
      '殺すぞ',
    );
    const where = fc.constantFrom('2番窓口', '税務課', '1階ロビー', '北駐車場', '第1会議室', '3階');
    const glue = fc.constantFrom(' ', 'が', 'の', 'に', '、', 'で');
    const typed = fc.array(fc.tuple(fc.oneof(secret, where), glue), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(typed, (parts) => {
        expect(place(parts.flat().join(''))).not.toMatch(/山田|やまだ|090|1-2-3|痴漢|バカ|殺す/);
      }),
    );
  });
});

test('a place that was read leads to where it is, the words of a story to the place of the caller', () => {
  const caller = city.person('00000000-0000-4000-8000-000000000101');
  expect(city.resolvePlace(place('山田太郎が証明コーナーで'), caller)).toMatchObject({
    text: '証明コーナー',
    section: 'shimin',
  });
  expect(city.resolvePlace(place('山田太郎 痴漢'), caller).text).toBe('税務課（本庁舎1階）');
});
