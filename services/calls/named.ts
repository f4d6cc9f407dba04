import type { Directory, PersonId } from '../directory/directory.ts';

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
