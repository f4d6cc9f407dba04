import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call } from '../../../services/calls/call.ts';
import { createCallAggregate } from '../../../services/calls/decide.ts';
import type { Effect } from '../../../services/engine/envelope.ts';
import type { Mutable } from '../../../services/mutable.ts';
import { type City, openCity } from '../../harness/city.ts';

/** An attempt whose claim has expired: what the rules make of it. */

let city: City;
let call: Call;
beforeEach(async () => {
  city = await openCity();
  await city.world.installs(city.sato, city.suzuki);
  await city.world.says(city.sato, '応援 2番窓口');
  call = (await city.world.app.calls.openCallOf(city.sato)) as Call;
});
afterEach(() => city.world.close());

const page = (person: string): Effect => ({
  key: `page:second:1:0:0:${person}`,
  kind: 'page',
  person,
  data: { lane: 'second' },
  readyAt: 0,
  attempt: 1,
  claimedUntil: 0,
  claim: 'of a dead one',
  uncertain: 0,
  dropped: true,
});

const afterLosing = (state: Call, effect: Effect) => {
  const { lost } = createCallAggregate({ directory: city.world.directory });
  const decided = lost?.(state, effect, { now: city.world.clock.now(), nextRev: 99 });
  return { copies: decided?.state.copies ?? {}, owed: decided?.effects.map(({ key }) => key) ?? [] };
};

test('whoever is in no lane any more, since it has begun anew, gets a card that follows', () => {
  const { copies, owed } = afterLosing(call, page(city.kato));
  expect(copies[city.kato]).toMatchObject({ activityId: null, role: 'responder' });
  expect(owed).toContain(`card:${city.kato}`);
});

test('nothing more goes to whoever has been left out of the case', () => {
  const { copies, owed } = afterLosing({ ...call, excluded: [city.kato] }, page(city.kato));
  expect(copies[city.kato]).toBeUndefined();
  expect(owed).not.toContain(`card:${city.kato}`);
});

test('whoever has a card that is known keeps it', () => {
  const { copies } = afterLosing(call, page(city.suzuki));
  expect(copies[city.suzuki]?.activityId).toBe(call.copies[city.suzuki]?.activityId);
});

test('an update of a message that two newer ones have followed does not become the card of its person', () => {
  const { decide } = createCallAggregate({ directory: city.world.directory });
  // The message after it has been retired as well, and a new one is owed.
  const copy = { activityId: null, shownRev: 0, role: 'responder', retired: 'second' } as const;
  const state: Call = { ...call, copies: { ...call.copies, [city.suzuki]: copy } };
  const effect = { ...page(city.suzuki), key: `card:${city.suzuki}`, kind: 'card', dropped: false };
  const outcome = { kind: 'delivered', activityId: 'first', updated: 'first' };
  const decided = decide(
    state,
    { type: 'settled', effect, outcome, shownRev: 98 },
    { now: city.world.clock.now(), nextRev: 99 },
  );
  if (!decided.ok) throw new Error(decided.reason);
  expect(decided.state.copies[city.suzuki]).toMatchObject({ activityId: null });
  expect(decided.effects.map(({ key }) => key)).toContain('retire:first:again');
  expect(decided.retryAt).toBe(city.world.clock.now());
});

describe('two messages that two attempts have brought to one person', () => {
  const NOW = 1_700_000_000_000;
  const delivered = (state: Call, kind: 'card' | 'page', activityId: string, claimedUntil: number) => {
    const { decide } = createCallAggregate({ directory: city.world.directory });
    const effect = { ...page(city.suzuki), kind, dropped: false, claimedUntil };
    const decided = decide(
      state,
      { type: 'settled', effect, outcome: { kind: 'delivered', activityId }, shownRev: 98 },
      { now: NOW, nextRev: 99 },
    );
    if (!decided.ok) throw new Error(decided.reason);
    return decided;
  };
  const without = (state: Call): Call => ({
    ...state,
    copies: { ...state.copies, [city.suzuki]: { activityId: null, shownRev: 0, role: 'responder' } },
  });

  test.each(['card', 'page'] as const)(
    'of a %s: the later one stays, also when it is recorded first',
    (kind) => {
      const later = delivered(without(call), kind, 'later', NOW + 15_000);
      const { state, effects } = delivered(later.state, kind, 'earlier', NOW - 1_000);
      expect(state.copies[city.suzuki]?.activityId).toBe('later');
      expect(effects.map(({ key }) => key)).toContain('retire:earlier');
    },
  );

  test('one that is recorded once more after it has been replaced, since the answer to the write was lost, stays old', () => {
    const older = delivered(without(call), 'page', 'older', NOW + 14_000);
    const newer = delivered(older.state, 'card', 'newer', NOW + 15_000);
    const { state, effects } = delivered(newer.state, 'page', 'older', NOW + 14_000);
    expect(state.copies[city.suzuki]?.activityId).toBe('newer');
    expect(effects.map(({ key }) => key)).not.toContain('retire:newer');
  });

  test('a message that is recorded in time stays, also when the clock has been set back since the one before', () => {
    const before = delivered(without(call), 'page', 'before', NOW + 75_000);
    const { state, effects } = delivered(before.state, 'page', 'newest', NOW + 15_000);
    expect(state.copies[city.suzuki]?.activityId).toBe('newest');
    expect(effects.map(({ key }) => key)).toContain('retire:before');
  });

  test.each(['card', 'page'] as const)('of a %s: recorded in their order, the later one stays', (kind) => {
    const earlier = delivered(without(call), kind, 'earlier', NOW - 1_000);
    const { state, effects } = delivered(earlier.state, kind, 'later', NOW + 15_000);
    expect(state.copies[city.suzuki]?.activityId).toBe('later');
    expect(effects.map(({ key }) => key)).toContain('retire:earlier');
  });
});

describe('a program of the version before, which does not know what is news to whom, has written in between', () => {
  /** What is owed after a page that was drawn at `shownRev`, when the call is at `rev`. */
  const owedAt = (rev: number, shownRev: number, shared: Call['shared']) => {
    const { decide } = createCallAggregate({ directory: city.world.directory });
    const effect = { ...page(city.suzuki), dropped: false, claimedUntil: city.world.clock.now() + 60_000 };
    const outcome = { kind: 'delivered', activityId: 'new' };
    const lanes = structuredClone(call.lanes) as Mutable<Call['lanes']>;
    for (const person of Object.values(lanes.second.people)) person.page = 'sent';
    const decided = decide(
      { ...call, lanes, ...(shared === undefined ? {} : { shared }) },
      { type: 'settled', effect, outcome, shownRev },
      { now: 0, nextRev: rev + 1 },
    );
    if (!decided.ok) throw new Error(decided.reason);
    return decided.effects.map(({ key }) => key);
  };

  test('whoever was called gets a card of what it wrote', () => {
    expect(owedAt(7, 6, { rev: 5, at: 6 })).toContain(`card:${city.suzuki}`);
    expect(owedAt(7, 6, undefined)).toContain(`card:${city.suzuki}`);
  });

  test('and none where only callers had something to see since', () => {
    expect(owedAt(7, 6, { rev: 5, at: 7 })).not.toContain(`card:${city.suzuki}`);
  });
});

describe('two updates of one message that were under way at the same time', () => {
  const NOW = 1_700_000_000_000;
  const card = (state: Call, claimedUntil: number, shownRev: number) => {
    const { decide } = createCallAggregate({ directory: city.world.directory });
    const effect = {
      ...page(city.suzuki),
      key: `card:${city.suzuki}`,
      kind: 'card',
      dropped: false,
      claimedUntil,
    };
    const outcome = { kind: 'delivered', activityId: 'live', updated: 'live' };
    const moment = { now: NOW, nextRev: 99 };
    const decided = decide(state, { type: 'settled', effect, outcome, shownRev }, moment);
    if (!decided.ok) throw new Error(decided.reason);
    return { state: decided.state, owed: decided.effects.map(({ key }) => key) };
  };
  const live = (shownRev: number): Call => ({
    ...call,
    shared: { rev: 98, at: 98 },
    copies: { ...call.copies, [city.suzuki]: { activityId: 'live', shownRev, role: 'responder' } },
  });
  const again = `card:${'00000000-0000-4000-8000-000000000102'}`;

  test('one that is recorded late may have come last: the card is shown anew', () => {
    expect(card(live(98), NOW - 1_000, 50).owed).toContain(again);
  });

  test('and so may the late one when the other is recorded after it', () => {
    const late = card(live(1), NOW - 1_000, 50);
    const other = card(late.state, NOW + 10_000, 98);
    expect(other.owed).toContain(again);
    // What was begun after that is beyond doubt.
    expect(card(other.state, NOW + 15_000, 98).owed).not.toContain(again);
  });

  test('recorded in time it is done', () => {
    expect(card(live(1), NOW + 10_000, 98).owed).not.toContain(again);
  });
});
