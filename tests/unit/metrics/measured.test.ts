import { beforeEach, describe, expect, test } from '@jest/globals';
import { createPrometheus, type Prometheus } from '../../../bot/metrics/prometheus.ts';
import type { SendOutcome } from '../../../services/channel.ts';
import type { Effect, Envelope } from '../../../services/engine/envelope.ts';
import { type EngineObserver, firedTimers, observedBy } from '../../../services/engine/observer.ts';
import { silentLog } from '../../../services/log.ts';
import { measuredAlarm } from '../../../services/metrics/measuredAlarm.ts';
import { measuredChannel, type Sent } from '../../../services/metrics/measuredChannel.ts';
import { measuredEngine } from '../../../services/metrics/measuredEngine.ts';
import { measuredStore, type StoreCall } from '../../../services/metrics/measuredStore.ts';
import { Undecodable } from '../../../services/store/store.ts';
import { FakeClock } from '../../harness/fakeClock.ts';
import { FaultyStore } from '../../harness/faultyStore.ts';
import { MemoryStore } from '../../harness/memoryStore.ts';

const KEY = { kind: 'call', id: 'K-7F3Q' };
const document = { ...KEY, dueAt: null, terms: [], sortAt: 0, summary: null, body: {} };

describe('the store', () => {
  let inner: MemoryStore;
  let calls: StoreCall[];
  let time: number;
  beforeEach(() => {
    [inner, calls, time] = [new MemoryStore(), [], 0];
  });
  const measured = (store = new FaultyStore(inner)) =>
    measuredStore(
      store,
      (call) => void calls.push(call),
      () => (time += 5),
    );

  test('does what it did, and tells of each call: what, how it ended, how long', async () => {
    const store = measured();
    const etag = await store.create(document);
    expect(await store.read(KEY)).toMatchObject(document);
    await store.replace(document, etag);
    await expect(store.replace(document, etag)).rejects.toMatchObject({ code: 'stale' });
    await expect(store.create(document)).rejects.toMatchObject({ code: 'already-exists' });
    expect(calls).toEqual([
      { operation: 'create', outcome: 'ok', ms: 5 },
      { operation: 'read', outcome: 'ok', ms: 5 },
      { operation: 'replace', outcome: 'ok', ms: 5 },
      { operation: 'replace', outcome: 'stale', ms: 5 },
      { operation: 'create', outcome: 'already-exists', ms: 5 },
    ]);
  });

  test('every method is measured', async () => {
    const store = measured();
    await Promise.all([store.due(0, 1), store.nextDue(), store.all(undefined, 1), store.ping()]);
    await store.list({ kind: 'call', term: 'x', limit: 1 });
    expect(calls.map(({ operation }) => operation).sort()).toEqual(['all', 'due', 'list', 'nextDue', 'ping']);
  });

  test('one that does not answer, and one that holds a damaged document', async () => {
    const faulty = new FaultyStore(inner);
    faulty.isDown = true;
    await expect(measured(faulty).ping()).rejects.toMatchObject({ code: 'unavailable' });
    inner.damage(KEY);
    await expect(measured().read(KEY)).rejects.toBeInstanceOf(Undecodable);
    expect(calls.map(({ outcome }) => outcome)).toEqual(['unavailable', 'damaged']);
  });
});

describe('the channel', () => {
  const message = { card: {}, summary: '', alert: false };
  test.each<[SendOutcome, string]>([
    [{ kind: 'delivered', activityId: 'm' }, 'delivered'],
    [{ kind: 'retry', reason: 'HTTP 429', why: 'throttled' }, 'throttled'],
    [{ kind: 'retry', reason: 'too much to send', why: 'held-back' }, 'held-back'],
    [{ kind: 'retry', reason: 'ECONNREFUSED' }, 'retry'],
    [{ kind: 'uncertain', reason: 'reset' }, 'uncertain'],
  ])('passes %j on, and tells of it as %s', async (outcome, expected) => {
    const sent: Sent[] = [];
    const channel = measuredChannel(
      {
        send: async () => outcome,
        update: async () => outcome,
        say: async (_reference: { conversationId: string }, _message: object) => outcome,
        reach: async () => ({ kind: 'unreachable', why: 'not-installed', reason: '' }) as const,
      },
      (one) => void sent.push(one),
      () => 0,
    );
    expect(await channel.send({ person: 'p' }, message)).toBe(outcome);
    expect(await channel.update({ channel: 'c' }, 'm', message)).toBe(outcome);
    expect(await channel.say({ conversationId: 'x' }, message)).toBe(outcome);
    await channel.reach('p');
    expect(sent.map(({ operation, to, outcome: told }) => [operation, to, told])).toEqual([
      ['send', 'person', expected],
      ['update', 'channel', expected],
      ['say', 'conversation', expected],
      ['reach', 'person', 'unreachable'],
    ]);
  });
});

describe('the engine', () => {
  let clock: FakeClock;
  let metrics: Prometheus;
  let observer: EngineObserver;
  beforeEach(() => {
    clock = new FakeClock('2026-11-24T10:00:00+09:00');
    metrics = createPrometheus();
    observer = observedBy(silentLog, measuredEngine(metrics, clock));
  });
  const effect = (fields: Partial<Effect> = {}): Effect => ({
    key: 'page:second:1:0:0:p',
    kind: 'page',
    person: 'p',
    data: {},
    readyAt: 0,
    attempt: 1,
    claimedUntil: null,
    claim: null,
    uncertain: 0,
    dropped: false,
    ...fields,
  });
  const call = { level: 'assist', status: 'open', openedAt: 10_000, arrivedAt: 8_000 };
  const envelope = (state: object, outbox: Effect[] = []): Envelope<unknown> => ({
    schemaVersion: 1,
    rev: 1,
    state,
    timers: {},
    outbox,
    ops: [],
  });
  const committed = (before: object | undefined, after: object) =>
    observer.committed({
      key: KEY,
      before: before === undefined ? undefined : envelope(before),
      after: envelope(after),
    });

  test('times run from the arrival of the request, once each, whatever was restarted in between', async () => {
    const paged = { ...call, firstPageAt: 12_000 };
    const answered = { ...paged, firstAnswerAt: 38_000 };
    committed(undefined, call);
    committed(call, paged);
    committed(paged, paged);
    committed(paged, answered);
    committed(answered, { ...answered, status: 'ended' });
    const text = await metrics.text();
    expect(text).toContain('mamori_calls_opened_total{level="assist"} 1');
    expect(text).toContain('mamori_tap_to_page_seconds_sum{level="assist"} 4');
    expect(text).toContain('mamori_tap_to_page_seconds_count{level="assist"} 1');
    expect(text).toContain('mamori_tap_to_acknowledge_seconds_sum{level="assist"} 30');
    expect(text).toContain('mamori_tap_to_acknowledge_seconds_count{level="assist"} 1');
    expect(text).toContain('mamori_calls_closed_total{how="ended"} 1');
  });

  test('a page by level and outcome; a performer that throws is a defect', async () => {
    const attempt = { key: KEY, effect: effect(), state: call, ms: 5 };
    observer.attemptEnded({ ...attempt, outcome: { kind: 'delivered' } });
    observer.attemptEnded({ ...attempt, outcome: { kind: 'unreachable', reason: '403' } });
    observer.attemptEnded({ ...attempt, outcome: { kind: 'retry', reason: 'defect' } });
    observer.attemptEnded({ ...attempt, outcome: { kind: 'retry', reason: 'HTTP 429', why: 'throttled' } });
    const record = { ...attempt, key: { kind: 'record', id: 'K-7F3Q' }, effect: effect({ kind: 'suggest' }) };
    observer.attemptEnded({ ...record, outcome: undefined });
    const text = await metrics.text();
    for (const outcome of ['delivered', 'unreachable', 'defect', 'throttled']) {
      expect(text).toContain(`mamori_pages_total{level="assist",outcome="${outcome}"} 1`);
      expect(text).toContain(`mamori_effects_total{kind="page",outcome="${outcome}"} 1`);
    }
    expect(text).toContain('mamori_effects_total{kind="suggest",outcome="other"} 1');
  });

  test('what is owed, of all documents, until it is settled or long ago', async () => {
    const depth = async () => /mamori_outbox_depth (\d+)/.exec(await metrics.text())?.[1];
    const owes = (id: string, count: number) =>
      observer.committed({
        key: { kind: 'record', id },
        before: undefined,
        after: envelope(
          {},
          Array.from({ length: count }, () => effect()),
        ),
      });
    owes('a', 3);
    owes('b', 2);
    expect(await depth()).toBe('5');
    owes('a', 0);
    expect(await depth()).toBe('2');
    clock.set(clock.now() + 600_001);
    expect(await depth()).toBe('0');
  });

  test('a claim that had expired is counted when it is taken over, and no other', async () => {
    const now = clock.now();
    const claims = (before: Partial<Effect>, after: Partial<Effect>) =>
      observer.committed({
        key: { kind: 'record', id: 'a' },
        before: envelope({}, [effect(before)]),
        after: envelope({}, [effect(after)]),
      });
    claims({}, { claim: 'one', claimedUntil: now + 15_000 });
    claims({ claim: 'one', claimedUntil: now + 1 }, { claim: 'two', claimedUntil: now + 15_000 });
    expect(await metrics.text()).toContain('mamori_claims_expired_total 0');
    claims({ claim: 'one', claimedUntil: now }, { claim: 'two', claimedUntil: now + 15_000 });
    expect(await metrics.text()).toContain('mamori_claims_expired_total 1');
  });

  test('timers: which kind, how late; a document that is left alone', async () => {
    observer.timerFired({ key: KEY, name: 'step:generalAffairs', lateMs: 1_500 });
    observer.documentSkipped(KEY, 'undecodable');
    const text = await metrics.text();
    expect(text).toContain('mamori_timer_lateness_seconds_sum{timer="step"} 1.5');
    expect(text).toContain('mamori_documents_skipped_total{reason="undecodable"} 1');
  });

  test('the timers that a pass has fired are those that were due and stand so no longer', () => {
    const before = { ...envelope({}), timers: { a: 100, b: 200, c: 300, d: 150 } };
    const after = { ...envelope({}), timers: { b: 900, c: 300, d: 150 } };
    expect(firedTimers(before, after, 250)).toEqual([
      { name: 'a', lateMs: 150 },
      { name: 'b', lateMs: 50 },
    ]);
  });
});

test('one observer that throws harms neither the engine nor the others', () => {
  const seen: string[] = [];
  const logged: object[] = [];
  const log = { ...silentLog, error: (fields: object) => void logged.push(fields) };
  const observer = observedBy(
    log,
    {
      documentServed: () => {
        throw new Error('a defect');
      },
    },
    { documentServed: ({ id }) => void seen.push(id) },
    {},
  );
  observer.documentServed(KEY);
  observer.documentSkipped(KEY, 'defect');
  expect(seen).toEqual(['K-7F3Q']);
  expect(logged).toMatchObject([{ event: 'documentServed' }]);
});

test('alarms are counted by reason and outcome', async () => {
  const metrics = createPrometheus();
  const alarm = measuredAlarm({ raise: async () => ({ kind: 'uncertain', reason: 'reset' }) }, metrics);
  await alarm.raise({ reason: 'engine-ill', text: '' });
  expect(await metrics.text()).toContain('mamori_alarms_total{reason="engine-ill",outcome="uncertain"} 1');
});
