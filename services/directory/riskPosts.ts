import { daysFrom, within } from './calendar.ts';
import type { Finding, Path } from './problems.ts';
import type { RiskScope } from './riskScope.ts';
import type { Employee } from './schema.ts';
import { holders } from './who.ts';

/** How far ahead the days of an absence are looked at. */
const DAYS_AHEAD = 400;

interface Post {
  readonly holder: string;
  readonly title: string;
  readonly path: Path;
  /** Name of the section or department, and the ids of those whose people may hold the post. */
  readonly unit: string;
  readonly from: readonly string[];
}

/** Posts that page or decide (R4, R6): who stands in for their holders, and whether these still belong there. */
export function postRisks(scope: RiskScope): Finding[] {
  const posts = allPosts(scope);
  return [
    ...posts.flatMap((post) => strangerRisk(scope, post)),
    ...scope.roster.org.people.flatMap((person, index) => {
      const titles = posts.filter(({ holder }) => holder === person.id).map(({ title }) => title);
      return titles.length === 0 ? [] : deputyRisks(scope, person, index, titles);
    }),
  ];
}

function allPosts({ roster }: RiskScope): Post[] {
  const { sections, departments, generalAffairs } = roster.org;
  const affairs = roster.sections.get(generalAffairs.section);
  const manager = roster.people.get(generalAffairs.manager);
  return [
    ...departments.map(({ id, name, head }, index) => ({
      holder: head,
      title: `${name}の部局等の長`,
      path: ['departments', index, 'head'],
      unit: name,
      from: [id, ...roster.sectionsOf(id).map((section) => section.id)],
    })),
    ...sections.map(({ id, name, head, department }, index) => ({
      holder: head,
      title: `${name}の所属長`,
      path: ['sections', index, 'head'],
      unit: name,
      // Heads of two sections of one department are usual.
      from: [
        id,
        department,
        ...roster.sectionsOf(department).flatMap((one) => (one.head === head ? [one.id] : [])),
      ],
    })),
    {
      holder: generalAffairs.manager,
      title: manager?.post || '総務課長',
      path: ['generalAffairs', 'manager'],
      unit: affairs?.name ?? '',
      from: [generalAffairs.section, affairs?.department ?? ''],
    },
  ];
}

/** Usually somebody who has been transferred and is still written as the head of where they were. */
function strangerRisk({ roster }: RiskScope, { holder, path, unit, title, from }: Post): Finding[] {
  const person = roster.people.get(holder);
  if (person === undefined || from.includes(person.section)) return [];
  const own = roster.sections.get(person.section) ?? roster.departments.get(person.section);
  const message = `${title}の${person.name}さんは、${unit}ではなく${own?.name ?? person.section}の職員です。異動した人が残っているなら新しい人に直してください（兼務なら、このままでかまいません）。`;
  return [{ path, message }];
}

function deputyRisks(
  scope: RiskScope,
  person: Employee,
  index: number,
  titles: readonly string[],
): Finding[] {
  const { deputies, name } = person;
  const who = `${name}さん（${titles.join('・')}）`;
  const path = ['people', index, 'deputies'];
  if (deputies.length === 0) {
    const several = titles.length > 1 ? `、${titles.length}つの職が一度に空き` : '';
    const message = `${who}に代理がいません。不在の日は${several}、呼び出しはこの人を飛ばし、確認や決裁は待たされます。deputies に代理の職員を書いてください。`;
    return [{ path, message }];
  }
  const last = deputies.reduce((latest, { to = '9999-12-31' }) => (to > latest ? to : latest), '');
  if (last < scope.today) {
    const message = `${who}の代理の期間が、${last} ですべて終わっています。期間を延ばすか、新しい代理を書いてください。`;
    return [{ path, message }];
  }
  return person.away.flatMap((range, at) => {
    const open = daysFrom(scope.today, DAYS_AHEAD)
      .filter(({ day }) => within(day, range))
      .filter((when) => holders(person.id, { roster: scope.roster, when }).length === 0)
      .map(({ day }) => day);
    const [first] = open;
    if (first === undefined) return [];
    const days = open.length === 1 ? first : `${first} から ${open.at(-1)} までの ${open.length} 日`;
    const message = `${who}が不在の日のうち ${days} は、代理もいません（代理も不在か、代理の期間の外です）。その間の代理を足すか、日付を直してください。`;
    return [{ path: ['people', index, 'away', at], message }];
  });
}
