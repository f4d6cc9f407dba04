import { LANES } from './directory.ts';
import type { HoursKind, PagedLevel, Rule, Step, Who } from './escalationSchema.ts';
import { HOURS_KINDS, PAGED_LEVELS } from './escalationSchema.ts';
import { floorName } from './location.ts';
import type { Finding } from './problems.ts';
import { createRoster, type Roster } from './roster.ts';
import type { Organization, Section } from './schema.ts';
import { findRule } from './steps.ts';
import { resolveWho } from './who.ts';

/** Beyond this many people a step takes longer to send than anybody waits (the service takes about 50 a second). */
export const MAX_PEOPLE_PER_STEP = 200;

const LEVEL_NAMES: Readonly<Record<PagedLevel, string>> = {
  advice: '相談',
  assist: '応援',
  emergency: '緊急',
};
const HOURS_NAMES: Readonly<Record<HoursKind, string>> = {
  open: '開庁時間',
  after: '時間外',
  closed: '閉庁日',
};

/** Every level has a rule for every building at every hour, every rule is used, and no lane is forgotten. */
export function coverageFindings(org: Organization): Finding[] {
  const used = new Set<Rule>();
  const findings: Finding[] = [];
  for (const level of PAGED_LEVELS)
    for (const building of org.buildings) {
      const missing = HOURS_KINDS.filter((hours) => {
        const rule = findRule(org.escalation, level, building.id, hours);
        if (rule) used.add(rule);
        return rule === undefined;
      });
      if (missing.length > 0) findings.push(noRule(level, building.name, missing));
    }
  org.escalation.forEach((rule, index) => {
    if (!used.has(rule))
      findings.push({
        path: ['escalation', index],
        message: '上の規則に隠れて、使われることがありません。上へ移すか、条件を直すか、消してください。',
      });
    findings.push(...emptyLanes(rule, index));
  });
  return findings;
}

function noRule(level: PagedLevel, building: string, hours: readonly HoursKind[]): Finding {
  const times = hours.map((kind) => HOURS_NAMES[kind]).join('・');
  return {
    path: ['escalation'],
    message: `${LEVEL_NAMES[level]}（${level}）の規則が「${building}」の${times}にありません。このままではだれも呼び出されません。levels に ${level} を含み、buildings と hours を書かない規則を最後に足してください。`,
  };
}

function emptyLanes(rule: Rule, index: number): Finding[] {
  // Advice goes to General Affairs alone; a second person is called to where somebody is needed (R4).
  const needed = rule.when.levels.some((level) => level !== 'advice') ? LANES : (['generalAffairs'] as const);
  return needed
    .filter((lane) => rule[lane].length === 0)
    .map((lane) => ({
      path: ['escalation', index, lane],
      message: 'だれも呼び出さない規則です。段階を一つ以上書いてください。',
    }));
}

/**
 * Whether the steps fit the people there are: nobody calls in vain, no step is too large. Only for a file whose
 * references hold.
 */
export function staffingFindings(org: Organization): Finding[] {
  const roster = createRoster(org);
  return org.escalation.flatMap((rule, index) => [
    ...LANES.flatMap((lane) =>
      rule[lane].flatMap((step, at) => sizeFinding(roster, step, ['escalation', index, lane, at, 'who'])),
    ),
    ...callsInVain(roster, rule, index),
  ]);
}

function sizeFinding(roster: Roster, step: Step, path: Finding['path']): Finding[] {
  if (!step.who) return [];
  const { size, where } = largest(roster, step.who);
  if (size === 0)
    return [
      {
        path,
        message: 'だれにも当てはまりません。当番（duty）や課の職員を書くか、この段階を消してください。',
      },
    ];
  if (size <= MAX_PEOPLE_PER_STEP) return [];
  const message = `${where}、一度に ${size} 人を呼び出すことになります（上限 ${MAX_PEOPLE_PER_STEP} 人）。呼び先を減らすか、課や階を分けてください。`;
  return [{ path, message }];
}

/** The most people a step could ever page, over every caller's section and every floor. */
function largest(roster: Roster, who: readonly Who[]): { size: number; where: string } {
  const { sections } = roster.org;
  const onFloor = who.includes('same-floor');
  const spots = onFloor ? new Map(sections.map((one) => [`${one.building}/${one.floor}`, one])).values() : [];
  const floors = [...spots].map(({ building, floor }) => ({
    where: `${roster.buildings.get(building)?.name ?? ''}${floorName(floor)}`,
    sections: roster.sectionsOn(building, floor),
  }));
  let worst = { size: 0, where: '' };
  for (const home of sections)
    for (const floor of onFloor ? floors : [{ where: '', sections: [] }]) {
      const { length: size } = resolveWho(who, { roster, home, floor: floor.sections, when: undefined });
      const where = onFloor ? `${home.name}の職員が${floor.where}から呼ぶと` : `${home.name}の職員が呼ぶと`;
      if (size > worst.size) worst = { size, where };
    }
  return worst;
}

/** Lanes without anybody for some section, or for somebody who is not in the file. */
function callsInVain(roster: Roster, rule: Rule, index: number): Finding[] {
  const applies = roster.org.sections.filter(
    ({ building }) => rule.when.buildings?.includes(building) ?? true,
  );
  const alone = applies.find((section) => rule.second.length > 0 && !reaches(roster, rule.second, section));
  const stranger = !reaches(roster, rule.generalAffairs, undefined);
  return [
    ...(alone
      ? [
          {
            path: ['escalation', index, 'second'],
            message: `${alone.name}から呼んでも、だれにも当てはまりません。same-section や section-head などを足してください。`,
          },
        ]
      : []),
    ...(stranger
      ? [
          {
            path: ['escalation', index, 'generalAffairs'],
            message:
              '職員名簿にない人が呼ぶと、だれも呼び出されません。general-affairs や general-affairs-manager を足してください。',
          },
        ]
      : []),
  ];
}

function reaches(roster: Roster, steps: readonly Step[], home: Section | undefined): boolean {
  const floor = home ? roster.sectionsOn(home.building, home.floor) : [];
  return steps.some(
    ({ who, phoneOnly }) =>
      phoneOnly !== undefined || resolveWho(who ?? [], { roster, home, floor, when: undefined }).length > 0,
  );
}
