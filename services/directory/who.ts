import { type JapanTime, within } from './calendar.ts';
import type { Who, WhoGroup } from './escalationSchema.ts';
import type { Roster } from './roster.ts';
import type { Section } from './schema.ts';

/** From where and when a step is resolved. */
interface Scope {
  readonly roster: Roster;
  /** The section that counts as the caller's own; undefined for somebody unknown. */
  readonly home: Section | undefined;
  /** Sections on the floor of the place. */
  readonly floor: readonly Section[];
  /** `undefined`: whoever could ever be meant, on any day, present or not. The check of the file asks so. */
  readonly when: JapanTime | undefined;
}

/** Everybody a step pages, present ones only, in the order of its groups; a person once. */
export function resolveWho(who: readonly Who[], scope: Scope): string[] {
  const ids = who.flatMap((group) => resolve(group, scope));
  return [...new Set(ids)].filter((id) => scope.when === undefined || isPresent(id, scope));
}

/** The holder of a post, or the deputies who stand in on a day the holder is away. */
export function holders(id: string, scope: Pick<Scope, 'roster' | 'when'>): string[] {
  const deputies = scope.roster.people.get(id)?.deputies ?? [];
  const { when } = scope;
  if (when === undefined) return [id, ...deputies.map(({ person }) => person)];
  if (isPresent(id, scope)) return [id];
  const standIn = deputies.find((deputy) => within(when.day, deputy) && isPresent(deputy.person, scope));
  return standIn ? [standIn.person] : [];
}

/** Those on duty for a section in a lane; somebody away is left out. */
export function onDuty(
  section: string,
  lane: 'second' | 'generalAffairs',
  scope: Pick<Scope, 'roster' | 'when'>,
) {
  const { when } = scope;
  return scope.roster.org.duty
    .filter((duty) => duty.section === section && duty.lane === lane)
    .flatMap(({ people }) => people)
    .filter(
      (entry) =>
        when === undefined ||
        (within(when.day, entry) &&
          (entry.weekdays?.includes(when.weekday) ?? true) &&
          isPresent(entry.person, scope)),
    )
    .map(({ person }) => person);
}

/** Known, and not on leave that day. */
export function isPresent(id: string, { roster, when }: Pick<Scope, 'roster' | 'when'>): boolean {
  const person = roster.people.get(id);
  return person !== undefined && !(when && person.away.some((range) => within(when.day, range)));
}

const RESOLVERS: Readonly<Record<WhoGroup, (scope: Scope) => readonly string[]>> = {
  duty: (scope) => (scope.home ? onDuty(scope.home.id, 'second', scope) : []),
  'same-section': (scope) => (scope.home ? membersBelow([scope.home], scope) : []),
  'same-floor': (scope) => membersBelow(scope.floor, scope),
  'next-section': (scope) =>
    membersBelow(
      (scope.home?.next ?? []).flatMap((id) => scope.roster.sections.get(id) ?? []),
      scope,
    ),
  'section-head': (scope) => (scope.home ? holders(scope.home.head, scope) : []),
  'department-head': (scope) => {
    const department = scope.roster.departments.get(scope.home?.department ?? '');
    return department ? holders(department.head, scope) : [];
  },
  'general-affairs-duty': (scope) => onDuty(scope.roster.org.generalAffairs.section, 'generalAffairs', scope),
  'general-affairs': ({ roster: { members, org } }) =>
    members(org.generalAffairs.section).filter((id) => id !== org.generalAffairs.manager),
  'general-affairs-manager': (scope) => holders(scope.roster.org.generalAffairs.manager, scope),
  everyone: ({ home, roster: { members, sectionsOf } }) =>
    home ? [...sectionsOf(home.department), { id: home.department }].flatMap(({ id }) => members(id)) : [],
};

/** The caller's own head is a step above colleagues and neighbours, and is paged as `section-head`. */
function membersBelow(sections: readonly Section[], { home, roster }: Scope): string[] {
  return sections.flatMap(({ id }) => roster.members(id)).filter((id) => id !== home?.head);
}

const isGroup = (who: Who): who is WhoGroup => Object.hasOwn(RESOLVERS, who);

function resolve(who: Who, scope: Scope): readonly string[] {
  return isGroup(who) ? RESOLVERS[who](scope) : [who.slice('person:'.length)];
}
