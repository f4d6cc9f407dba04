import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createServiceAddress } from '../../../../bot/teams/serviceAddress.ts';
import { SEND_DEADLINE_MS } from '../../../../services/channel.ts';
import { createPacer, type Pacer } from '../../../../services/sending/pacer.ts';
import { FakeClock } from '../../../harness/fakeClock.ts';
import { answers, OddService } from '../../../harness/oddService.ts';
import { memoryPeople, referenceTo, teamsChannel } from '../../../harness/teamsChannel.ts';

const message = { card: { type: 'AdaptiveCard' }, summary: '', alert: true, priority: 'page' } as const;

let service: OddService;
let clock: FakeClock;
let pacer: Pacer;
beforeEach(async () => {
  service = await OddService.open();
  clock = new FakeClock('2026-11-24T10:00:00+09:00');
  pacer = createPacer({ clock, instances: 1 });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await service.close();
});

function open(...known: string[]) {
  const people = memoryPeople(
    Object.fromEntries(known.map((id) => [id, referenceTo(service.url, `chat-${id}`)])),
  );
  const serviceAddress = createServiceAddress(people, service.url);
  return teamsChannel({ people, pacer, clock, serviceAddress });
}

const counting = () => service.requests.length;

describe('the channel, paced', () => {
  test('asks nothing of the service for what it holds back', async () => {
    const channel = open('a');
    pacer.throttled('chat-a', 30_000);
    expect(await channel.send({ person: 'a' }, message)).toMatchObject({ kind: 'retry', why: 'held-back' });
    expect(await channel.update({ person: 'a' }, 'm', message)).toMatchObject({ why: 'held-back' });
    expect(counting()).toBe(0);
  });

  test('a 429 makes it hold back by itself, for as long as the service said, and only there', async () => {
    const channel = open('a', 'b');
    service.reaction = (res, req) =>
      req.url.includes('chat-a')
        ? answers(429, {}, { 'retry-after': '20' })(res, req)
        : answers(201, { id: 'a7' })(res, req);
    expect(await channel.send({ person: 'a' }, message)).toMatchObject({
      why: 'throttled',
      retryAfterMs: 20_000,
    });
    expect(await channel.send({ person: 'a' }, message)).toMatchObject({ why: 'held-back' });
    expect((await channel.send({ person: 'b' }, message)).kind).toBe('delivered');
    expect(counting()).toBe(2);
  });

  test('people whose requests hang take no place from others', async () => {
    const hanging = Array.from({ length: 20 }, (_, n) => `h${n}`);
    const channel = open('b', ...hanging);
    service.reaction = (res, req) => {
      if (!req.url.includes('chat-h')) answers(201, { id: 'a7' })(res, req);
    };
    const waiting = hanging.map((person) => channel.send({ person }, message));
    expect((await channel.send({ person: 'b' }, message)).kind).toBe('delivered');
    await service.close();
    for (const outcome of await Promise.all(waiting)) expect(outcome.kind).toBe('uncertain');
  });

  test('a first contact takes a turn for each of its two requests', async () => {
    pacer = createPacer({ clock, instances: 50 });
    const channel = open();
    const sending = channel.send({ person: 'new' }, message);
    // One request a second: the second one waits.
    while (pacer.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(counting()).toBe(1);
    clock.set(clock.now() + 1_000);
    expect((await sending).kind).toBe('delivered');
    expect(counting()).toBe(2);
  });

  test('what waited for its turn leaves the request the rest of the deadline', async () => {
    pacer = createPacer({ clock, instances: 50 });
    const channel = open('a', 'b');
    await channel.send({ person: 'a' }, message);
    const second = channel.send({ person: 'b' }, message);
    while (pacer.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
    const asked = jest.spyOn(clock, 'after');
    clock.set(clock.now() + 1_000);
    await second;
    expect(asked.mock.calls.map(([ms]) => ms)).toContain(SEND_DEADLINE_MS - 1_000);
  });

  test('a clock that is set back meanwhile gives a request no more than the deadline', async () => {
    const asked = jest.spyOn(clock, 'after');
    const times = [clock.now(), clock.now() - 600_000];
    const setBack = { ...clock, now: () => times.shift() ?? clock.now() - 600_000 };
    const people = memoryPeople({ a: referenceTo(service.url, 'chat-a') });
    const channel = teamsChannel({ people, clock: { ...setBack, after: clock.after.bind(clock) } });
    expect((await channel.send({ person: 'a' }, message)).kind).toBe('delivered');
    expect(Math.max(...asked.mock.calls.map(([ms]) => ms))).toBe(SEND_DEADLINE_MS);
  });

  test('what is pointless by the time of its turn is not sent', async () => {
    pacer = createPacer({ clock, instances: 50 });
    const channel = open('a', 'b');
    await channel.send({ person: 'a' }, message);
    const stillOwed = jest.fn(async () => false);
    const second = channel.send({ person: 'b' }, { ...message, stillOwed });
    while (pacer.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.set(clock.now() + 1_000);
    expect(await second).toMatchObject({ kind: 'retry', why: 'held-back', reason: 'no longer owed' });
    expect(stillOwed.mock.calls).toEqual([[true]]);
    expect(counting()).toBe(1);
  });

  test('nor what is pointless although it did not have to wait for its turn', async () => {
    const stillOwed = jest.fn(async () => false);
    const outcome = await open('a').send({ person: 'a' }, { ...message, stillOwed });
    expect(outcome).toMatchObject({ kind: 'retry', why: 'held-back', reason: 'no longer owed' });
    expect(stillOwed.mock.calls).toEqual([[false]]);
    expect(counting()).toBe(0);
  });
});
