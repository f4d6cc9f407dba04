import type { Call, Participant } from '../services/calls/call.ts';
import type { Level } from '../services/calls/level.ts';
import type { CategoryId } from '../services/classification/classifier.ts';
import type { BuildingFacts, Directory, PersonId, Place } from '../services/directory/directory.ts';
import type { Language } from './rendered.ts';
import { type Strings, strings } from './strings.ts';
import { oneLine } from './text.ts';

export const categoryName = (id: CategoryId, language: Language): string => strings(language).categories[id];
export const levelName = (level: Level, language: Language): string => strings(language).levels[level];

const NAME = 40;
const PLACE = 60;

/** 「佐藤さん」; a counter account is a place and stands without さん. */
export function participantName(who: Participant, words: Strings, viewer?: PersonId): string {
  if (viewer !== undefined && viewer !== '' && who.id === viewer) return words.you;
  const name = oneLine(who.name, NAME);
  if (name === '') return words.staff;
  return who.kind === 'counter' ? name : words.san(name);
}

export function personName(
  id: PersonId,
  directory: CardDirectory,
  words: Strings,
  viewer?: PersonId,
): string {
  const person = directory.person(id);
  if (person === undefined) return id === viewer ? words.you : words.staff;
  return participantName({ id, name: person.name, kind: person.kind }, words, viewer);
}

/** What cards look up: any `Directory` will do. */
export type CardDirectory = Pick<Directory, 'city' | 'helpExtension' | 'person' | 'sectionName' | 'building'>;

/** Where the caller is now: the last place that was said. */
const currentPlace = (call: Call): Place | undefined => call.places.at(-1);
export const placeText = (call: Call): string => oneLine(currentPlace(call)?.text ?? '', PLACE);

/** Which building, floor and section that is, as far as the place does not say it: every section has a 2番窓口. */
export function placeDetail(call: Call, directory: CardDirectory, words: Strings): string {
  const place = currentPlace(call);
  if (place === undefined) return '';
  const floor = place.floor === undefined ? '' : words.floor(place.floor);
  const section = place.section === undefined ? '' : directory.sectionName(place.section);
  return [place.buildingName, floor, section]
    .filter((part) => part !== '' && !place.text.includes(part))
    .join(' ');
}

export const buildingOf = (call: Call, directory: CardDirectory): BuildingFacts | undefined => {
  const place = currentPlace(call);
  return place === undefined ? undefined : directory.building(place.building);
};

/** Something beside something else on a line; nothing beside it when it is empty. */
export const after = (text: string, words: Strings): string => (text === '' ? '' : `${words.gap}${text}`);

/** The line of a notification: level, place, caller and code, nothing else (promise 7). */
export function pageSummary(call: Call, words: Strings): string {
  const place = placeText(call);
  const caller = participantName(call.caller, words);
  // A counter account is a place itself: said once, by the fuller name.
  const same = call.caller.kind === 'counter' && caller.includes(place);
  return words.summary.page(words.levels[call.level], same ? caller : place, same ? '' : caller, call.code);
}
