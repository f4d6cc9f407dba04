import { describe, expect, test } from '@jest/globals';
import { createClassifier } from '../../../services/classification/createClassifier.ts';
import { countsIn, durationsIn, numberOf } from '../../../services/classification/quantities.ts';

describe('durations in minutes', () => {
  test.each([
    ['1時間半話しました', 90],
    ['七十五分かかった', 75],
    ['2時間10分の電話', 130],
    ['一時間を超えて', 60],
    ['1.5時間', 90],
    ['90分居座った', 90],
    ['通話時間は1:47:22でした', 107],
    ['15時過ぎから17時10分まで', 130],
    ['午前9時に来て、11時半に帰った', 150],
    ['百二十分', 120],
  ])('%s', (text, minutes) => {
    expect(durationsIn(text).map((duration) => duration.minutes)).toContain(minutes);
  });

  test.each([
    '閉庁の2時間前に来た',
    '1時間以内に返事をする',
    '3時間後に電話した',
    '自分別の書類',
    '10分の1の額',
  ])('%s is not how long somebody was held', (text) => {
    expect(durationsIn(text).filter((duration) => duration.minutes > 0)).toEqual([]);
  });
});

test.each([
  ['電話は今日8回目です', 8, true],
  ['計二十二回かかってきた', 22, false],
  ['百通目の手紙', 100, true],
])('counts: %s', (text, times, ordinal) => {
  expect(countsIn(text)).toEqual([expect.objectContaining({ times, ordinal })]);
});

test('kanji numerals', () => {
  expect(['十', '二十', '七十五', '百二十', '二〇', '三'].map(numberOf)).toEqual([10, 20, 75, 120, 20, 3]);
});

describe('one hour is the limit (P7), thirty minutes are not (R1)', () => {
  const ids = (text: string) =>
    createClassifier()
      .classify(text)
      .labels.map(({ id }) => id);
  test('45 minutes alone suggest nothing', () => expect(ids('窓口での面談は45分でした。')).toEqual([]));
  test('45 minutes and refusing to leave do', () =>
    expect(ids('45分たっても居座り、帰ろうとしません。')).toEqual(['time-restraint']));
  test('an hour and a half does', () => expect(ids('電話が1時間半続きました。')).toEqual(['time-restraint']));
  test('an hour that the city made them wait does not', () =>
    expect(ids('システム障害で1時間半お待たせしました。')).toEqual([]));
});
