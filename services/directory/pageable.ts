import { daysFrom, type JapanTime, noonOf, within } from './calendar.ts';
import { DUTY_KINDS, type DutyKind, type DutyPost, LANES, type Pageable } from './directory.ts';
import { PAGED_LEVELS, type Rule, type Who } from './escalationSchema.ts';
import { hoursAt } from './openingHours.ts';
import type { Roster } from './roster.ts';
import type { Section } from './schema.ts';
import { findRule } from './steps.ts';
import { resolveWho } from './who.ts';

/**
 * The duty lists of some days, resolved (R4): whoever any step of either lane may page, called from any section at any
 * hour, and the deputies of posts that are paged (their holder may fall ill tomorrow). In the order of the file.
 */
export function resolvePageable(roster: Roster, from: string, count: number): Pageable[] {
  const found = new Found();
  for (const when of daysFrom(from, count)) ofDay(roster, when, found);
  addDeputies(roster, from, count, found);
  return roster.org.people.flatMap(({ id }) => found.of(id) ?? []);
}

type Held = Omit<DutyPost, 'next'>;

class Found {
  readonly #people = new Map<string, Map<string, DutyPost>>();

  /** Days come in order: the first one stays. */
  add(id: string, { kind, unit }: Held, day: string | null): void {
    const posts = this.#people.get(id) ?? new Map<string, DutyPost>();
    this.#people.set(id, posts);
    const key = `${kind} ${unit}`;
    if (posts.get(key)?.next == null) posts.set(key, { kind, unit, next: day });
  }

  of(id: string): Pageable | undefined {
    const posts = this.#people.get(id);
    if (posts === undefined) return undefined;
    const all = [...posts.values()].sort((a, b) => DUTY_KINDS.indexOf(a.kind) - DUTY_KINDS.indexOf(b.kind));
    // Being near says nothing of somebody who has a duty or a post.
    const telling = all.filter(isTelling);
    return { id, as: telling.length > 0 ? telling : all };
  }
}

const isTelling = ({ kind }: DutyPost): boolean => kind !== 'colleague';

function ofDay(roster: Roster, when: JapanTime, found: Found): void {
  for (const who of groupsOf(rulesOf(roster, when)))
    for (const home of homesFor(who, roster)) {
      const scope = { roster, home, floor: roster.org.sections, when };
      for (const id of resolveWho([who], scope)) found.add(id, postOf(who, id, home, roster), when.day);
    }
  // Told when nobody else of General Affairs can be (the channel is away).
  const affairs = { kind: 'general-affairs', unit: affairsName(roster) } as const;
  const scope = { roster, home: undefined, floor: [], when };
  for (const id of resolveWho(['general-affairs-manager', 'general-affairs'], scope))
    found.add(id, affairs, when.day);
}

/** The rules that may be used on a day, in any building. */
function rulesOf(roster: Roster, { day }: JapanTime): Set<Rule> {
  const rules = new Set<Rule>();
  for (const building of roster.org.buildings) {
    const isClosed = hoursAt(building, noonOf(day)) === 'closed';
    for (const hours of isClosed ? (['closed'] as const) : (['open', 'after'] as const))
      for (const level of PAGED_LEVELS) {
        const rule = findRule(roster.org.escalation, level, building.id, hours);
        if (rule !== undefined) rules.add(rule);
      }
  }
  return rules;
}

const groupsOf = (rules: Iterable<Rule>): Set<Who> =>
  new Set([...rules].flatMap((rule) => LANES.flatMap((lane) => rule[lane].flatMap(({ who = [] }) => who))));

/** What is the same wherever one calls from, or for a whole department, is resolved once. */
function homesFor(who: Who, { org, sectionsOf }: Roster): readonly (Section | undefined)[] {
  if (who.startsWith('person:') || who.startsWith('general-affairs') || who === 'same-floor')
    return [undefined];
  if (who !== 'everyone' && who !== 'department-head') return org.sections;
  return org.departments.flatMap(({ id }) => sectionsOf(id).slice(0, 1));
}

function postOf(who: Who, id: string, home: Section | undefined, roster: Roster): Held {
  const { departments, org } = roster;
  const department = departments.get(home?.department ?? '');
  const held = (kind: DutyKind, holder: string | undefined, unit: string | undefined): Held => ({
    kind: id === holder ? kind : 'deputy',
    unit: unit ?? '',
  });
  switch (who) {
    case 'duty':
      return { kind: 'duty', unit: home?.name ?? '' };
    case 'general-affairs-duty':
      return { kind: 'general-affairs-duty', unit: affairsName(roster) };
    case 'section-head':
      return held('section-head', home?.head, home?.name);
    case 'department-head':
      return held('department-head', department?.head, department?.name);
    case 'general-affairs-manager':
      return held('manager', org.generalAffairs.manager, affairsName(roster));
    case 'general-affairs':
      return { kind: 'general-affairs', unit: affairsName(roster) };
    case 'same-section':
    case 'same-floor':
    case 'next-section':
    case 'everyone':
      return { kind: 'colleague', unit: unitOf(roster, id) };
    default:
      return { kind: 'named', unit: unitOf(roster, id) };
  }
}

function addDeputies(roster: Roster, from: string, count: number, found: Found): void {
  const { sections, departments, generalAffairs } = roster.org;
  const posts = [
    ...[...sections, ...departments].map(({ head, name }) => ({ holder: head, unit: name })),
    { holder: generalAffairs.manager, unit: affairsName(roster) },
  ];
  const days = daysFrom(from, count);
  for (const { holder, unit } of posts)
    for (const deputy of roster.people.get(holder)?.deputies ?? [])
      if (days.some(({ day }) => within(day, deputy)))
        found.add(deputy.person, { kind: 'deputy', unit }, null);
}

const affairsName = ({ sections, org }: Roster): string =>
  sections.get(org.generalAffairs.section)?.name ?? '';

function unitOf({ people, sections, departments }: Roster, id: string): string {
  const unit = people.get(id)?.section ?? '';
  return (sections.get(unit) ?? departments.get(unit))?.name ?? '';
}
