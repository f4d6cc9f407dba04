import { japanTime } from './calendar.ts';
import type { ResolvedStep, StepsQuery } from './directory.ts';
import type { HoursKind, PagedLevel, Rule, Step, Who, WhoGroup } from './escalationSchema.ts';
import { hoursAt } from './openingHours.ts';
import type { Roster } from './roster.ts';
import type { Section } from './schema.ts';
import { resolveWho } from './who.ts';

/** The first rule that fits: level, building of the place, and that building's hours. */
export function findRule(
  rules: readonly Rule[],
  level: PagedLevel,
  building: string,
  hours: HoursKind,
): Rule | undefined {
  return rules.find(
    ({ when }) =>
      when.levels.includes(level) &&
      (when.buildings?.includes(building) ?? true) &&
      (when.hours?.includes(hours) ?? true),
  );
}

/**
 * The steps of a lane (R4), resolved to people. A person stands in the earliest step of the lane only; a step
 * without anybody stays, so that the caller sees that it was passed.
 */
export function resolveSteps(roster: Roster, query: StepsQuery): ResolvedStep[] {
  const { lane, level, place } = query;
  if (level === 'report') return [];
  const home = roster.home(query.section) ?? roster.home(place.section);
  // Nobody is near somebody whose section is unknown: General Affairs decides who goes.
  if (lane === 'second' && home === undefined) return [];
  const building = roster.buildings.get(place.building) ?? roster.mainBuilding;
  const rule = findRule(roster.org.escalation, level, building.id, hoursAt(building, query.policyAt));
  const scope = { roster, home, floor: floorOf(roster, query, home), when: japanTime(query.peopleAt) };
  const taken = new Set<string>();
  return (rule?.[lane] ?? []).map((step) => {
    const people = resolveWho(step.who ?? [], scope).filter((id) => !taken.has(id));
    for (const id of people) taken.add(id);
    const resolved = { label: labelOf(step, roster), people, waitSeconds: step.wait };
    return step.phoneOnly ? { ...resolved, phoneOnly: step.phoneOnly } : resolved;
  });
}

/** Where only the building is known, the caller's own floor there is the best guess. */
function floorOf(roster: Roster, { place }: StepsQuery, home: Section | undefined): readonly Section[] {
  const floor = place.floor ?? (home?.building === place.building ? home.floor : undefined);
  return floor === undefined ? [] : roster.sectionsOn(place.building, floor);
}

/** What the card calls a step. */
export function labelOf({ label, phoneOnly, who }: Step, roster: Roster): string {
  return label ?? phoneOnly?.label ?? (who ?? []).map((one) => nameOf(one, roster)).join('・');
}

const GROUP_LABELS: Readonly<Record<WhoGroup, (roster: Roster) => string>> = {
  duty: () => '当番',
  'same-section': () => '同じ課の職員',
  'same-floor': () => '同じ階の職員',
  'next-section': () => '隣の課の職員',
  'section-head': () => '所属長',
  'department-head': () => '部局等の長',
  'general-affairs-duty': (roster) => `${generalAffairsName(roster)}の当番`,
  'general-affairs': (roster) => `${generalAffairsName(roster)}の職員`,
  'general-affairs-manager': ({ people, org }) => people.get(org.generalAffairs.manager)?.post || '総務課長',
  everyone: () => '部の全員',
};

const generalAffairsName = ({ sections, org }: Roster): string =>
  sections.get(org.generalAffairs.section)?.name ?? '総務課';

const isGroup = (who: Who): who is WhoGroup => Object.hasOwn(GROUP_LABELS, who);

function nameOf(who: Who, roster: Roster): string {
  if (isGroup(who)) return GROUP_LABELS[who](roster);
  const person = roster.people.get(who.slice('person:'.length));
  return person ? person.post || person.name : '';
}
