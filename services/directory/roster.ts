import type { Building, Department, Employee, Organization, Section } from './schema.ts';

/** The organisation, indexed once for the look-ups that every page makes. */
export interface Roster {
  readonly org: Organization;
  readonly people: ReadonlyMap<string, Employee>;
  readonly buildings: ReadonlyMap<string, Building>;
  readonly departments: ReadonlyMap<string, Department>;
  readonly sections: ReadonlyMap<string, Section>;
  readonly mainBuilding: Building;
  /** Ids of the people whose `section` is this section or department. */
  members(unit: string): readonly string[];
  sectionsOf(department: string): readonly Section[];
  sectionsOn(building: string, floor: number): readonly Section[];
  /**
   * The section whose people are nearest: a section itself; for a department (its head belongs to no section) the
   * first on the head's floor, or else the first listed (筆頭課). `undefined` for an unknown id.
   */
  home(unit: string | undefined): Section | undefined;
}

export function createRoster(org: Organization): Roster {
  const byId = <Item extends { id: string }>(items: readonly Item[]) =>
    new Map(items.map((item) => [item.id, item]));
  const [mainBuilding] = org.buildings;
  if (mainBuilding === undefined) throw new RangeError('an organization has at least one building');
  const sections = byId(org.sections);
  const departments = byId(org.departments);
  const members = groups(org.people, ({ section }) => section);
  const floors = groups(org.sections, ({ building, floor }) => `${building}/${floor}`);
  const ofDepartment = groups(org.sections, ({ department }) => department);
  return {
    org,
    people: byId(org.people),
    buildings: byId(org.buildings),
    departments,
    sections,
    mainBuilding,
    members: (unit) => (members.get(unit) ?? []).map(({ id }) => id),
    sectionsOn: (building, floor) => floors.get(`${building}/${floor}`) ?? [],
    sectionsOf: (department) => ofDepartment.get(department) ?? [],
    home: (unit) => {
      const section = sections.get(unit ?? '');
      if (section) return section;
      const all = ofDepartment.get(unit ?? '') ?? [];
      const room = departments.get(unit ?? '');
      return all.find(({ building, floor }) => building === room?.building && floor === room.floor) ?? all[0];
    },
  };
}

function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const grouped = new Map<string, Item[]>();
  for (const item of items) {
    const group = grouped.get(keyOf(item));
    if (group) group.push(item);
    else grouped.set(keyOf(item), [item]);
  }
  return grouped;
}
