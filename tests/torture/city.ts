import { stringify } from 'yaml';
import type { Random } from './random.ts';

export const LANES = ['second', 'generalAffairs'] as const;
export type Lane = (typeof LANES)[number];
export type Level = 'advice' | 'assist' | 'emergency';

/** One step of a lane, as the organisation's file says it: who is paged, and how long they have. */
export interface Step {
  readonly people: readonly string[];
  readonly waitMs: number;
}
type Policy = Readonly<Record<Level, Readonly<Record<Lane, readonly Step[]>>>>;

export interface Building {
  readonly id: string;
  readonly place: string;
  readonly callers: readonly string[];
  readonly policy: Policy;
}

/** A city made for one run. The oracle reads it from here; the workers read the YAML. */
export interface City {
  readonly tenantId: string;
  readonly channel: string;
  readonly buildings: readonly Building[];
  /** Everybody who may be paged. */
  readonly staff: readonly string[];
  /** Whom the messenger refuses all the time (403). */
  readonly unreachable: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, string>;
  readonly yaml: string;
}

/** Seconds instead of the policy's half minutes: the order is what counts here. */
const WAIT_S = 2;
const UNREACHABLE = 0.04;
/** Nobody gets more messages in half a minute than the messenger takes for one chat. */
const CASES_A_BUILDING = 10;

/**
 * A building for every ten cases, each with people of its own and rules that name them one by one, so that who is owed
 * a page can be said without asking the product. Every caller calls once.
 */
export function makeCity(random: Random, cases: number): City {
  const ids = new Ids();
  const buildings: Building[] = [];
  const rules: object[] = [];
  const sections: object[] = [];
  const people: object[] = [];
  const unreachable = new Set<string>();
  const manager = ids.next('課長');
  const head = ids.next('部長');
  const staff: string[] = [];
  const employ = (kind: string, section: string, canFail: boolean): string => {
    const id = ids.next(kind);
    people.push({ id, name: ids.names.get(id), section });
    if (canFail) staff.push(id);
    if (canFail && random.chance(UNREACHABLE)) unreachable.add(id);
    return id;
  };

  for (let n = 0; n < Math.ceil(cases / CASES_A_BUILDING); n++) {
    const id = `b${n}`;
    const second = Array.from({ length: 5 }, () => employ('担当', id, true));
    const generalAffairs = Array.from({ length: 3 }, () => employ('総務', 'soumu', true));
    const policy = policyOf(second, generalAffairs);
    const callers = Array.from({ length: CASES_A_BUILDING }, () => employ('窓口', id, false));
    buildings.push({ id, place: `第${n + 1}窓口`, callers, policy });
    sections.push({ id, name: `第${n + 1}課`, department: 'bu', building: id, floor: 1, head });
    for (const level of ['advice', 'assist', 'emergency'] as const)
      rules.push({ when: { levels: [level], buildings: [id] }, ...rule(policy[level]) });
  }
  sections.push({ id: 'soumu', name: '総務課', department: 'bu', building: 'b0', floor: 2, head: manager });
  people.push({ id: manager, name: ids.names.get(manager), section: 'soumu' });
  people.push({ id: head, name: ids.names.get(head), section: 'b0' });
  const tenantId = '00000000-0000-4000-8000-0000000000aa';
  const channel = '19:general-affairs@thread.tacv2';
  const yaml = stringify({
    city: 'みなと市',
    tenantId,
    timezone: 'Asia/Tokyo',
    helpExtension: '内線 2119',
    limits: { arriveMinutes: 60 },
    buildings: buildings.map(buildingYaml),
    departments: [{ id: 'bu', name: '窓口部', head, building: 'b0', floor: 1 }],
    sections,
    places: buildings.map(({ id, place }) => ({ name: place, building: id, floor: 1, section: id })),
    people,
    generalAffairs: { section: 'soumu', manager, channel },
    escalation: rules,
  });
  return { tenantId, channel, buildings, staff, unreachable, names: ids.names, yaml };
}

function policyOf(second: readonly string[], generalAffairs: readonly string[]): Policy {
  const step = (...people: (string | undefined)[]): Step => ({
    people: people.filter((id) => id !== undefined),
    waitMs: WAIT_S * 1_000,
  });
  const [a, b, c, d, e] = second;
  const [x, y, z] = generalAffairs;
  return {
    advice: { second: [], generalAffairs: [step(x), step(y)] },
    assist: {
      second: [step(a), step(b, c), step(d)],
      generalAffairs: [step(x), step(y, z)],
    },
    emergency: {
      second: [step(a, b, c), step(d, e)],
      generalAffairs: [step(x, y), step(z)],
    },
  };
}

const rule = (lanes: Policy[Level]) =>
  Object.fromEntries(
    LANES.map((lane) => [
      lane,
      lanes[lane].map(({ people }) => ({ who: people.map((id) => `person:${id}`), wait: WAIT_S })),
    ]),
  );

/** Always open, whatever the time of the run is. */
const ALWAYS = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, '00:00-24:00']),
);

const buildingYaml = ({ id }: Building, n: number) => ({
  id,
  name: `第${n + 1}庁舎`,
  address: `みなと市中央${n + 1}丁目`,
  entrance: '正面玄関',
  outsidePrefix: '0',
  evacuation: '北駐車場へ避難してください。',
  hours: ALWAYS,
  closedDays: { nationalHolidays: false, newYear: false },
});

class Ids {
  readonly names = new Map<string, string>();

  next(kind: string): string {
    const n = this.names.size + 1;
    const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    this.names.set(id, `${kind}${n} 太郎`);
    return id;
  }
}
