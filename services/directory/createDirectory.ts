import { japanTime, noonOf } from './calendar.ts';
import {
  type BuildingFacts,
  type Directory,
  type Person,
  type Posts,
  type ReachabilitySettings,
  type TriggerPlace,
  triggerCaller,
} from './directory.ts';
import { createFullNames, createNames } from './names.ts';
import { hoursAt } from './openingHours.ts';
import { resolvePageable } from './pageable.ts';
import { createPlaceName, createPlaceNames, createPlaces } from './places.ts';
import { createRoster, type Roster } from './roster.ts';
import type { Organization } from './schema.ts';
import { resolveSteps } from './steps.ts';
import { squeezePhrase } from './text.ts';
import { holders, isPresent, onDuty } from './who.ts';

/** What is shown of a building that has left the file while a call there was open. */
const UNKNOWN_BUILDING: BuildingFacts = {
  name: '',
  address: '',
  entrance: '',
  outsidePrefix: '',
  evacuation: '',
};

/** The directory of a checked organisation: pure look-ups, made once at the start. */
export function createDirectory(org: Organization): Directory {
  const roster = createRoster(org);
  const people = org.people.map(toPerson);
  const triggers = new Map(org.triggers.map((trigger) => [trigger.id, toTrigger(trigger)]));
  const callers = [...triggers.values()].map(({ caller }) => caller);
  const persons = new Map(
    [...people, ...org.counters.map(toCounter), ...callers].map((person) => [person.id, person]),
  );
  const { section: generalAffairs, manager, channel } = org.generalAffairs;
  const byName = createNames(people);
  const unit = (id: string) => roster.sections.get(id) ?? roster.departments.get(id);
  return {
    city: org.city,
    tenantId: org.tenantId,
    language: org.language,
    helpExtension: org.helpExtension,
    generalAffairsBuilding: unit(generalAffairs)?.building ?? '',
    generalAffairsChannel: channel,
    person: (id) => persons.get(id),
    findByName: (name, section) => {
      const found = byName(name, section);
      return found.length > 0 ? found : byPost(people, name, section);
    },
    sectionName: (id) => unit(id)?.name ?? '',
    sectionHead: (id) => unit(id)?.head,
    sections: () => org.sections.map(({ id, name, department }) => ({ id, name, department })),
    posts: (id, at) => postsOf(roster, id, at),
    isGeneralAffairs: (id) => id === manager || roster.people.get(id)?.section === generalAffairs,
    generalAffairsFallback: (at) => generalAffairsFallback(roster, at),
    resolvePlace: createPlaces(roster),
    isFullName: createFullNames(people),
    isPlaceName: createPlaceNames(roster),
    placeName: createPlaceName(roster),
    triggerPlace: (id) => triggers.get(id),
    building: (id) => facts(roster, id),
    steps: (query) => resolveSteps(roster, query),
    pageable: remembered((from, days) => resolvePageable(roster, from, days)),
    isWorkingDay: (day) => hoursAt(roster.mainBuilding, noonOf(day)) !== 'closed',
    isAway: (id, day) => roster.people.has(id) && !isPresent(id, { roster, when: japanTime(noonOf(day)) }),
    reachability: settingsOf(org),
    isQuiet: (id) => {
      const person = persons.get(id);
      return roster.sections.get(person?.section ?? '')?.quiet ?? person?.kind === 'counter';
    },
    codePhrase: (text, section) => {
      const said = squeezePhrase(text);
      const phrases = roster.sections.get(section ?? '')?.codePhrases ?? [];
      return phrases.find(({ phrase }) => squeezePhrase(phrase) === said)?.level;
    },
  };
}

/** 「税務課長」 anywhere, 「課長」 in the caller's own section. */
function byPost(people: readonly Person[], post: string, section?: string): readonly Person[] {
  const said = squeezePhrase(post);
  if (said === '') return [];
  const near = people.filter(
    (person) => person.section === section && squeezePhrase(person.post).endsWith(said),
  );
  return near.length > 0 ? near : people.filter((person) => squeezePhrase(person.post) === said);
}

const toPerson = ({ id, name, aliases, post, section }: Organization['people'][number]): Person => ({
  id,
  kind: 'person',
  name,
  aliases,
  post,
  section,
});

const toCounter = ({ id, name, section, place }: Organization['counters'][number]): Person => ({
  id,
  kind: 'counter',
  name,
  aliases: [],
  post: '',
  section,
  place,
});

const toTrigger = ({ id, levels, revoked, ...at }: Organization['triggers'][number]): TriggerPlace => ({
  id,
  caller: toCounter({ id: triggerCaller(id), ...at }),
  levels,
  revoked,
});

/** The lists of a day are asked for again and again while everybody on them is; making them takes a moment. */
function remembered(make: Directory['pageable']): Directory['pageable'] {
  let last: { readonly key: string; readonly list: ReturnType<typeof make> } | undefined;
  return (from, days) => {
    const key = `${from} ${days}`;
    if (last?.key !== key) last = { key, list: make(from, days) };
    return last.list;
  };
}

const settingsOf = ({ reachability }: Organization): ReachabilitySettings => ({
  checkAt: reachability.check,
  daysAhead: reachability.daysAhead,
  testAt: reachability.test,
  answerDays: reachability.answerDays,
});

function postsOf(roster: Roster, id: string, at: number): Posts {
  if (!roster.people.has(id)) return { heads: [], departments: [], isManager: false };
  const now = { roster, when: japanTime(at) };
  const holds = (holder: string) => holder === id || holders(holder, now).includes(id);
  const { org } = roster;
  return {
    heads: org.sections.filter(({ head }) => holds(head)).map((section) => section.id),
    departments: org.departments.filter(({ head }) => holds(head)).map((department) => department.id),
    isManager: holds(org.generalAffairs.manager),
  };
}

/** Duty first, then the manager or their deputy, then everybody else of the section; present ones only. */
function generalAffairsFallback(roster: Roster, at: number): readonly string[] {
  const { section, manager } = roster.org.generalAffairs;
  const now = { roster, when: japanTime(at) };
  const best = [
    ...onDuty(section, 'generalAffairs', now),
    ...holders(manager, now),
    ...roster.members(section),
  ];
  return [...new Set(best)].filter((id) => isPresent(id, now));
}

function facts(roster: Roster, id: string): BuildingFacts {
  const building = roster.buildings.get(id);
  if (building === undefined) return UNKNOWN_BUILDING;
  const { name, address, entrance, outsidePrefix, evacuation } = building;
  return { name, address, entrance, outsidePrefix, evacuation };
}
