import type { Person, Place } from './directory.ts';
import type { Roster } from './roster.ts';

/** Where a call comes from, without the words for it. */
export type Location = Omit<Place, 'text'>;

export function locationOf(
  roster: Roster,
  building: string,
  floor: number | undefined,
  section: string | undefined,
  arriveMinutes: number,
): Location {
  return {
    building,
    buildingName: roster.buildings.get(building)?.name ?? '',
    ...(floor === undefined ? {} : { floor }),
    ...(section === undefined ? {} : { section }),
    arriveMinutes,
  };
}

/** 「1階」, 「地下1階」. */
export const floorName = (floor: number): string => (floor < 0 ? `地下${-floor}階` : `${floor}階`);

/** Where a caller is when they say nothing: their counter, or their section's or department's room. */
export function ownPlace(roster: Roster, caller: Person | undefined): Place {
  const { limits, places } = roster.org;
  const spot = places.find(({ name, section }) => name === caller?.place && section === caller?.section);
  const section = roster.sections.get(caller?.section ?? '');
  if (spot) {
    const arrive = spot.arriveMinutes ?? limits.arriveMinutes;
    const text = section && !spot.name.includes(section.name) ? `${section.name}${spot.name}` : spot.name;
    return { text, ...locationOf(roster, spot.building, spot.floor ?? section?.floor, spot.section, arrive) };
  }
  const room = section ?? roster.departments.get(caller?.section ?? '');
  if (room === undefined) {
    const main = locationOf(roster, roster.mainBuilding.id, undefined, undefined, limits.arriveMinutes);
    return { text: '場所不明', ...main };
  }
  const location = locationOf(roster, room.building, room.floor, section?.id, limits.arriveMinutes);
  const floor = room.floor === undefined ? '' : floorName(room.floor);
  return { text: `${room.name}（${location.buildingName}${floor}）`, ...location };
}
