import { createDirectory } from '../../../services/directory/createDirectory.ts';
import type { Directory, Place, ResolvedStep, StepsQuery } from '../../../services/directory/directory.ts';
import { OrganizationError, parseOrganization } from '../../../services/directory/organization.ts';

const id = (last: string): string => `00000000-0000-4000-8000-${last.padStart(12, '0')}`;

/** People of the test city by what they are. */
export const ID = {
  reporter: id('1'),
  colleague: id('2'),
  dutyOne: id('3'),
  dutyTwo: id('4'),
  taxHead: id('5'),
  taxDeputy: id('6'),
  taxDirector: id('7'),
  citizen: id('11'),
  citizenHead: id('12'),
  collector: id('21'),
  collectHead: id('22'),
  affairsDuty: id('31'),
  affairsStaff: id('32'),
  affairsManager: id('33'),
  affairsDeputy: id('34'),
  branch: id('41'),
  branchHead: id('42'),
  counter: id('91'),
  quietless: id('92'),
} as const;

/** A small city with every part of the format. Tuesday 1 December 2026 is an ordinary working day. */
export const CITY = `
city: 試験市
tenantId: ${id('aa')}
timezone: Asia/Tokyo
helpExtension: 内線 2119
limits: { arriveMinutes: 4 }
buildings:
  - id: main
    name: 本庁舎
    address: 試験市1番地
    entrance: 正面玄関
    outsidePrefix: "0"
    evacuation: 北側へ
    hours: { mon: "08:30-17:15", tue: "08:30-17:15", wed: "08:30-17:15", thu: "08:30-17:15", fri: "08:30-17:15" }
    closedDays: { dates: [2026-12-07] }
  - id: branch
    name: 東支所
    aliases: [支所]
    address: 試験市2番地
    entrance: 南口
    outsidePrefix: ""
    evacuation: 南側へ
    hours: { tue: "10:00-16:00", sat: "10:00-12:00" }
departments:
  - { id: tax-dept, name: 税務部, head: ${ID.taxDirector}, building: main, floor: 2 }
  - { id: other-dept, name: 総務部, head: ${ID.taxDirector}, building: main }
sections:
  - id: tax
    name: 税務課
    department: tax-dept
    building: main
    floor: 1
    head: ${ID.taxHead}
    next: [collect]
    codePhrases: [{ phrase: 7番の資料をお願いします, level: assist }]
  - { id: collect, name: 収税課, department: tax-dept, building: main, floor: 2, head: ${ID.collectHead} }
  - { id: citizen, name: 市民課, department: other-dept, building: main, floor: 1, head: ${ID.citizenHead}, quiet: true }
  - { id: affairs, name: 総務課, department: other-dept, building: main, floor: 3, head: ${ID.affairsManager} }
  - { id: east, name: 東窓口課, department: other-dept, building: branch, floor: 1, head: ${ID.branchHead}, quiet: false }
places:
  - { name: 2番窓口, building: main, floor: 1, section: citizen }
  - { name: 2番窓口, building: main, floor: 1, section: tax }
  - { name: 3番窓口, building: main, floor: 1, section: tax }
  - { name: 相談室, aliases: [相談ブース], building: main, section: tax, arriveMinutes: 2 }
  - { name: 第2相談室, building: main, floor: 3 }
  - { name: 税務課前のベンチ, building: main, floor: 1 }
  - { name: 駐車場, building: main }
  - { name: 1番窓口, building: branch, section: east }
people:
  - { id: ${ID.reporter}, name: 佐藤 美咲, aliases: [さとう みさき], post: 主任, section: tax }
  - { id: ${ID.colleague}, name: 田中 由美, section: tax }
  - { id: ${ID.dutyOne}, name: 鈴木 健太, section: tax }
  - { id: ${ID.dutyTwo}, name: 高橋 直樹, section: tax, away: [{ from: 2026-12-10, to: 2026-12-11 }] }
  - id: ${ID.taxHead}
    name: 伊藤 誠
    post: 税務課長
    section: tax
    away: [{ from: 2026-12-02, to: 2026-12-04 }]
    deputies:
      - { person: ${ID.dutyTwo}, to: 2026-12-02 }
      - { person: ${ID.taxDeputy}, from: 2026-12-02, to: 2026-12-03 }
      - { person: ${ID.collectHead}, to: 2026-12-03 }
  - { id: ${ID.taxDeputy}, name: 渡辺 亮, section: collect, away: [{ from: 2026-12-03, to: 2026-12-03 }] }
  - { id: ${ID.taxDirector}, name: 中村 浩一, post: 税務部長, section: tax-dept }
  - { id: ${ID.citizen}, name: 佐藤 一郎, section: citizen }
  - { id: ${ID.citizenHead}, name: 小林 真理, section: citizen }
  - { id: ${ID.collector}, name: 山本 彩, section: collect }
  - { id: ${ID.collectHead}, name: 加藤 翔, section: collect }
  - { id: ${ID.affairsDuty}, name: 清水 陽子, section: affairs }
  - { id: ${ID.affairsStaff}, name: 林 大輔, section: affairs }
  - id: ${ID.affairsManager}
    name: 斎藤 明
    post: 総務課長
    section: affairs
    away: [{ from: 2026-12-02, to: 2026-12-02 }]
    deputies: [{ person: ${ID.affairsDeputy} }]
  - { id: ${ID.affairsDeputy}, name: 森 智子, section: affairs }
  - { id: ${ID.branch}, name: 井上 舞, section: east }
  - { id: ${ID.branchHead}, name: 松本 和夫, section: east }
counters:
  - { id: ${ID.counter}, name: 税務課2番窓口, section: tax, place: 2番窓口 }
  - { id: ${ID.quietless}, name: 支所の端末, section: east, place: 1番窓口 }
triggers:
  - { id: button, name: 支所のボタン, section: east, place: 1番窓口, levels: [emergency, assist], revoked: false }
generalAffairs: { section: affairs, manager: ${ID.affairsManager}, channel: "19:ga@thread.tacv2" }
duty:
  - section: tax
    lane: second
    people:
      - { person: ${ID.dutyOne}, weekdays: [tue, wed] }
      - { person: ${ID.dutyTwo}, from: 2026-12-03, to: 2026-12-10 }
  - section: affairs
    lane: generalAffairs
    people: [{ person: ${ID.affairsDuty} }]
escalation:
  - when: { levels: [assist], buildings: [branch], hours: [closed] }
    second: [{ phoneOnly: { label: 宿直室, extension: "2100" }, wait: 0 }, { who: [section-head], wait: 30 }]
    generalAffairs: [{ who: [general-affairs-manager], wait: 30 }]
  - when: { levels: [assist], hours: [after] }
    second: [{ who: [section-head], wait: 40, label: 時間外の連絡先 }]
    generalAffairs: [{ who: [general-affairs-manager], wait: 40 }]
  - when: { levels: [assist, emergency] }
    second:
      - { who: [duty], wait: 30 }
      - { who: [same-section, same-floor], wait: 30 }
      - { who: [next-section], wait: 30 }
      - { who: [section-head, department-head], wait: 30 }
      - { who: [everyone, "person:${ID.branch}"], wait: 30 }
    generalAffairs:
      - { who: [general-affairs-duty], wait: 30 }
      - { who: [general-affairs], wait: 30 }
      - { who: [general-affairs-manager], wait: 30 }
  - when: { levels: [advice] }
    second: []
    generalAffairs: [{ who: [general-affairs-duty, general-affairs], wait: 300 }]
`;

/** The city with one passage written otherwise. */
export function city(from = '', to = ''): string {
  if (!CITY.includes(from)) throw new RangeError(`not in the fixture: ${from}`);
  return CITY.replace(from, to);
}

export const directory = (text = CITY): Directory => createDirectory(parseOrganization(text));

/** What the operator reads: one line a problem. */
export function problemsOf(text: string): string[] {
  try {
    parseOrganization(text);
  } catch (error) {
    if (error instanceof OrganizationError) return error.message.split('\n').slice(1);
    throw error;
  }
  return [];
}

/** Milliseconds of a wall clock time in Japan: `2026-12-01 10:00`. */
export const jst = (wall: string): number => Date.parse(`${wall.replace(' ', 'T')}:00+09:00`);

export const TUESDAY = jst('2026-12-01 10:00');

export const COUNTER_PLACE: Place = {
  text: '2番窓口',
  building: 'main',
  buildingName: '本庁舎',
  floor: 1,
  section: 'tax',
  arriveMinutes: 4,
};

/** Steps for a colleague of the tax section at its counter on a Tuesday morning, unless said otherwise. */
export function steps(query: Partial<StepsQuery> & { at?: number } = {}): readonly ResolvedStep[] {
  const { at = TUESDAY, ...rest } = query;
  return directory().steps({
    lane: 'second',
    level: 'assist',
    section: 'tax',
    place: COUNTER_PLACE,
    policyAt: at,
    peopleAt: at,
    ...rest,
  });
}
