import fc from 'fast-check';
import type { Call, CaseNumber } from '../../services/calls/call.ts';
import type { CallCommand } from '../../services/calls/commands.ts';
import type { SendOutcome } from '../../services/channel.ts';
import type { Directory } from '../../services/directory/directory.ts';
import type { Decision } from '../../services/engine/aggregate.ts';
import type { Envelope } from '../../services/engine/envelope.ts';
import { participant, Simulation } from './simulation.ts';

export const person = (n: number) => `00000000-0000-4000-8000-000000000${n}`;
/** General Affairs: two clerks, the manager and the deputy. */
const OFFICERS = [301, 302, 303, 304].map(person);
/** Colleagues, neighbours, heads, General Affairs, a counter, somebody unknown. */
export const PEOPLE = [
  ...[101, 102, 103, 104, 105, 121, 201, 203].map(person),
  ...OFFICERS,
  ...[901, 999].map(person),
];
const CALLERS = [101, 104, 203, 302, 901, 999].map(person);

interface Given {
  readonly by: number;
  readonly what: number;
  readonly verb: number;
  readonly turn: number;
}

/** What people do on the spot; what General Affairs does with the case; time; what becomes of a send. */
type Act =
  | ({ readonly kind: 'command' | 'handle' } & Given)
  | { readonly kind: 'time' }
  | { readonly kind: 'settle'; readonly index: number; readonly outcome: SendOutcome['kind'] };

const command = <K extends 'command' | 'handle'>(kind: K, what: number) =>
  fc.record({
    kind: fc.constant(kind),
    by: fc.nat(PEOPLE.length - 1),
    what: fc.nat(what),
    verb: fc.nat(3),
    turn: fc.nat(5),
  });

const OUTCOMES = ['unreachable', 'uncertain', 'retry', 'rejected', 'gone'] as const;
const settle = fc.record({
  kind: fc.constant('settle' as const),
  index: fc.nat(30),
  outcome: fc.constantFrom('delivered', 'delivered', 'delivered', ...OUTCOMES),
});

/** `handling`: how much General Affairs does, beside 4 of other people. */
const acts = (handling: number): fc.Arbitrary<Act> =>
  fc.oneof(
    { weight: 4, arbitrary: command('command', 19) },
    { weight: handling, arbitrary: command('handle', 13) },
    { weight: 4, arbitrary: fc.constant({ kind: 'time' as const }) },
    { weight: 5, arbitrary: settle },
  );

const start = fc.record({
  caller: fc.constantFrom(...CALLERS),
  level: fc.constantFrom('advice' as const, 'assist' as const, 'emergency' as const, 'report' as const),
  affected: fc.option(fc.constantFrom(...PEOPLE), { nil: null }),
  excluded: fc.subarray(PEOPLE, { maxLength: 2 }),
  hour: fc.nat(23),
  day: fc.integer({ min: 20, max: 30 }),
});

type Start = typeof start extends fc.Arbitrary<infer T> ? T : never;

function begin(directory: Directory, given: Start): Simulation {
  const at = Date.parse(`2026-11-${given.day}T${String(given.hour).padStart(2, '0')}:00:00+09:00`);
  const simulation = new Simulation(directory, at);
  const by = participant(directory, given.caller);
  const affected = given.affected === null ? null : participant(directory, given.affected);
  const place = directory.resolvePlace('2番窓口', directory.person(given.caller));
  const excluded = given.excluded.filter((id) => id !== given.caller);
  const { level } = given;
  simulation.command({ type: 'open', code: 'K-TEST', number: 0, by, level, place, affected, excluded });
  return simulation;
}

function commandOf(directory: Directory, call: Call, act: Given): CallCommand {
  const by = participant(directory, PEOPLE[act.by] ?? '');
  const verb = (['going', 'phone', 'arrived', 'declined'] as const)[act.verb] ?? 'going';
  if (act.what < 11) return { type: 'answer', by, verb, tap: `${by.id}:${verb}:${act.turn}` };
  if (act.what === 11) return { type: 'came', by };
  if (act.what === 12) return { type: 'raise', by };
  if (act.what === 13 && act.turn === 0) return { type: act.verb > 1 ? 'end' : 'cancel', by };
  if (act.what === 14) return { type: 'phoned', by };
  if (act.what === 15) return { type: act.verb > 1 ? 'police-claim' : 'police-done', by };
  if (act.what === 16 && act.turn < 2) return { type: 'exclude', by, person: PEOPLE[act.verb * 3] ?? '' };
  if (act.what === 17) return { type: 'show', by };
  if (act.what === 18) return { type: 'reported', by, dangerInText: act.verb > 1 };
  const place = directory.resolvePlace('3番窓口', directory.person(by.id));
  // Mostly by the caller, now and then for somebody who may have been given the case by now.
  const caller = act.turn === 5 ? by : call.caller;
  const assignee = act.turn === 0 ? call.handling?.assignee?.id : undefined;
  const affected = act.turn < 2 ? participant(directory, assignee ?? OFFICERS[act.verb] ?? '') : null;
  return { type: 'join', by: caller, level: 'assist', place, affected, excluded: [] };
}

/** Mostly by General Affairs, sometimes by somebody to whom it is refused. */
function handlingOf(directory: Directory, call: Call, act: Given): CallCommand {
  const officer = act.turn === 5 ? PEOPLE[act.by] : OFFICERS[act.by % OFFICERS.length];
  const by = participant(directory, officer ?? '');
  const other = act.turn === 4 ? PEOPLE[act.by] : OFFICERS[act.verb];
  const to = participant(directory, other ?? '');
  if (act.what <= 2) return { type: 'accept', by };
  if (act.what <= 4) return { type: 'assign', by, to: act.turn === 3 ? null : to };
  if (act.what === 5) return { type: 'release', person: call.handling?.assignee?.id ?? to.id };
  if (act.what <= 7) return { type: 'close', by, sure: act.verb > 1 };
  if (act.what === 8) return { type: 'reopen', by };
  if (act.what === 9) return { type: 'exclude', by, person: to.id };
  const candidate = call.handling?.candidate ?? null;
  const next: CaseNumber = { year: 2026, n: (candidate?.n ?? 0) + 1 };
  const late = act.turn === 0;
  if (act.what <= 11) return { type: 'numbered', number: late ? next : (candidate ?? next) };
  return { type: 'try-number', number: next, instead: late ? next : candidate };
}

/** One act and what came of it. */
export interface Step {
  readonly before: Envelope<Call>;
  /** Pages committed before it. */
  readonly pages: number;
  /** Absent when time passed, or an outcome came in. */
  readonly command?: CallCommand;
  readonly decision?: Decision<Call>;
}

function perform(simulation: Simulation, act: Act): Step {
  const { envelope } = simulation;
  if (envelope === undefined) throw new Error('no call yet');
  const step = { before: envelope, pages: simulation.pages.length };
  if (act.kind === 'time') simulation.fireNext();
  else if (act.kind === 'settle') simulation.settle(act.index, act.outcome);
  else {
    const { directory, call } = simulation;
    const given = act.kind === 'handle' ? handlingOf(directory, call, act) : commandOf(directory, call, act);
    return { ...step, command: given, decision: simulation.command(given) };
  }
  return step;
}

interface Histories {
  readonly runs?: number;
  readonly handling?: number;
}

/** Runs random histories and checks `holds` at the start (no step yet) and after every single act. */
export function always(
  directory: () => Directory,
  holds: (simulation: Simulation, step: Step | undefined) => void,
  { runs = 100, handling = 2 }: Histories = {},
): void {
  fc.assert(
    // Left to itself, fast-check keeps arrays to about ten: too short to page, end, close and reopen.
    fc.property(start, fc.array(acts(handling), { maxLength: 60, size: 'max' }), (given, history) => {
      const simulation = begin(directory(), given);
      holds(simulation, undefined);
      for (const act of history) holds(simulation, perform(simulation, act));
    }),
    { numRuns: runs },
  );
}
