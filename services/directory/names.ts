import type { Person } from './directory.ts';
import { squeezeName } from './text.ts';

const HONORIFIC =
  /(さん|様|さま|殿|氏|君|くん|先生|課長補佐|課長|係長|部長|次長|室長|所長|主幹|主査|主任|主事|参事|職員)$/u;

/** 「佐藤課長さん」 as typed, without さん, and without 課長さん: any of them may be the name. */
function readings(typed: string): string[] {
  const shorter = typed.replace(HONORIFIC, '');
  return shorter === typed || shorter === '' ? [typed] : [typed, ...readings(shorter)];
}

/** Full name, and family name where a space sets it apart. */
function written(name: string): string[] {
  const [family] = name.trim().split(/\s+/u);
  return family === undefined ? [squeezeName(name)] : [squeezeName(name), squeezeName(family)];
}

/** Family and given name, where one space sets them apart. */
function parts(name: string): [family: string, given: string] | undefined {
  const [family, given, ...more] = name.trim().split(/\s+/u);
  return family === undefined || given === undefined || more.length > 0 ? undefined : [family, given];
}

/** Whether somebody is called so; both squeezed (`squeezeName`). */
export function createFullNames(people: readonly Person[]): (family: string, given: string) => boolean {
  const known = new Set(
    people
      .flatMap(({ name, aliases }) => [name, ...aliases])
      .flatMap((name) => [parts(name)?.map(squeezeName).join(' ')]),
  );
  return (family, given) => known.has(`${family} ${given}`);
}

/**
 * Finds people by full name, family name or alias, with or without さん・様・課長 and the like. The section given
 * wins: only when nobody there is called so the others are searched. Counters have no name to be called by.
 */
export function createNames(
  people: readonly Person[],
): (name: string, section?: string) => readonly Person[] {
  const byName = new Map<string, Person[]>();
  for (const person of people) {
    const names = new Set([person.name, ...person.aliases].flatMap(written));
    for (const name of names) byName.set(name, [...(byName.get(name) ?? []), person]);
  }
  return (name, section) => {
    const found = new Set(readings(squeezeName(name)).flatMap((reading) => byName.get(reading) ?? []));
    const near = [...found].filter((person) => person.section === section);
    return near.length > 0 ? near : [...found];
  };
}
