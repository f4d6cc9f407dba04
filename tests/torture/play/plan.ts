import { type Building, type City, LANES, type Lane, type Level } from '../city.ts';
import type { Random } from '../random.ts';

/** What somebody who is paged will do. */
export interface Reaction {
  readonly verb: 'going' | 'phone' | 'declined';
  readonly afterMs: number;
  /** Takes it back after this long. */
  readonly withdrawsAfterMs?: number;
  readonly arrivesAfterMs?: number;
  /** Says it again when the call becomes an emergency. */
  readonly saysAgain: boolean;
}

/** One case, drawn before the run. */
export interface Plan {
  readonly n: number;
  readonly building: Building;
  readonly caller: string;
  readonly level: Level;
  readonly openAfterMs: number;
  /** By a word instead of a button. */
  readonly isTyped: boolean;
  readonly reactions: ReadonlyMap<string, Reaction>;
  readonly raiseAfterMs: number | undefined;
  readonly callAgainAfterMs: number | undefined;
  readonly cameAfterMs: number | undefined;
  readonly close:
    | { readonly afterMs: number; readonly how: 'end' | 'cancel'; readonly by: string }
    | undefined;
}

/** How a lane goes: nobody answers; somebody of a step does; the first ones decline; an answer is taken back. */
const COURSES = { silent: 0.3, answered: 0.35, declined: 0.15, withdrawn: 0.2 } as const;
const LEVELS = { emergency: 0.15, advice: 0.08 } as const;
interface Course {
  readonly cases: number;
  /** Cases a second. */
  readonly rate: number;
  /** From the opening of a case to its end, where it has one. */
  readonly caseMs: number;
}

export function drawPlans(city: City, { cases, rate, caseMs }: Course, random: Random): Plan[] {
  return Array.from({ length: cases }, (_, n) => {
    const building = city.buildings[n % city.buildings.length] as Building;
    const caller = building.callers[Math.floor(n / city.buildings.length)] as string;
    return drawPlan(
      { n, building, caller, caseMs, openAfterMs: (n / rate) * 1_000 },
      random.fork(`case ${n}`),
    );
  });
}

function drawPlan(
  { caseMs, ...of }: Pick<Plan, 'n' | 'building' | 'caller' | 'openAfterMs'> & Pick<Course, 'caseMs'>,
  random: Random,
): Plan {
  const level: Level = random.weighted(LEVELS) ?? 'assist';
  const reactions = new Map<string, Reaction>();
  for (const lane of LANES) drawLane(of.building, level, lane, random, reactions);
  const [answerer] = [...reactions].filter(([, { verb }]) => verb !== 'declined').map(([id]) => id);
  const how = random.chance(0.7) ? 'end' : 'cancel';
  const by = how === 'end' && answerer !== undefined && random.chance(0.3) ? answerer : of.caller;
  const maybe = (probability: number, low: number, high: number) =>
    random.chance(probability) ? random.between(low, high) : undefined;
  const closesAfterMs = maybe(0.5, 8_000, caseMs);
  return {
    ...of,
    level,
    reactions,
    isTyped: random.chance(0.15),
    raiseAfterMs: level === 'emergency' ? undefined : maybe(0.15, 3_000, 15_000),
    callAgainAfterMs: maybe(0.1, 1_000, 8_000),
    cameAfterMs: level === 'advice' ? undefined : maybe(0.12, 6_000, 15_000),
    close: closesAfterMs === undefined ? undefined : { afterMs: closesAfterMs, how, by },
  };
}

function drawLane(
  { policy }: Building,
  level: Level,
  lane: Lane,
  random: Random,
  reactions: Map<string, Reaction>,
): void {
  const steps = policy[level][lane];
  const [first] = steps;
  const course = random.weighted(COURSES) ?? 'silent';
  if (first === undefined || course === 'silent') return;
  const verb = lane === 'generalAffairs' && random.chance(0.4) ? 'phone' : 'going';
  const answer = (): Reaction => ({
    verb,
    afterMs: random.between(200, 6_000),
    saysAgain: random.chance(0.5),
    ...(verb === 'going' && random.chance(0.4) ? { arrivesAfterMs: random.between(800, 5_000) } : {}),
  });
  if (course === 'declined') {
    for (const id of first.people)
      reactions.set(id, { verb: 'declined', afterMs: random.between(200, 1_800), saysAgain: false });
    const [next] = steps.slice(1);
    if (next !== undefined && random.chance(0.6)) reactions.set(random.pick(next.people), answer());
    return;
  }
  const who = random.pick(random.chance(0.6) ? first.people : random.pick(steps).people);
  if (course === 'answered') return void reactions.set(who, answer());
  const { arrivesAfterMs: _arrives, ...goes } = answer();
  reactions.set(who, { ...goes, withdrawsAfterMs: random.between(1_000, 9_000) });
}
