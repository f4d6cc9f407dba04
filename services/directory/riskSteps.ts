import { daysFrom, type JapanTime, japanTime, noonOf } from './calendar.ts';
import type { Lane } from './directory.ts';
import { LANES } from './directory.ts';
import { HOURS_KINDS, type HoursKind, type Rule, type Step } from './escalationSchema.ts';
import { hoursAt } from './openingHours.ts';
import { type Finding, type Path, writePath } from './problems.ts';
import type { RiskScope } from './riskScope.ts';
import type { Roster } from './roster.ts';
import type { Section } from './schema.ts';
import { findRule, labelOf } from './steps.ts';
import { resolveWho } from './who.ts';

const LANE_NAMES: Readonly<Record<Lane, string>> = { second: '応援職員', generalAffairs: '総務課' };
/** A day of every kind comes within this, year end included. */
const DAYS_AHEAD = 14;

/** A rule as somebody of a section meets it. */
interface Visit {
  readonly rule: Rule;
  readonly index: number;
  readonly lane: Lane;
  readonly home: Section;
  /** The next day on which the rule is used there. */
  readonly when: JapanTime;
}

/** Escalation (R4): steps and lanes that reach nobody new. */
export function stepRisks(scope: RiskScope): Finding[] {
  const visits = allVisits(scope);
  return [
    ...emptySteps(scope.roster, visits),
    ...lonelyLanes(scope.roster, visits),
    ...repeatedWho(scope.roster),
  ];
}

function allVisits({ roster, today }: RiskScope): Visit[] {
  const { escalation, sections } = roster.org;
  return escalation.flatMap((rule, index) =>
    sections.flatMap((home) => {
      const hours = HOURS_KINDS.find((kind) =>
        rule.when.levels.some((level) => findRule(escalation, level, home.building, kind) === rule),
      );
      if (hours === undefined) return [];
      const when = nextDay(roster, home, hours, today);
      return LANES.map((lane) => ({ rule, index, lane, home, when }));
    }),
  );
}

function nextDay(roster: Roster, { building }: Section, hours: HoursKind, today: string): JapanTime {
  const found = roster.buildings.get(building) ?? roster.mainBuilding;
  const days = daysFrom(today, DAYS_AHEAD);
  const isClosed = (when: JapanTime) => hoursAt(found, noonOf(when.day)) === 'closed';
  const [first] = days.filter((when) => isClosed(when) === (hours === 'closed'));
  return first ?? japanTime(noonOf(today));
}

const pagedBy = (roster: Roster, { who }: Step, { home, when }: Visit, ever = false): string[] =>
  resolveWho(who ?? [], {
    roster,
    home,
    floor: roster.sectionsOn(home.building, home.floor),
    when: ever ? undefined : when,
  });

/** The same gap, wherever it shows. */
interface Gap {
  readonly step: Step;
  readonly paths: Path[];
  readonly sections: Set<string>;
  readonly day: string;
  /** Nobody could ever be meant; else it is for now (somebody is away). */
  readonly isLasting: boolean;
}

/** Steps that reach nobody are passed at once: the caller waits for less than the file promises. */
function emptySteps(roster: Roster, visits: readonly Visit[]): Finding[] {
  const gaps = new Map<string, Gap>();
  for (const visit of visits)
    visit.rule[visit.lane].forEach((step, at) => {
      if (!isJudged(step, roster, visit.home) || pagedBy(roster, step, visit).length > 0) return;
      const isLasting = pagedBy(roster, step, visit, true).length === 0;
      const key = JSON.stringify([visit.lane, step.who, isLasting]);
      const gap = gaps.get(key) ?? { step, paths: [], sections: new Set(), day: visit.when.day, isLasting };
      gaps.set(key, gap);
      const path = ['escalation', visit.index, visit.lane, at];
      if (!gap.paths.some((known) => writePath(known) === writePath(path))) gap.paths.push(path);
      gap.sections.add(visit.home.name);
    });
  return [...gaps.values()].map((gap) => gapFinding(roster, gap));
}

/** Duty and sections without colleagues are told where they are written. */
function isJudged({ who }: Step, roster: Roster, home: Section): boolean {
  const isAlone = !roster.members(home.id).some((id) => id !== home.head);
  return (
    who?.some(
      (one) => one !== 'duty' && one !== 'general-affairs-duty' && !(isAlone && one === 'same-section'),
    ) ?? false
  );
}

function gapFinding(roster: Roster, { step, paths, sections, day, isLasting }: Gap): Finding {
  const [path = [], ...others] = paths;
  const also = others.length === 0 ? '' : `（${others.map(writePath).join('、')} も同じです）`;
  const from = sections.size === roster.org.sections.length ? 'どの課' : [...sections].join('、');
  const isNext = step.who?.includes('next-section') ?? false;
  const mend = !isLasting
    ? '代理を書くか、不在の間だけほかの呼び先を足してください。'
    : isNext
      ? '近くに課があれば sections の next に書いてください（なければ、このままでかまいません）。'
      : 'ほかの呼び先を足してください。';
  const why = isLasting ? 'だれも当てはまらず' : `${day} は当てはまる人が不在で`;
  return {
    path,
    message: `「${labelOf(step, roster)}」の段階は、${from}から呼ぶと${why}、そのまま次へ進みます${also}。${mend}`,
  };
}

/** A lane that in all its steps has one person: whoever cannot answer then leaves the caller alone. */
function lonelyLanes(roster: Roster, visits: readonly Visit[]): Finding[] {
  const lonely = new Map<string, Visit & { readonly found: Map<string, string[]> }>();
  for (const visit of visits) {
    const steps = visit.rule[visit.lane];
    if (steps.length === 0 || steps.some(({ phoneOnly }) => phoneOnly !== undefined)) continue;
    const people = new Set(steps.flatMap((step) => pagedBy(roster, step, visit)));
    if (people.size > 1) continue;
    const [id = ''] = people;
    const name = roster.people.get(id)?.name;
    const whom = name === undefined ? `${visit.when.day} はだれもいません` : `${name}さん`;
    const key = JSON.stringify([visit.index, visit.lane]);
    const { found } = lonely.get(key) ?? { found: new Map<string, string[]>() };
    lonely.set(key, { ...visit, found: found.set(whom, [...(found.get(whom) ?? []), visit.home.name]) });
  }
  return [...lonely.values()].map(({ index, lane, found }) => {
    const sections = [...found].map(([whom, names]) => `${names.join('・')}（${whom}）`).join('、');
    const message = `この規則で${LANE_NAMES[lane]}として呼び出される人が、多くて一人です: ${sections}。応えられないときに備えて、呼び先を足してください。`;
    return { path: ['escalation', index, lane], message };
  });
}

/** Written twice in one step, where another group was probably meant. */
function repeatedWho({ org }: Roster): Finding[] {
  return org.escalation.flatMap((rule, index) =>
    LANES.flatMap((lane) =>
      rule[lane].flatMap(({ who = [] }, at) =>
        who.flatMap((one, place) =>
          who.indexOf(one) === place
            ? []
            : [
                {
                  path: ['escalation', index, lane, at, 'who', place],
                  message: `「${one}」が同じ段階に二度書かれています。別の呼び先の書き間違いでないか確かめて、片方を消してください。`,
                },
              ],
        ),
      ),
    ),
  );
}
