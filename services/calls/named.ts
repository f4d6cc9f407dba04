import type { Directory, Person, PersonId, Place } from '../directory/directory.ts';
import type { Participant } from './call.ts';
import type { CallDetails } from './utterance.ts';

/** What people in a section call its head among themselves. */
const HEAD = /^(?:うちの|自分の)?(?:課長|所属長|室長|所長|支所長|館長|上司)(?:さん|様)?$/u;

/**
 * Whoever is to be left out: by name, or 「課長」 for the head of the caller's own section (an implicated superior is
 * rarely called by name). Empty when it fits nobody.
 */
export function peopleCalled(directory: Directory, name: string, section: string | undefined): PersonId[] {
  const found = directory.findByName(name, section).map(({ id }) => id);
  if (found.length > 0 || section === undefined || !HEAD.test(name.trim())) return found;
  const head = directory.sectionHead(section);
  return head === undefined ? [] : [head];
}

/**
 * The one person of this name, with the section before it if need be (「市民課 佐藤」); those of `near` win. Undefined when
 * it fits nobody or several.
 */
export function personCalled(
  directory: Directory,
  typed: string,
  near: string | undefined,
): Person | undefined {
  const [first = '', ...rest] = typed.trim().split(/[\s　]+/u);
  const section = rest.length === 0 ? undefined : directory.sections().find(({ name }) => name === first);
  const found =
    section === undefined
      ? directory.findByName(typed, near)
      : directory.findByName(rest.join(' '), section.id).filter((person) => person.section === section.id);
  const nearest = found.filter((person) => person.section === near);
  const candidates = nearest.length === 1 ? nearest : found;
  return candidates.length === 1 ? candidates[0] : undefined;
}

interface Naming {
  readonly by: Participant;
  readonly affected?: Participant;
  readonly details: CallDetails;
}

/** Whom the words of a call name: the one who needs help, and those who are left out. */
export function namedPeople(
  directory: Directory,
  { by, details, affected }: Naming,
  place: Place,
): { affected: Participant | null; excluded: PersonId[] } {
  const section = directory.person(by.id)?.section;
  const ids = details.excludedNames.flatMap((name) => peopleCalled(directory, name, section));
  return {
    affected: affected ?? affectedOf(directory, details.affectedName, by, place),
    excluded: ids.filter((id) => id !== by.id),
  };
}

/** Names that were to be left out and fit nobody. */
export const unknownNames = (directory: Directory, { by, details }: Naming): string[] =>
  details.excludedNames.filter(
    (name) => peopleCalled(directory, name, directory.person(by.id)?.section).length === 0,
  );

/**
 * A name that fits exactly one person is that person, those at the place before those around the caller; one that fits
 * several is kept as it was written, one that fits nobody is left out.
 */
function affectedOf(
  directory: Directory,
  name: string | null,
  by: Participant,
  place: Place,
): Participant | null {
  if (name === null) return null;
  const own = directory.person(by.id)?.section;
  const there = directory.findByName(name, place.section ?? own);
  const colleagues = there.filter(({ section }) => section === own);
  const found = there.length > 1 && colleagues.length === 1 ? colleagues : there;
  const [only] = found;
  if (found.length === 1 && only?.id === by.id) return null;
  if (found.length === 1 && only !== undefined) return { id: only.id, name: only.name, kind: only.kind };
  // Nobody of that name works here: it may be the visitor's, and a page carries no citizen's name (promise 7).
  return found.length === 0 ? null : { id: '', name, kind: 'person' };
}
