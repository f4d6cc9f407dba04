import { describe, expect, test } from '@jest/globals';
import { city, ID, problemsOf } from './fixture.ts';

const NOBODY = '00000000-0000-4000-8000-0000000000ff';

/** Every row: what is written otherwise, and how the operator's line starts. */
const cases: readonly (readonly [string, string, string, string])[] = [
  [
    'section of a person',
    '佐藤 一郎, section: citizen',
    '佐藤 一郎, section: citizn',
    '- people[7].section: 「citizn」という課はありません。sections の id のどれかにしてください（部長など',
  ],
  [
    'department of a section',
    'department: tax-dept\n',
    'department: tax\n',
    '- sections[0].department: 「tax」という部はありません。departments の id のどれかにしてください。',
  ],
  [
    'building of a section',
    'department: other-dept, building: branch',
    'department: other-dept, building: west',
    '- sections[4].building: 「west」という建物はありません。buildings の id のどれかにしてください。',
  ],
  [
    'head of a section',
    `head: ${ID.collectHead}`,
    `head: ${NOBODY}`,
    `- sections[1].head: 「${NOBODY}」という職員はいません。people の id のどれかにしてください。`,
  ],
  [
    'a counter as head',
    `head: ${ID.collectHead}`,
    `head: ${ID.counter}`,
    `- sections[1].head: 「${ID.counter}」は窓口端末です。people の職員の id にしてください。`,
  ],
  [
    'head of a department',
    `head: ${ID.taxDirector}, building: main }`,
    `head: ${NOBODY}, building: main }`,
    `- departments[1].head: 「${NOBODY}」という職員はいません。`,
  ],
  [
    'a neighbour',
    'next: [collect]',
    'next: [colect]',
    '- sections[0].next[0]: 「colect」という課はありません。',
  ],
  [
    'itself as neighbour',
    'next: [collect]',
    'next: [tax]',
    '- sections[0].next[0]: 隣の課に自分の課が入っています。消してください。',
  ],
  [
    'building of a place',
    '駐車場, building: main',
    '駐車場, building: nowhere',
    '- places[6].building: 「nowhere」という建物はありません。',
  ],
  [
    'section of a place',
    'building: branch, section: east }',
    'building: branch, section: wset }',
    '- places[7].section: 「wset」という課はありません。',
  ],
  [
    'section of a counter',
    '税務課2番窓口, section: tax',
    '税務課2番窓口, section: tx',
    '- counters[0].section: 「tx」という課はありません。',
  ],
  [
    'place of a counter',
    'section: tax, place: 2番窓口',
    'section: tax, place: 9番窓口',
    '- counters[0].place: 「9番窓口」という場所がこの課にありません。places の中で section が「tax」の name にしてください。',
  ],
  [
    'a deputy',
    `person: ${ID.affairsDeputy} }]`,
    `person: ${NOBODY} }]`,
    '- people[13].deputies[0].person: 「',
  ],
  [
    'oneself as deputy',
    `person: ${ID.affairsDeputy} }]`,
    `person: ${ID.affairsManager} }]`,
    '- people[13].deputies[0].person: 本人が代理になっています。別の職員の id にしてください。',
  ],
  [
    'leave that ends before it starts',
    'to: 2026-12-11',
    'to: 2026-12-01',
    '- people[3].away[0].to: 終わり（2026-12-01）が始まり（2026-12-10）より前です。日付を直してください。',
  ],
  [
    'a duty person',
    `person: ${ID.dutyOne}, weekdays`,
    `person: ${NOBODY}, weekdays`,
    '- duty[0].people[0].person: 「',
  ],
  [
    'a counter on duty',
    `person: ${ID.dutyOne}, weekdays`,
    `person: ${ID.counter}, weekdays`,
    `- duty[0].people[0].person: 「${ID.counter}」は窓口端末です。`,
  ],
  [
    'section on duty',
    'section: tax\n    lane',
    'section: tx\n    lane',
    '- duty[0].section: 「tx」という課はありません。',
  ],
  [
    "General Affairs' duty elsewhere",
    'lane: second',
    'lane: generalAffairs',
    '- duty[0].lane: 総務課の当番は generalAffairs.section の課「affairs」だけに置けます。second にしてください。',
  ],
  [
    'General Affairs itself',
    'generalAffairs: { section: affairs',
    'generalAffairs: { section: afairs',
    '- generalAffairs.section: 「afairs」という課はありません。',
  ],
  ['its manager', `manager: ${ID.affairsManager}`, `manager: ${NOBODY}`, '- generalAffairs.manager: 「'],
  [
    'building of a rule',
    'buildings: [branch]',
    'buildings: [brunch]',
    '- escalation[0].when.buildings[0]: 「brunch」という建物はありません。',
  ],
  [
    'a person of a step',
    `person:${ID.branch}`,
    `person:${NOBODY}`,
    `- escalation[2].second[4].who[1]: 「${NOBODY}」という職員はいません。`,
  ],
  [
    'a person twice',
    `id: ${ID.colleague}`,
    `id: ${ID.reporter}`,
    `- people[1].id: 「${ID.reporter}」は上の人か端末でも使われています。二重の行を消すか、`,
  ],
  [
    'a counter with the id of a person',
    `- { id: ${ID.counter}`,
    `- { id: ${ID.reporter}`,
    '- counters[0].id: 「',
  ],
  [
    'a section named like a department',
    '- { id: collect,',
    '- { id: tax-dept,',
    '- sections[1].id: 「tax-dept」は上でも使われています。id は一つずつ別にしてください。',
  ],
  ['a building twice', 'id: branch', 'id: main', '- buildings[1].id: 「main」は上でも使われています。'],
  [
    'a place twice',
    'name: 3番窓口',
    'name: ２番窓口',
    '- places[2].name: 同じ建物・同じ課に同じ名前の場所があります。名前を変えるか、片方を消してください。',
  ],
  [
    'a code phrase of signs',
    'phrase: 7番の資料をお願いします',
    'phrase: 「!?」',
    '- sections[0].codePhrases[0].phrase: 合言葉に文字がありません。記号だけでない言葉にしてください。',
  ],
];

describe('what the parts of the file say about each other', () => {
  test.each(cases)('%s', (_, from, to, expected) => {
    const problems = problemsOf(city(from, to));
    expect(problems.filter((line) => line.startsWith(expected))).toHaveLength(1);
    expect(problems[0]).toMatch(/ください.*。（\d+行目）$/u);
  });

  test('one phrase must not mean two levels, however it is punctuated', () => {
    const twice = 'level: assist }, { phrase: 「７番の資料を、お願いします」, level: emergency }]';
    expect(problemsOf(city('level: assist }]', twice))[0]).toContain(
      '- sections[0].codePhrases[1].phrase: 同じ合言葉が上にもあります。片方を消してください。',
    );
  });
});
