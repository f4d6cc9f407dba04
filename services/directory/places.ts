import type { Person, Place } from './directory.ts';
import { floorName, type Location, locationOf, ownPlace } from './location.ts';
import type { Roster } from './roster.ts';
import type { Spot } from './schema.ts';
import { contains, squeezePlace } from './text.ts';

/** Something with a name and a location: a place, a section or a building. */
interface Named {
  /** Longest first. */
  readonly needles: readonly string[];
  readonly building: string;
  readonly floor?: number;
  readonly section?: string;
  readonly arriveMinutes?: number;
  /** Known by its number. Every building has a 2番窓口: said alone it is one of the caller's own building. */
  readonly numbered?: boolean;
}

interface Match {
  readonly named: Named;
  /** The longest of its names found in the text. */
  readonly needle: string;
}

/**
 * Turns what a caller wrote into a location. The longest name in the text decides; a building or section named
 * beside it narrows the choice; of equally good ones the nearest to the caller wins, and what several of them
 * disagree about stays open rather than guessed. Nothing known in the text: the caller's own place.
 */
export function createPlaces(roster: Roster): (text: string, caller?: Person) => Place {
  const places = roster.org.places.map((spot) => placeNames(spot, roster));
  const sections = roster.org.sections.map(({ id, name, building, floor }) => ({
    needles: [squeezePlace(name)],
    building,
    floor,
    section: id,
  }));
  const buildings = roster.org.buildings.map(({ id, name, aliases }) => ({
    needles: longestFirst([name, ...aliases].map(squeezePlace)),
    building: id,
  }));
  return (text, caller) => {
    const own = ownPlace(roster, caller);
    const squeezed = squeezePlace(text);
    if (squeezed === '') return own;
    const inBuildings = longest(find(buildings, squeezed));
    const inSections = longest(find(sections, squeezed)).filter((match) =>
      narrows(match, inBuildings, 'building'),
    );
    const inPlaces = find(places, squeezed)
      .filter((match) => narrows(match, inBuildings, 'building'))
      .filter((match) => narrows(match, inSections, 'section'))
      .filter(
        ({ named }) =>
          named.building === own.building || !named.numbered || inBuildings.length + inSections.length > 0,
      );
    const { text: _, ...fallback } = own;
    const found = inPlaces.length > 0 ? longest(inPlaces) : inSections;
    const location =
      found.length > 0
        ? agreed(roster, nearest(found, own), fallback)
        : inBuilding(roster, inBuildings, fallback);
    return { ...onFloor(location, squeezed), text: text.trim() };
  };
}

/** Tells the names of places, sections, departments and buildings from other words. */
export function createPlaceNames({ org, ...roster }: Roster): (text: string) => boolean {
  const spots = org.places.flatMap((spot) => placeNames(spot, { org, ...roster }).needles);
  const units = [...org.sections, ...org.departments].map(({ name }) => name);
  const buildings = org.buildings.flatMap(({ name, aliases }) => [name, ...aliases]);
  const names = new Set([...spots, ...[...units, ...buildings].map(squeezePlace)]);
  return (text) => names.has(squeezePlace(text));
}

/**
 * A place for the ears of everybody: 「本庁舎1階、税務課、2番窓口」. Callers type what they like beside the name of the
 * place, a visitor's name perhaps, so nothing is taken over that is not in the file (promise 7).
 */
export function createPlaceName(roster: Roster): (place: Place) => string {
  const spots = roster.org.places.map((spot) => ({ name: spot.name, ...placeNames(spot, roster) }));
  return ({ text, building, floor, section }) => {
    const there = spots.filter(
      (spot) => spot.building === building && (section === undefined || spot.section === section),
    );
    const names = new Map(there.map((spot) => [spot as Named, spot.name]));
    const [match] = longest(find([...names.keys()], squeezePlace(text)));
    const story = `${roster.buildings.get(building)?.name ?? ''}${floor === undefined ? '' : floorName(floor)}`;
    const unit = roster.sections.get(section ?? '')?.name ?? '';
    return [story, unit, match === undefined ? '' : (names.get(match.named) ?? '')]
      .filter((part) => part !== '')
      .join('、');
  };
}

const NUMBERED = /^(\d+)番(窓口|カウンター)?$/u;

/** 「2番窓口」 is also said 2番, 2番カウンター or 窓口2. */
function placeNames(
  { name, aliases, building, section, arriveMinutes, ...spot }: Spot,
  roster: Roster,
): Named {
  const needles = [name, ...aliases].map(squeezePlace).flatMap((needle) => {
    const number = NUMBERED.exec(needle)?.[1];
    return number === undefined
      ? [needle]
      : [needle, `${number}番窓口`, `${number}番`, `${number}ばん`, `窓口${number}`];
  });
  const home = roster.sections.get(section ?? '');
  const floor = spot.floor ?? (home?.building === building ? home.floor : undefined);
  return {
    needles: longestFirst(needles),
    numbered: NUMBERED.test(squeezePlace(name)),
    building,
    ...(floor === undefined ? {} : { floor }),
    ...(section === undefined ? {} : { section }),
    ...(arriveMinutes === undefined ? {} : { arriveMinutes }),
  };
}

const longestFirst = (needles: readonly string[]): string[] =>
  [...needles].sort((a, b) => b.length - a.length);

/** Somebody waits for this: with a hundred sections it looks at a thousand names. */
function find(all: readonly Named[], text: string): Match[] {
  const matches: Match[] = [];
  for (const named of all) {
    const needle = named.needles.find((one) => contains(text, one));
    if (needle !== undefined) matches.push({ named, needle });
  }
  return matches;
}

function longest(matches: readonly Match[]): Match[] {
  const length = Math.max(0, ...matches.map(({ needle }) => needle.length));
  return matches.filter(({ needle }) => needle.length === length);
}

/** Whether a match fits the building or section named in the text, or only contains its name (税務課前のベンチ). */
function narrows({ named, needle }: Match, by: readonly Match[], part: 'building' | 'section'): boolean {
  return (
    by.length === 0 || by.some((outer) => named[part] === outer.named[part] || needle.includes(outer.needle))
  );
}

/** The best of equally good matches: own section, then own floor, then own building. */
function nearest(matches: readonly Match[], own: Place): Named[] {
  const distance = ({ building, floor, section }: Named): number => {
    if (section !== undefined && section === own.section) return 0;
    if (building !== own.building) return 3;
    return floor !== undefined && floor === own.floor ? 1 : 2;
  };
  const all = matches.map(({ named }) => named);
  const best = Math.min(...all.map(distance));
  return all.filter((named) => distance(named) === best);
}

/**
 * What all of them say. Of different times to arrive the shortest: to ask too early does no harm. Where even the
 * building is in doubt nothing is decided: another building's address must not be read out to 110.
 */
function agreed(roster: Roster, found: readonly Named[], own: Location): Location {
  const one = <Value>(values: readonly (Value | undefined)[]): Value | undefined =>
    new Set(values).size === 1 ? values[0] : undefined;
  const { arriveMinutes: usual } = roster.org.limits;
  const building = one(found.map((named) => named.building));
  if (building === undefined) return own;
  return locationOf(
    roster,
    building,
    one(found.map(({ floor }) => floor)),
    one(found.map(({ section }) => section)),
    Math.min(...found.map(({ arriveMinutes }) => arriveMinutes ?? usual)),
  );
}

/** Only a building was named, or nothing known: in the caller's own building their own section is the best guess. */
function inBuilding(roster: Roster, found: readonly Match[], own: Location): Location {
  const buildings = found.map(({ named }) => named.building);
  const [building] = buildings;
  if (building === undefined || buildings.includes(own.building)) return own;
  // A branch with one floor needs no floor to be said.
  const floors = new Set(
    roster.org.sections.filter((one) => one.building === building).map(({ floor }) => floor),
  );
  const floor = floors.size === 1 ? [...floors][0] : undefined;
  return locationOf(roster, building, floor, undefined, roster.org.limits.arriveMinutes);
}

/** 「3階」 in the text beats the floor that was assumed; another floor is no longer the section's own place. */
function onFloor(location: Location, text: string): Location {
  const [, basement, digits] = /(地下|b)?(\d{1,2})(?:階|f(?![a-z]))/u.exec(text) ?? [];
  const floor = digits === undefined ? 0 : Number(digits) * (basement === undefined ? 1 : -1);
  if (floor === 0 || floor === location.floor) return location;
  const { section: _, ...elsewhere } = location;
  return { ...elsewhere, floor };
}
