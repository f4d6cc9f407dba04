import { describe, expect, test } from '@jest/globals';
import { CITY, city, ID, problemsOf } from './fixture.ts';

describe('paging that would reach nobody does not start', () => {
  test('a level without a rule', () => {
    expect(problemsOf(city('levels: [assist, emergency]', 'levels: [assist]'))).toEqual([
      expect.stringMatching(
        /^- escalation: 緊急（emergency）の規則が「本庁舎」の開庁時間・時間外・閉庁日にありません。.*levels に emergency を含み、.*足してください。/u,
      ),
      expect.stringContaining('緊急（emergency）の規則が「東支所」の開庁時間・時間外・閉庁日にありません。'),
    ]);
  });

  test('one building is left out at some hours', () => {
    const text = city('levels: [advice] }', 'levels: [advice], hours: [open] }');
    expect(problemsOf(text)[1]).toContain('相談（advice）の規則が「東支所」の時間外・閉庁日にありません。');
  });

  test('no rules at all name every level', () => {
    const problems = problemsOf(`${CITY.slice(0, CITY.indexOf('escalation:'))}escalation: []\n`);
    expect(problems.map((line) => /(相談|応援|緊急)（/u.exec(line)?.[1])).toEqual([
      '相談',
      '相談',
      '応援',
      '応援',
      '緊急',
      '緊急',
    ]);
  });

  test('a rule that another one hides', () => {
    const text = city(
      'levels: [assist], hours: [after]',
      'levels: [assist], buildings: [branch], hours: [closed]',
    );
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(
        /^- escalation\[1\]: 上の規則に隠れて、.*上へ移すか、条件を直すか、消してください。/u,
      ),
    ]);
  });

  test('a call for help without a second person', () => {
    const text = city('second: [{ who: [section-head], wait: 40, label: 時間外の連絡先 }]', 'second: []');
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(
        /^- escalation\[1\]\.second: だれも呼び出さない規則です。段階を一つ以上書いてください。/u,
      ),
    ]);
  });

  test('advice that nobody receives', () => {
    const text = city(
      'generalAffairs: [{ who: [general-affairs-duty, general-affairs], wait: 300 }]',
      'generalAffairs: []',
    );
    expect(problemsOf(text)[0]).toContain('- escalation[3].generalAffairs: だれも呼び出さない規則です。');
  });

  test('a step for a duty that nobody has', () => {
    const text = city(`people: [{ person: ${ID.affairsDuty} }]`, 'people: []');
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(
        /^- escalation\[2\]\.generalAffairs\[0\]\.who: だれにも当てはまりません。.*消してください。/u,
      ),
    ]);
  });

  test('a section whose callers reach nobody', () => {
    const text = city('who: [section-head], wait: 40, label: 時間外の連絡先', 'who: [duty], wait: 40');
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(
        /^- escalation\[1\]\.second: 収税課から呼んでも、だれにも当てはまりません。same-section や section-head などを足してください。/u,
      ),
    ]);
  });

  test('somebody who is not in the file reaches nobody', () => {
    const text = city(
      'generalAffairs: [{ who: [general-affairs-manager], wait: 40 }]',
      'generalAffairs: [{ who: [same-section], wait: 40 }]',
    );
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(
        /^- escalation\[1\]\.generalAffairs: 職員名簿にない人が呼ぶと、だれも呼び出されません。general-affairs や/u,
      ),
    ]);
  });
});

describe('a step that is too large does not start', () => {
  const crowd = (section: string, count: number, from: number): string =>
    Array.from(
      { length: count },
      (_, index) =>
        `  - { id: 00000000-0000-4000-9000-${String(from + index).padStart(12, '0')}, name: 職員 ${from + index}, section: ${section} }\n`,
    ).join('');
  const crowded = (citizen: number): string => city('people:\n', `people:\n${crowd('citizen', citizen, 1)}`);

  // The largest: 総務課 (3 without its head) calling from the floor of 税務課 (5) and 市民課 (2 and the crowd).
  test('200 people at once are the most', () => {
    expect(problemsOf(crowded(190))).toEqual([]);
  });

  test('one more names the section, the floor, the number, the bound and the mend', () => {
    expect(problemsOf(crowded(191))).toEqual([
      expect.stringContaining(
        '- escalation[2].second[1].who: 総務課の職員が本庁舎1階から呼ぶと、一度に 201 人を呼び出すことになります（上限 200 人）。呼び先を減らすか、課や階を分けてください。',
      ),
    ]);
  });
});
