import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Reach, SendOutcome } from '../../../services/channel.ts';
import type { EngineCommand } from '../../../services/engine/aggregate.ts';
import type { Effect } from '../../../services/engine/envelope.ts';
import { decide, type PersonCommand } from '../../../services/reach/decidePerson.ts';
import type { PersonReach } from '../../../services/reach/personReach.ts';

const person = 'sato';
const TESTS = ['2026-12-01', '2027-01-04', '2027-02-01'];

const reach = fc.constantFrom<Reach>(
  { kind: 'reachable' },
  { kind: 'unreachable', why: 'not-installed', reason: '403' },
  { kind: 'unreachable', why: 'blocked', reason: '403' },
  { kind: 'unknown', reason: '503' },
);
const outcome = fc.constantFrom<SendOutcome>(
  { kind: 'delivered', activityId: 'a' },
  { kind: 'unreachable', reason: '403' },
  { kind: 'retry', reason: '429' },
  { kind: 'uncertain', reason: 'reset' },
  { kind: 'rejected', reason: '400' },
);
const effect = (test: string, attempt: number): Effect => ({
  key: `test:${test}`,
  kind: 'test',
  person,
  data: { test },
  readyAt: 0,
  attempt,
  claimedUntil: 1,
  claim: 'c',
  uncertain: 0,
  dropped: false,
});

const command: fc.Arbitrary<PersonCommand | EngineCommand> = fc.oneof(
  fc.record({ type: fc.constant('checked' as const), person: fc.constant(person), run: fc.nat(20), reach }),
  fc.record({
    type: fc.constant('invite' as const),
    person: fc.constant(person),
    test: fc.constantFrom(...TESTS),
    isAway: fc.boolean(),
  }),
  fc.record({ type: fc.constant('confirm' as const), test: fc.constantFrom(...TESTS) }),
  fc.record({ type: fc.constantFrom('installed' as const, 'uninstalled' as const), run: fc.nat(20) }),
  fc.tuple(fc.constantFrom(...TESTS), fc.integer({ min: 1, max: 40 }), outcome).map(
    ([test, attempt, sent]): EngineCommand => ({
      type: 'settled',
      effect: effect(test, attempt),
      outcome: sent,
      shownRev: 1,
    }),
  ),
);

const START: PersonReach = { person, found: null, asked: null, test: null };

/** Runs commands one after another, a second apart; `look` sees the state before and after each. */
function run(
  commands: readonly (PersonCommand | EngineCommand)[],
  look: (
    before: PersonReach,
    after: PersonReach,
    command: PersonCommand | EngineCommand,
    owed: number,
  ) => void,
): PersonReach {
  let state = START;
  commands.forEach((one, n) => {
    const frozen = JSON.stringify(state);
    const decision = decide(state, one, { now: 1_000 * (n + 1), nextRev: n + 2 });
    expect(JSON.stringify(state)).toBe(frozen);
    const after = decision.ok ? decision.state : state;
    look(state, after, one, decision.ok ? decision.effects.length : 0);
    state = after;
  });
  return state;
}

test('a confirmation stands until another test begins, and a test never goes back', () => {
  const property = fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
    run(commands, (before, after, one) => {
      expect((after.test?.id ?? '') >= (before.test?.id ?? '')).toBe(true);
      if (before.test?.isConfirmed && after.test?.id === before.test.id)
        expect(after.test.isConfirmed).toBe(true);
      if (one.type === 'confirm' && after.test?.id !== one.test) expect(after).toEqual(before);
    });
  });
  fc.assert(property, { numRuns: 300 });
});

test('a card is owed once for each test, and none for somebody who is away', () => {
  const property = fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
    const owed: string[] = [];
    run(commands, (_before, after, one, count) => {
      if (one.type !== 'invite' || count === 0) return;
      expect(one.isAway).toBe(false);
      owed.push(after.test?.id ?? '');
    });
    expect(new Set(owed).size).toBe(owed.length);
  });
  fc.assert(property, { numRuns: 300 });
});

test('what could not be told changes nothing of what is known; the rest is as the last check said', () => {
  const property = fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
    run(commands, (before, after, one) => {
      if (one.type !== 'checked') return;
      if (one.reach.kind === 'unknown') return expect(after.found).toEqual(before.found);
      expect(after.found?.status === 'reachable').toBe(one.reach.kind === 'reachable');
    });
  });
  fc.assert(property, { numRuns: 300 });
});

test('no moment of a confirmation is kept (promise 8)', () => {
  const invited = { type: 'invite', person, test: TESTS[0] ?? '', isAway: false } as const;
  const after = (seconds: number) => {
    const first = decide(START, invited, { now: 0, nextRev: 2 });
    if (!first.ok) throw new Error('refused');
    const then = decide(
      first.state,
      { type: 'confirm', test: invited.test },
      { now: seconds * 1_000, nextRev: 3 },
    );
    return JSON.stringify(then);
  };
  expect(after(3)).toBe(after(300_000));
});
