import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EngineCommand } from '../../../services/engine/aggregate.ts';
import type { Effect, NewEffect } from '../../../services/engine/envelope.ts';
import type { ReachDirectory } from '../../../services/reach/begin.ts';
import { decide, type ReachCommand } from '../../../services/reach/decide.ts';
import type { Reachability } from '../../../services/reach/reachability.ts';
import { directory, jst } from '../directory/fixture.ts';

const real = directory();
const working = new Map<string, boolean>();
/** Asked hundreds of times for the same days. */
const city: ReachDirectory = {
  pageable: real.pageable,
  reachability: real.reachability,
  isWorkingDay(day) {
    const known = working.get(day) ?? real.isWorkingDay(day);
    working.set(day, known);
    return known;
  },
};
const START = jst('2026-11-27 12:00');

/** What happens next; an index chooses among the timers that are set and the effects that are owed. */
type Happening =
  | { readonly what: 'timer' | 'effect'; readonly at: number; readonly outcome: number }
  | { readonly what: 'command'; readonly command: ReachCommand };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    what: fc.constantFrom('timer' as const, 'effect' as const),
    at: fc.nat(9),
    outcome: fc.nat(5),
  }),
  fc.record({
    what: fc.constant('command' as const),
    command: fc.constantFrom<ReachCommand>(
      { type: 'follow' },
      { type: 'check', watcher: null },
      { type: 'check', watcher: { person: 'shimizu', activityId: 'm1' } },
      { type: 'start-test', by: '清水 陽子' },
    ),
  }),
);

const OUTCOMES = [
  { kind: 'batch', next: null, unknown: 0, unkept: [] },
  { kind: 'batch', next: 'p5', unknown: 0, unkept: [] },
  { kind: 'batch', next: null, unknown: 2, unkept: ['p3'] },
  { kind: 'told' },
  { kind: 'quiet' },
  { kind: 'retry', reason: 'defect', retryAfterMs: 30_000 },
] as const;

const asEffect = (effect: NewEffect): Effect => ({
  data: {},
  readyAt: 0,
  attempt: 1,
  claimedUntil: null,
  claim: null,
  uncertain: 0,
  dropped: false,
  ...effect,
});

/** As the engine does it, with one clock that only goes on. */
class Played {
  now = START;
  state: Reachability;
  readonly timers = new Map<string, number>();
  owed: Effect[] = [];

  constructor() {
    this.state = this.#decided(undefined, { type: 'follow' });
  }

  happens(next: Happening): void {
    if (next.what === 'command') this.state = this.#decided(this.state, next.command);
    else if (next.what === 'timer') this.#timer(next.at);
    else this.#effect(next.at, next.outcome);
  }

  #timer(at: number): void {
    const [name, due] =
      [...this.timers].sort((a, b) => a[1] - b[1])[at % Math.max(1, this.timers.size)] ?? [];
    if (name === undefined || due === undefined) return;
    this.now = Math.max(this.now, due);
    this.timers.delete(name);
    this.state = this.#decided(this.state, { type: 'timer', name });
  }

  #effect(at: number, which: number): void {
    const effect = this.owed[at % Math.max(1, this.owed.length)];
    const outcome = OUTCOMES[which];
    if (effect === undefined) return;
    this.owed = this.owed.filter((one) => one !== effect);
    const before = this.owed.length;
    this.state = this.#decided(this.state, { type: 'settled', effect, outcome, shownRev: 1 }, effect);
    if (this.owed.length === before && this.#isRetried) this.owed.push(effect);
  }

  #isRetried = false;

  #decided(
    state: Reachability | undefined,
    command: ReachCommand | EngineCommand,
    effect?: Effect,
  ): Reachability {
    this.now += 1_000;
    const decision = decide(city, state, command, { now: this.now, nextRev: 1 });
    this.#isRetried = decision.ok && decision.retryAt !== undefined && effect !== undefined;
    if (!decision.ok) {
      if (state === undefined) throw new Error('refused');
      return state;
    }
    this.owed = this.owed.filter((one) => !decision.drop(one));
    for (const one of decision.effects) this.owed.push(asEffect(one));
    for (const [name, at] of Object.entries(decision.timers)) {
      if (at === null) this.timers.delete(name);
      else this.timers.set(name, at);
    }
    return decision.state;
  }
}

const played = fc.array(happening, { maxLength: 60 });

test('one check at a time, and one part of it owed while it is under way', () => {
  const property = fc.property(played, (happenings) => {
    const play = new Played();
    for (const next of happenings) {
      const { run } = play.state;
      play.happens(next);
      const { check, checked, told } = play.state;
      expect(play.state.run).toBeGreaterThanOrEqual(run);
      expect(check === null || check.run === play.state.run).toBe(true);
      expect(told.run).toBeLessThanOrEqual(play.state.run);
      expect(checked === null || checked.run <= play.state.run).toBe(true);
      const parts = play.owed.filter(({ kind }) => kind === 'check');
      expect(parts.length).toBe(check === null ? 0 : 1);
      expect(play.owed.filter(({ kind }) => kind === 'tell').length).toBeLessThanOrEqual(1);
    }
  });
  fc.assert(property, { numRuns: 120 });
});

test('the next check and the next test are always set', () => {
  const property = fc.property(played, (happenings) => {
    const play = new Played();
    for (const next of happenings) {
      play.happens(next);
      expect(play.timers.get('check') ?? 0).toBeGreaterThan(0);
      expect(play.timers.get('test') ?? 0).toBeGreaterThan(0);
    }
  });
  fc.assert(property, { numRuns: 100 });
});

test('one test a day at most', () => {
  const property = fc.property(played, (happenings) => {
    const play = new Played();
    const begun: string[] = [];
    for (const next of happenings) {
      const before = play.state.test;
      play.happens(next);
      if (play.state.test !== null && play.state.test.startedAt !== before?.startedAt)
        begun.push(play.state.test.id);
    }
    expect(new Set(begun).size).toBe(begun.length);
  });
  fc.assert(property, { numRuns: 120 });
});

test('the document stays small, however long it runs', () => {
  const property = fc.property(fc.array(happening, { minLength: 200, maxLength: 300 }), (happenings) => {
    const play = new Played();
    for (const next of happenings) play.happens(next);
    expect(JSON.stringify([play.state, play.owed]).length).toBeLessThan(16_000);
  });
  fc.assert(property, { numRuns: 8 });
});
