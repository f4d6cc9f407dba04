import { describe, expect, test } from '@jest/globals';
import { city, ID, problemsOf } from './fixture.ts';

/** Every row: what is written otherwise, and the line that the operator reads. */
const cases: readonly (readonly [string, string, string, string])[] = [
  ['a value left out', 'city: 試験市\n', '', '- city: 値がありません。市の名前を書いてください。'],
  [
    'a time without minutes',
    'timezone:',
    'reachability: { check: "8:30" }\ntimezone:',
    '- reachability.check: 「8:30」 は使えません。"08:30" の形（24時間制）か off と書いてください。',
  ],
  [
    'a time as a number',
    'timezone:',
    'reachability: { test: 10 }\ntimezone:',
    '- reachability.test: 「10」 は使えません。"08:30" の形（24時間制）か off と書いてください。',
  ],
  ['an empty value', 'city: 試験市', 'city:', '- city: 値がありません。市の名前を書いてください。（2行目）'],
  [
    'an unknown key',
    'city: 試験市',
    'city: 試験市\ntown: 東',
    '- town: 「town」という項目はありません。使えるのは city、tenantId、',
  ],
  [
    'an unknown key inside',
    'post: 主任',
    'pots: 主任',
    '- people[0].pots: 「pots」という項目はありません。使えるのは id、name、',
  ],
  [
    'a number for a text',
    'helpExtension: 内線 2119',
    'helpExtension: 2119',
    '- helpExtension: 「2119」 は文字として読めません。"2119" のように引用符で囲んでください。',
  ],
  [
    'an outside line without quotes',
    'outsidePrefix: "0"',
    'outsidePrefix: 0',
    '- buildings[0].outsidePrefix: 「0」 は文字として読めません。"0" のように引用符で',
  ],
  [
    'an id in capitals',
    `id: ${ID.reporter}`,
    `id: ABCDEF00-0000-4000-8000-000000000001`,
    '- people[0].id: 「ABCDEF00-0000-4000-8000-000000000001」 は使えません。Entra の「オブジェクトID」を、小文字のUUID',
  ],
  [
    'a name for an id',
    'id: main',
    'id: 本庁舎',
    '- buildings[0].id: 「本庁舎」 は使えません。建物の id を、半角の英小文字・数字・ハイフンで書いてください。',
  ],
  [
    'another language',
    'timezone: Asia/Tokyo',
    'timezone: Asia/Tokyo\nlanguage: fr',
    '- language: 「fr」 は使えません。ja、en のどれかにしてください。',
  ],
  [
    'another time zone',
    'timezone: Asia/Tokyo',
    'timezone: UTC',
    '- timezone: 「UTC」は使えません。Asia/Tokyo と書いてください。',
  ],
  [
    'a limit out of range',
    'arriveMinutes: 4',
    'arriveMinutes: 0',
    '- limits.arriveMinutes: 「0」 は使えません。到着の目安の分数を 1 から 120 までの整数で',
  ],
  [
    'a floor that no building has',
    'floor: 3, head',
    'floor: 0, head',
    '- sections[3].floor: 0 階はありません。1階は 1、地下1階は -1 と書いてください。',
  ],
  [
    'a day that is none',
    '2026-12-07',
    '2026-02-30',
    '- buildings[0].closedDays.dates[0]: 「2026-02-30」 は使えません。日付を 2026-12-01 の形で書いてください。',
  ],
  [
    'hours in another form',
    '"10:00-12:00"',
    '10時から12時',
    '- buildings[1].hours.sat: 「10時から12時」 は使えません。"08:30-17:15" の形（24時間制、始まりが先）で',
  ],
  [
    'hours the wrong way round',
    '"10:00-12:00"',
    '"12:00-10:00"',
    '- buildings[1].hours.sat: 閉まる時刻が開く時刻より前です。"08:30-17:15" の順に書いてください。',
  ],
  [
    'one thing for a list',
    'next: [collect]',
    'next: collect',
    '- sections[0].next: 一覧ではありません。隣の課を「- 」で始まる一覧で書いてください（ないときは [] ）。',
  ],
  [
    'a list for a mapping',
    'limits: { arriveMinutes: 4 }',
    'limits: [4]',
    '- limits: 「- 」で始まる一覧は書けません。arriveMinutes を「名前: 値」の形で',
  ],
  [
    'yes for true',
    'quiet: true',
    'quiet: はい',
    '- sections[2].quiet: 「はい」 は使えません。true か false を書いてください。',
  ],
  [
    'an unknown group',
    'who: [duty]',
    'who: [dutty]',
    '- escalation[2].second[0].who[0]: 「dutty」 は使えません。duty、same-section、',
  ],
  [
    'nobody in a step',
    'who: [duty]',
    'who: []',
    '- escalation[2].second[0].who: 呼び先がありません。duty など一つ以上を書いてください。',
  ],
  [
    'a step that is empty',
    '{ who: [duty], wait: 30 }',
    '{ wait: 30 }',
    '- escalation[2].second[0]: 一つの段階に who と phoneOnly の一方だけを書いてください。',
  ],
  [
    'a step that waits for no answer',
    '{ who: [duty], wait: 30 }',
    '{ who: [duty], wait: 0 }',
    '- escalation[2].second[0].wait: 呼び出した人の返事を待てません。1 秒以上',
  ],
  [
    'a rule for reports, which page nobody',
    'levels: [advice]',
    'levels: [report]',
    '- escalation[3].when.levels[0]: 「report」 は使えません。advice、assist、emergency のどれかにしてください。',
  ],
  [
    'a rule for no building',
    'buildings: [branch]',
    'buildings: []',
    '- escalation[0].when.buildings: 建物がありません。すべての建物に使うなら buildings の行を消してください。',
  ],
  [
    'a rule for no hours',
    'hours: [after]',
    'hours: []',
    '- escalation[1].when.hours: 時間帯がありません。いつでも使うなら hours の行を消してください。',
  ],
  [
    'a weekday by another name',
    'weekdays: [tue, wed]',
    'weekdays: [火]',
    '- duty[0].people[0].weekdays[0]: 「火」 は使えません。sun、mon、tue、',
  ],
];

describe('the shape of the file', () => {
  test.each(cases)('%s', (_, from, to, expected) => {
    const problems = problemsOf(city(from, to));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.slice(0, expected.length)).toBe(expected);
  });

  test('all problems are listed at once, each with its line', () => {
    const text = city('city: 試験市', 'city:')
      .replace('wait: 300', 'wait: -1')
      .replace('post: 主任', 'post: 1');
    const problems = problemsOf(text);
    expect(problems.map((line) => line.split(':')[0])).toEqual([
      '- city',
      '- people[0].post',
      '- escalation[3].generalAffairs[0].wait',
    ]);
    const lines = text.split('\n');
    for (const problem of problems) {
      const line = Number(/（(\d+)行目）$/u.exec(problem)?.[1]);
      expect(lines[line - 1]).toMatch(/city|post|wait/u);
    }
  });
});
