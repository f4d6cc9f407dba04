import { daysFrom, type JapanTime, noonOf, WEEKDAYS } from './calendar.ts';
import { hoursAt } from './openingHours.ts';
import { type Finding, type Path, writePath } from './problems.ts';
import type { RiskScope } from './riskScope.ts';
import type { Organization, Section } from './schema.ts';
import { findRule } from './steps.ts';
import { onDuty } from './who.ts';

type Duty = Organization['duty'][number];
type Entry = Duty['people'][number];

const DAYS_AHEAD = 7;
const WEEKDAY_NAMES = ['日', '月', '火', '水', '木', '金', '土'] as const;

/** Duty lists (R4): the first who are called. */
export function dutyRisks(scope: RiskScope): Finding[] {
  const { org } = scope.roster;
  return [
    ...org.sections.flatMap((section, index) => withoutList(scope, section, index)),
    ...org.duty.flatMap((duty, index) => [
      ...uncoveredDays(scope, duty, index),
      ...ended(scope, duty, index),
      ...duty.people.flatMap(({ person }, at) =>
        outsider(scope, duty, person, ['duty', index, 'people', at, 'person']),
      ),
    ]),
    ...twice(org),
  ];
}

/** A section whose duty step stands in the rules while nobody is on duty there, ever. */
function withoutList({ roster }: RiskScope, { id, name, building }: Section, index: number): Finding[] {
  const { duty, escalation } = roster.org;
  const hasList = duty.some(
    ({ section, lane, people }) => section === id && lane === 'second' && people.length > 0,
  );
  const relies = (['assist', 'emergency'] as const).some((level) =>
    findRule(escalation, level, building, 'open')?.second.some(({ who }) =>
      who?.every((one) => one === 'duty'),
    ),
  );
  if (hasList || !relies) return [];
  const message = `${name}に応援職員の当番がありません。呼び出しの「当番」の段階は、だれも呼ばずに次へ進みます。duty に、section: ${id}、lane: second の当番を書いてください。`;
  return [{ path: ['sections', index], message }];
}

/** Told once for a section and lane, at its first list. */
function uncoveredDays({ roster, today }: RiskScope, { section, lane }: Duty, index: number): Finding[] {
  const { duty } = roster.org;
  const home = roster.sections.get(section);
  const building = roster.buildings.get(home?.building ?? '');
  const isFirst = duty.findIndex((one) => one.section === section && one.lane === lane) === index;
  if (!isFirst || home === undefined || building === undefined) return [];
  const open = daysFrom(today, DAYS_AHEAD).filter(({ day }) => hoursAt(building, noonOf(day)) !== 'closed');
  const days = open.filter((when) => onDuty(section, lane, { roster, when }).length === 0);
  if (days.length === 0) return [];
  const list = days.map(dayName).join('、');
  const message = `${home.name}の${lane === 'second' ? '応援職員の' : ''}当番が、次の開庁日にいません: ${list}。曜日・期間・不在を確かめて、その日の当番を足してください。`;
  return [{ path: ['duty', index], message }];
}

/** 「12月3日（木）」. */
function dayName({ day, weekday }: JapanTime): string {
  const [, month, date] = day.split('-').map(Number);
  return `${month}月${date}日（${WEEKDAY_NAMES[WEEKDAYS.indexOf(weekday)]}）`;
}

/** Told while others follow: a list that has ended as a whole is told by its days. */
function ended({ today }: RiskScope, { people }: Duty, index: number): Finding[] {
  const isPast = ({ to }: Entry) => to !== undefined && to < today;
  const past = people.filter(isPast).length;
  if (past === 0 || past === people.length) return [];
  const message = `期間の終わった当番が ${past} 件残っています。続けるなら to を直し、終わったのなら行を消してください。`;
  return [{ path: ['duty', index, 'people', people.findIndex(isPast)], message }];
}

/** Somebody on duty who sits too far away to come, or does not belong to General Affairs. */
function outsider({ roster }: RiskScope, { section, lane }: Duty, id: string, path: Path): Finding[] {
  const person = roster.people.get(id);
  const home = roster.sections.get(section);
  if (person === undefined || home === undefined) return [];
  const own = roster.sections.get(person.section) ?? roster.departments.get(person.section);
  const away = `${person.name}さんは${own?.name ?? person.section}の職員で、`;
  if (lane === 'generalAffairs') {
    const belongs = person.section === section || id === roster.org.generalAffairs.manager;
    const message = `${away}${home.name}の職員ではないため、呼び出されても事案を受け付けられません。${home.name}の職員にするか、people の section を直してください。`;
    return belongs ? [] : [{ path, message }];
  }
  const isNear =
    home.next.includes(person.section) ||
    (roster.sections.get(person.section)?.next.includes(section) ?? false) ||
    (own?.building === home.building &&
      (own.floor === home.floor || isSameDepartment(person.section, home, own)));
  const message = `${away}${home.name}と同じ階でも、隣の課でもありません。異動した人が残っていないか確かめて、すぐに来られる人にしてください。`;
  return isNear ? [] : [{ path, message }];
}

const isSameDepartment = (unit: string, home: Section, own: object): boolean =>
  unit === home.department || ('department' in own && own.department === home.department);

/** The same person on duty twice on one day: usually one of the two lines was meant for somebody else. */
function twice({ duty, people }: Organization): Finding[] {
  const seen: { readonly duty: Duty; readonly entry: Entry; readonly path: Path }[] = [];
  return duty.flatMap((one, index) =>
    one.people.flatMap((entry, at) => {
      const path = ['duty', index, 'people', at];
      const before = seen.find(
        (other) =>
          other.duty.section === one.section && other.duty.lane === one.lane && overlap(other.entry, entry),
      );
      seen.push({ duty: one, entry, path });
      if (before === undefined) return [];
      const name = people.find(({ id }) => id === entry.person)?.name ?? entry.person;
      const message = `${name}さんが同じ日の当番に二度入っています（${writePath(before.path)} と重なります）。片方を別の職員にするか、消してください。`;
      return [{ path, message }];
    }),
  );
}

function overlap(one: Entry, other: Entry): boolean {
  const days = (entry: Entry) => entry.weekdays ?? WEEKDAYS;
  const [from, to] = [(entry: Entry) => entry.from ?? '', (entry: Entry) => entry.to ?? '9999-12-31'];
  return (
    one.person === other.person &&
    from(one) <= to(other) &&
    from(other) <= to(one) &&
    days(one).some((day) => days(other).includes(day))
  );
}
