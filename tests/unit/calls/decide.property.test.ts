import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CallCommand } from '../../../services/calls/commands.ts';
import { isHeld } from '../../../services/calls/draft.ts';
import { createDirectory } from '../../../services/directory/createDirectory.ts';
import { type Directory, LANES } from '../../../services/directory/directory.ts';
import { loadOrganization } from '../../../services/directory/organization.ts';
import { ORGANIZATION } from '../../harness/organization.ts';
import { participant, Simulation } from '../../harness/simulation.ts';

let directory: Directory;
beforeAll(async () => {
  directory = createDirectory(await loadOrganization(ORGANIZATION));
});

const person = (n: number) => `00000000-0000-4000-8000-000000000${n}`;
/** Colleagues, neighbours, heads, General Affairs, a counter, somebody unknown. */
const PEOPLE = [101, 102, 103, 104, 105, 121, 201, 203, 301, 302, 303, 304, 901, 999].map(person);
const CALLERS = [101, 104, 203, 302, 901, 999].map(person);

type Act =
  | { kind: 'command'; by: number; what: number; verb: number; turn: number }
  | { kind: 'time' }
  | {
      kind: 'settle';
      index: number;
      outcome: 'delivered' | 'unreachable' | 'uncertain' | 'retry' | 'rejected' | 'gone';
    };

const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('command' as const),
      by: fc.nat(PEOPLE.length - 1),
      what: fc.nat(19),
      verb: fc.nat(3),
      turn: fc.nat(5),
    }),
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'time' as const }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      index: fc.nat(30),
      outcome: fc.constantFrom(
        'delivered' as const,
        'delivered' as const,
        'delivered' as const,
        'unreachable' as const,
        'uncertain' as const,
        'retry' as const,
        'rejected' as const,
        'gone' as const,
      ),
    }),
  },
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

function begin(given: Start): Simulation {
  const at = Date.parse(`2026-11-${given.day}T${String(given.hour).padStart(2, '0')}:00:00+09:00`);
  const simulation = new Simulation(directory, at);
  const by = participant(directory, given.caller);
  const affected = given.affected === null ? null : participant(directory, given.affected);
  const place = directory.resolvePlace('2番窓口', directory.person(given.caller));
  const excluded = given.excluded.filter((id) => id !== given.caller);
  simulation.command({
    type: 'open',
    code: 'K-TEST',
    number: 0,
    by,
    level: given.level,
    place,
    affected,
    excluded,
  });
  return simulation;
}

function commandOf(act: Extract<Act, { kind: 'command' }>): CallCommand {
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
  return { type: 'join', by, level: 'assist', place, affected: null, excluded: [] };
}

function perform(simulation: Simulation, act: Act): void {
  if (act.kind === 'time') simulation.fireNext();
  else if (act.kind === 'settle') simulation.settle(act.index, act.outcome);
  else simulation.command(commandOf(act));
}

/** Runs random histories and checks `holds` after every single act. */
function always(
  holds: (simulation: Simulation, act: Act | undefined, pagesBefore: number) => void,
  runs = 500,
): void {
  fc.assert(
    fc.property(start, fc.array(acts, { maxLength: 60 }), (given, history) => {
      const simulation = begin(given);
      holds(simulation, undefined, 0);
      for (const act of history) {
        const before = simulation.pages.length;
        perform(simulation, act);
        holds(simulation, act, before);
      }
    }),
    { numRuns: runs },
  );
}

describe('whatever people do, whenever', () => {
  test('the caller, the affected person and implicated persons are never paged', () => {
    always((simulation, _act, before) => {
      const { caller, affected, excluded } = simulation.call;
      for (const page of simulation.pages.slice(before)) {
        expect([caller.id, affected?.id, ...excluded]).not.toContain(page.person);
      }
    });
  });

  test('nobody fills both lanes', () => {
    always((simulation) => {
      const { second, generalAffairs } = simulation.call.lanes;
      const both = Object.keys(second.people).filter((id) => generalAffairs.people[id] !== undefined);
      expect(both).toEqual([]);
    });
  });

  test('while an acknowledgement stands, the lane owes no page', () => {
    always((simulation) => {
      for (const lane of LANES) {
        if (!isHeld(simulation.call.lanes[lane]) || simulation.call.lanes[lane].state === 'off') continue;
        const owed = simulation.envelope?.outbox.filter((e) => e.kind === 'page' && e.data.lane === lane);
        expect(owed).toEqual([]);
        expect(simulation.envelope?.timers[`step:${lane}`]).toBeUndefined();
        expect(simulation.envelope?.timers[`repeat:${lane}`]).toBeUndefined();
      }
    });
  });

  test('a lane that nobody has acknowledged pages again within five minutes, for ever', () => {
    always((simulation) => {
      if (simulation.call.status !== 'open') return;
      for (const lane of LANES) {
        const state = simulation.call.lanes[lane];
        if (state.state === 'off') continue;
        expect(state.state).toBe(isHeld(state) ? 'held' : 'paging');
        if (state.state === 'held') continue;
        const next = simulation.envelope?.timers[`repeat:${lane}`] ?? Number.POSITIVE_INFINITY;
        expect(next - simulation.now).toBeLessThanOrEqual(300_000);
      }
    });
  });

  test('a person who was queued is sent a page or the page is still owed', () => {
    always((simulation) => {
      if (simulation.call.status !== 'open') return;
      for (const lane of LANES) {
        const state = simulation.call.lanes[lane];
        if (state.state !== 'paging') continue;
        for (const [id, entry] of Object.entries(state.people)) {
          if (entry.page !== 'queued' || entry.answer !== null) continue;
          const owed = simulation.envelope?.outbox.some((e) => e.kind === 'page' && e.person === id);
          expect({ id, owed }).toEqual({ id, owed: true });
        }
      }
    });
  });

  test('an answer in one lane leaves the other lane as it was', () => {
    always((simulation, act) => {
      if (act?.kind !== 'command' || act.what >= 11) return;
      const probe = new Simulation(directory, simulation.now);
      probe.envelope = simulation.envelope;
      const before = JSON.parse(JSON.stringify(simulation.call.lanes)) as typeof simulation.call.lanes;
      const again = commandOf({ ...act, turn: act.turn + 100 });
      probe.command(again);
      const changed = LANES.filter(
        (lane) => JSON.stringify(probe.call.lanes[lane]) !== JSON.stringify(before[lane]),
      );
      expect(changed.length).toBeLessThanOrEqual(1);
    }, 200);
  });

  test('after the end nothing is paged, asked or timed any more', () => {
    always((simulation, _act, before) => {
      if (simulation.call.status === 'open') return;
      expect(simulation.envelope?.timers).toEqual({});
      expect(simulation.pages.slice(before)).toEqual([]);
      expect(simulation.envelope?.outbox.filter((e) => e.kind === 'page' && !e.dropped)).toEqual([]);
    });
  });

  test('the same tap delivered again changes nothing', () => {
    always((simulation, act) => {
      if (act?.kind !== 'command') return;
      const command = commandOf(act);
      if (command.type === 'show' || command.type === 'join' || command.type === 'reported') return;
      const before = simulation.envelope;
      const pages = simulation.pages.length;
      const again = simulation.command(command);
      expect(again.ok).toBe(false);
      expect(simulation.envelope).toBe(before);
      expect(simulation.pages.length).toBe(pages);
    });
  });

  test('the state survives being stored, stays under 64 KB, and its timeline never runs backwards', () => {
    always((simulation) => {
      const text = JSON.stringify(simulation.envelope);
      expect(JSON.parse(text)).toEqual(simulation.envelope);
      expect(Buffer.byteLength(text)).toBeLessThan(64 * 1024);
      const times = simulation.call.timeline.map((entry) => entry.at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }, 200);
  });

  test('every card that is out ends at the current state', () => {
    always((simulation) => {
      for (const [id, copy] of Object.entries(simulation.call.copies)) {
        if (copy.shownRev === simulation.envelope?.rev) continue;
        const owed = simulation.envelope?.outbox.some(
          (e) => ['card', 'page', 'notice'].includes(e.kind) && e.person === id,
        );
        expect({ id, owed }).toEqual({ id, owed: true });
      }
    });
  });
});
