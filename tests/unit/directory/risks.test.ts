import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { examine } from '../../../services/directory/examination.ts';
import { ORGANIZATION } from '../../harness/organization.ts';
import { CITY, ID } from './fixture.ts';

/** A Tuesday; the city hall is open. */
const TODAY = '2026-12-01';
const DEMO = readFileSync(ORGANIZATION, 'utf8');
const id = (last: string): string => `00000000-0000-4000-8000-000000000${last}`;

type Edit = readonly [from: string | RegExp, to: string];

function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce((before, [from, to]) => {
    const after = before.replace(from, to);
    if (after === before) throw new RangeError(`nothing to edit: ${from}`);
    return after;
  }, text);
}

/** `path: message` of each risk. */
const risksOf = (...edits: readonly Edit[]): string[] => risksIn(edited(DEMO, edits));
const risksIn = (text: string): string[] =>
  (examine(text, TODAY).risks ?? []).map(({ path, message }) => `${path}: ${message}`);

/** An edit of the lines of one person, by the end of the id. */
const person = (last: string, from: string | RegExp, to: string): Edit => {
  const entry = new RegExp(`  - id: ${id(last)}\\n(?:    .*\\n)+`).exec(DEMO)?.[0] ?? '';
  return [entry, edited(entry, [[from, to]])];
};
const noDeputy = (last: string): Edit => person(last, / {4}deputies:\n.*\n/, '');
const away = (last: string, from: string, to: string): Edit =>
  person(last, /\n$/, `\n    away: [{ from: ${from}, to: ${to} }]\n`);
const HOURS = / {4}hours:\n(?: {6}\w+: "09:00-17:00"\n)+/;
const SHUZEI_HEAD = `head: ${id('111')}`;
const ICHIRO = `      - person: ${id('203')} # 佐藤 一郎\n        weekdays: [tue, thu]\n`;

interface Case {
  readonly risk: readonly Edit[];
  readonly path: string;
  readonly says: readonly string[];
  /** The same with the gap closed; the demo city as it is when absent. */
  readonly mended?: readonly Edit[];
}

const cases: Readonly<Record<string, Case>> = {
  'a building without opening hours': {
    risk: [[HOURS, '    hours: {}\n']],
    path: 'buildings[1].hours',
    says: ['「みなと支所」に開庁時間がなく'],
  },
  'a section with nobody but its head': {
    risk: [
      person('212', 'section: shisho-madoguchi', 'section: shimin-bu'),
      person('213', 'section: shisho-madoguchi', 'section: shimin-bu'),
    ],
    path: 'sections[3]',
    says: ['支所窓口課には、所属長のほかに職員がいません'],
    mended: [person('212', 'section: shisho-madoguchi', 'section: shimin-bu')],
  },
  'a section without duty where the rules call it': {
    risk: [[/ {2}- section: shuzei\n.*\n.*\n.*\n/, '']],
    path: 'sections[1]',
    says: ['収税課に応援職員の当番がありません', 'section: shuzei'],
  },
  'a weekday without anybody on duty': {
    risk: [['weekdays: [tue, thu]', 'weekdays: [tue]']],
    path: 'duty[1]',
    says: ['市民課の応援職員の当番が、次の開庁日にいません: 12月3日（木）。'],
  },
  'a day on which everybody on duty is away': {
    risk: [away('301', '2026-12-02', '2026-12-02')],
    path: 'duty[4]',
    says: ['総務課の当番が、次の開庁日にいません: 12月2日（水）。'],
    mended: [away('301', '2026-12-05', '2026-12-06')],
  },
  'a duty that has ended among others': {
    risk: [['weekdays: [mon, wed, fri]\n', 'weekdays: [mon, wed, fri]\n        to: 2026-11-30\n']],
    path: 'duty[1].people[0]',
    says: ['期間の終わった当番が 1 件'],
    mended: [['weekdays: [mon, wed, fri]\n', 'weekdays: [mon, wed, fri]\n        to: 2026-12-31\n']],
  },
  'somebody of a distant section on duty': {
    risk: [[`person: ${id('203')} # 佐藤 一郎\n        weekdays`, `person: ${id('112')}\n        weekdays`]],
    path: 'duty[1].people[1].person',
    says: ['山本 彩さんは収税課の職員で、市民課と同じ階でも、隣の課でもありません'],
    // 税務課 is on the same floor.
    mended: [
      [`person: ${id('203')} # 佐藤 一郎\n        weekdays`, `person: ${id('104')}\n        weekdays`],
    ],
  },
  'somebody of another section on duty for General Affairs': {
    risk: [[`- person: ${id('301')}`, `- person: ${id('102')}`]],
    path: 'duty[4].people[0].person',
    says: ['鈴木 健太さんは税務課の職員で、総務課の職員ではない'],
    mended: [[`- person: ${id('301')}`, `- person: ${id('302')}`]],
  },
  'the same person twice on one day of duty': {
    risk: [[ICHIRO, `${ICHIRO}      - person: ${id('203')}\n        weekdays: [thu, fri]\n`]],
    path: 'duty[1].people[2]',
    says: ['佐藤 一郎さんが同じ日の当番に二度', 'duty[1].people[1]'],
    mended: [[ICHIRO, `${ICHIRO}      - person: ${id('203')}\n        weekdays: [wed, fri]\n`]],
  },
  'a section head without deputy': {
    risk: [noDeputy('111')],
    path: 'people[6].deputies',
    says: ['渡辺 亮さん（収税課の所属長）に代理がいません'],
  },
  'a head of department without deputy': {
    risk: [noDeputy('221')],
    path: 'people[8].deputies',
    says: ['山田 隆さん（市民部の部局等の長）に代理がいません'],
  },
  'the manager of General Affairs without deputy': {
    risk: [noDeputy('303')],
    path: 'people[18].deputies',
    says: ['斎藤 明さん（総務課の所属長・総務課長）に代理がいません'],
  },
  'one head of several sections without deputy': {
    risk: [noDeputy('105'), [SHUZEI_HEAD, `head: ${id('105')}`]],
    path: 'people[5].deputies',
    says: ['税務課の所属長・収税課の所属長', '2つの職が一度に空き'],
    mended: [[SHUZEI_HEAD, `head: ${id('105')}`]],
  },
  'deputies whose time is over': {
    risk: [person('111', /# 伊藤 誠\n/, '\n        to: 2026-11-30\n')],
    path: 'people[6].deputies',
    says: ['代理の期間が、2026-11-30 ですべて終わっています'],
    mended: [person('111', /# 伊藤 誠\n/, '\n        to: 2026-12-01\n')],
  },
  'a deputy who is away with the holder': {
    risk: [away('105', '2026-12-02', '2026-12-04'), away('103', '2026-12-03', '2026-12-03')],
    path: 'people[5].away[0]',
    says: ['伊藤 誠さん（税務課の所属長）が不在の日のうち 2026-12-03 は、代理もいません'],
    mended: [away('105', '2026-12-02', '2026-12-04'), away('103', '2026-12-05', '2026-12-05')],
  },
  'a section head of another department': {
    risk: [[SHUZEI_HEAD, `head: ${id('201')}`]],
    path: 'sections[1].head',
    says: ['収税課の所属長の小林 真理さんは、収税課ではなく市民課の職員です'],
    // Heads two sections of one department.
    mended: [[SHUZEI_HEAD, `head: ${id('105')}`]],
  },
  'a head of department of another department': {
    risk: [[`head: ${id('221')}`, `head: ${id('121')}`]],
    path: 'departments[1].head',
    says: ['市民部の部局等の長の中村 浩一さんは、市民部ではなく税務部の職員です'],
  },
  'a manager who is not of General Affairs': {
    risk: [[`manager: ${id('303')}`, `manager: ${id('105')}`]],
    path: 'generalAffairs.manager',
    says: ['伊藤 誠さんは、総務課ではなく税務課の職員です'],
  },
  'one name under two ids in one section': {
    risk: [person('213', '木村 拓', '井上　舞')],
    path: 'people[14].name',
    says: ['支所窓口課に二人います（people[13] と、id が別）'],
    mended: [person('213', '木村 拓', '佐藤 美咲')],
  },
  'absences long past': {
    risk: [away('101', '2026-01-05', '2026-01-06'), away('102', '2025-12-01', '2025-12-01')],
    path: 'people[1].away[0]',
    says: ['2 件あります'],
    mended: [away('101', '2026-11-01', '2026-11-30')],
  },
  'General Affairs without channel': {
    risk: [[/ {2}channel: 19:.*\n/, '']],
    path: 'generalAffairs.channel',
    says: ['総務課のチャネルがありません'],
  },
  'one person in General Affairs': {
    risk: ['301', '302', '304'].map((one) => person(one, 'section: soumu', 'section: soumu-bu')),
    path: 'generalAffairs.section',
    says: ['総務課の職員が一人しかいません'],
    mended: ['302', '304'].map((one) => person(one, 'section: soumu', 'section: soumu-bu')),
  },
  'a step that reaches nobody of a section': {
    risk: [[/ {4}next: \[shuzei\]\n\n/, '\n']],
    path: 'escalation[0].second[2]',
    says: ['「隣の課の職員」の段階は、支所窓口課、総務課から呼ぶと', 'escalation[4].second[1] も同じです'],
  },
  'a step that reaches nobody for now': {
    risk: [person('111', /deputies:\n.*\n/, 'away: [{ from: 2026-11-30, to: 2026-12-02 }]\n')],
    path: 'escalation[1].second[4]',
    says: ['「所属長」の段階は、収税課から呼ぶと2026-12-01 は当てはまる人が不在で'],
    mended: [away('111', '2026-11-30', '2026-12-02')],
  },
  'a group twice in one step': {
    risk: [['- who: [same-floor, next-section]', '- who: [same-floor, same-floor]']],
    path: 'escalation[1].second[3].who[1]',
    says: ['「same-floor」が同じ段階に二度'],
  },
};

describe('each risk is told with its place and its mend, and is gone when mended', () => {
  test.each(Object.entries(cases))('%s', (_, { risk, path, says, mended = [] }) => {
    const found = risksOf(...risk).filter((line) => line.startsWith(`${path}: `));
    expect(found.filter((line) => says.every((words) => line.includes(words)))).toHaveLength(1);
    expect(found[0]).toMatch(/(ください|でかまいません）)。$/u);
    const left = risksOf(...mended).filter((line) => line.startsWith(`${path}: `));
    expect(left.filter((line) => says.every((words) => line.includes(words)))).toEqual([]);
  });

  test('a lane that is one person, and from whom', () => {
    const [second, affairs] = risksIn(CITY).filter((line) => line.startsWith('escalation[1].'));
    expect(second).toContain(
      'escalation[1].second: この規則で応援職員として呼び出される人が、多くて一人です: 税務課（伊藤 誠さん）、',
    );
    expect(affairs).toContain('税務課・収税課・市民課・総務課・東窓口課（斎藤 明さん）');
    const more = CITY.replace('who: [section-head], wait: 40', 'who: [section-head, same-section], wait: 40');
    expect(risksIn(more).filter((line) => line.startsWith('escalation[1].second:'))).toEqual([]);
  });

  test('a lane that nobody answers today', () => {
    const gone = CITY.replace(
      'section: east }\n  - { id',
      `section: east, away: [{ from: ${TODAY}, to: ${TODAY} }] }\n  - { id`,
    ).replace(
      `{ id: ${ID.branchHead}, name: 松本 和夫, section: east }`,
      `{ id: ${ID.branchHead}, name: 松本 和夫, section: east, away: [{ from: ${TODAY}, to: ${TODAY} }] }`,
    );
    expect(risksIn(gone).join('\n')).toContain('東窓口課（2026-12-01 はだれもいません）');
  });
});

describe('the demo city', () => {
  test('has one gap on purpose: a branch has no neighbour', () => {
    expect(risksOf()).toEqual([
      expect.stringMatching(/^escalation\[0\]\.second\[2\]: 「隣の課の職員」の段階は、支所窓口課から呼ぶと/),
    ]);
  });

  test.each(['2026-12-05', '2026-12-29', '2027-01-03', '2027-04-01', '2027-05-03'])(
    'is as good on %s: holidays make no false alarm',
    (day) => {
      expect(examine(DEMO, day).risks).toHaveLength(1);
    },
  );

  test('every risk has a line of the file', () => {
    for (const { line } of examine(CITY, TODAY).risks ?? []) expect(line).toBeGreaterThan(0);
  });
});

describe('what is usual is no risk', () => {
  test('heads who stand in for each other', () => {
    const mutual = person('111', `person: ${id('105')} # 伊藤 誠`, `person: ${id('105')}`);
    const back = person('105', `person: ${id('103')} # 高橋 直樹`, `person: ${id('111')}`);
    expect(risksOf(mutual, back)).toEqual(risksOf());
  });

  test('one person on duty on several lines of different days, or in two lanes', () => {
    const days = `${ICHIRO}      - person: ${id('203')}\n        weekdays: [mon]\n        from: 2026-12-07\n`;
    expect(risksOf([ICHIRO, days])).toEqual(risksOf());
    expect(
      risksOf([`- person: ${id('304')} # 森 智子\n  - section`, `- person: ${id('301')}\n  - section`]),
    ).toEqual(risksOf());
  });
});
