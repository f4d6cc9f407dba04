import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { performCall } from '../../../../bot/effects/call.ts';
import type { EffectParts } from '../../../../bot/effects/parts.ts';
import { performReachability } from '../../../../bot/effects/reach.ts';
import type { Recipient, SendOutcome } from '../../../../services/channel.ts';
import { CLAIM_MS, CLOCKS_APART_MS } from '../../../../services/engine/claims.ts';
import type { Effect } from '../../../../services/engine/envelope.ts';
import { type City, openCity } from '../../../harness/city.ts';
import type { FakeClock } from '../../../harness/fakeClock.ts';
import { memoryPeople } from '../../../harness/teamsChannel.ts';

/** What General Affairs is told takes two sends where the channel cannot be reached: both under one claim. */

let city: City;
let clock: FakeClock;
let sent: string[];
let underWay: number;
beforeEach(async () => {
  city = await openCity();
  clock = city.world.clock;
  [sent, underWay] = [[], 0];
  await city.world.app.onOrganizationChanged();
  city.world.channel.unreachable.add(city.suzuki);
  await city.world.app.reach.check(null);
  await city.world.pass(60);
  await city.world.says(city.sato, '応援 2番窓口');
});
afterEach(() => city.world.close());

type Slow = Readonly<Record<'channel' | 'person', readonly [ms: number, outcome: SendOutcome]>>;

/** A service that takes its time. */
function parts(slow: Slow): EffectParts {
  const send = (to: Recipient): Promise<SendOutcome> => {
    const which = 'person' in to ? 'person' : 'channel';
    sent.push(which);
    const [ms, outcome] = slow[which];
    underWay += 1;
    return new Promise((resolve) => {
      clock.after(ms, () => {
        underWay -= 1;
        resolve(outcome);
      });
    });
  };
  const { world } = city;
  const channel = { ...world.channel, send } as unknown as EffectParts['channel'];
  return { channel, people: memoryPeople({}), directory: world.directory, clock };
}

/** One attempt of what is owed, from the claim on. @returns what came of it, and after how long */
async function attempt(kind: 'tell' | 'alarm', slow: Slow, attempts = 1) {
  const claimedAt = clock.now();
  const effect: Effect = {
    key: kind,
    kind,
    person: '',
    data: kind === 'tell' ? { run: 1 } : { reason: 'emergency' },
    readyAt: claimedAt,
    attempt: attempts,
    claimedUntil: claimedAt + CLAIM_MS,
    claim: 'mine',
    uncertain: 0,
    dropped: false,
  };
  const { world } = city;
  let ended: { outcome: unknown; ms: number } | undefined;
  void performed().then((outcome) => {
    ended = { outcome, ms: clock.now() - claimedAt };
  });
  while (ended === undefined) {
    await new Promise((resolve) => setImmediate(resolve));
    // The store takes no time here, however long it takes.
    if (underWay > 0) clock.set(clock.now() + 500);
  }
  return ended;

  async function performed(): Promise<unknown> {
    const nothing = async () => true;
    const between = { number: nothing, cover: nothing, isOwed: nothing };
    const call = await world.app.calls.read(await world.codeOf(city.sato));
    const state = (await world.app.reach.overview()).city;
    if (call === undefined) throw new Error('no call');
    return kind === 'alarm'
      ? performCall(parts(slow), between)(effect, call, 1)
      : performReachability(parts(slow), () => world.app.reach)(effect, state, 1);
  }
}

const unreachable: SendOutcome = { kind: 'unreachable', reason: '404' };
const delivered: SendOutcome = { kind: 'delivered', activityId: 'm' };

describe.each(['tell', 'alarm'] as const)('%s', (kind) => {
  test('two sends that take as long as they may do not outlast the claim', async () => {
    const slow: Slow = { channel: [9_000, unreachable], person: [9_500, delivered] };
    const { outcome, ms } = await attempt(kind, slow);
    expect(sent).toEqual(['channel', 'person', 'person', 'person']);
    expect(outcome).toEqual({ kind: 'uncertain', reason: 'no time left' });
    expect(ms).toBeLessThanOrEqual(CLAIM_MS - CLOCKS_APART_MS + 500);
  });

  test('people are rung all the same where the claim leaves them the time', async () => {
    const slow: Slow = { channel: [2_000, unreachable], person: [5_000, delivered] };
    expect((await attempt(kind, slow)).outcome).toMatchObject({
      kind: kind === 'tell' ? 'told' : 'delivered',
    });
  });

  test('with next to nothing left nobody is rung: that certainly did not arrive', async () => {
    const slow: Slow = { channel: [10_500, unreachable], person: [100, delivered] };
    expect((await attempt(kind, slow)).outcome).toEqual({ kind: 'retry', reason: 'no time left' });
    expect(sent).toEqual(['channel']);
  });

  test('a channel that has not answered twice is not waited for before people are rung', async () => {
    const slow: Slow = {
      channel: [10_000, { kind: 'uncertain', reason: 'timeout' }],
      person: [5_000, delivered],
    };
    expect((await attempt(kind, slow, 2)).outcome).toMatchObject({ kind: 'uncertain' });
    expect(sent).toEqual(['channel']);
    const third = await attempt(kind, slow, 3);
    expect(third.outcome).toMatchObject({ kind: kind === 'tell' ? 'told' : 'delivered' });
    expect(third.ms).toBeLessThan(CLAIM_MS - CLOCKS_APART_MS);
  });
});
