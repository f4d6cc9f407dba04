import { randomUUID } from 'node:crypto';
import { words } from '../cards/auditWords.ts';
import type { Alarm } from '../services/alarm/alarm.ts';
import { Auditor } from '../services/audit/auditor.ts';
import { BOUNDS } from '../services/audit/bounds.ts';
import type { Unserved } from '../services/audit/check.ts';
import { EngineWatch } from '../services/audit/engineWatch.ts';
import type { Verdict } from '../services/audit/findings.ts';
import { Heartbeat } from '../services/audit/heartbeat.ts';
import { Illness } from '../services/audit/illness.ts';
import { Signals } from '../services/audit/signals.ts';
import { Streak } from '../services/audit/streak.ts';
import { caseLog } from '../services/calls/caseLog.ts';
import { countOpenCalls } from '../services/calls/openCalls.ts';
import type { Clock } from '../services/clock.ts';
import type { EngineHealth } from '../services/engine/engine.ts';
import { type EngineObserver, observedBy } from '../services/engine/observer.ts';
import type { Log } from '../services/log.ts';
import { measuredAlarm } from '../services/metrics/measuredAlarm.ts';
import type { Sent } from '../services/metrics/measuredChannel.ts';
import { measuredEngine } from '../services/metrics/measuredEngine.ts';
import { measuredStore, type StoreCall } from '../services/metrics/measuredStore.ts';
import type { Metrics } from '../services/metrics/metrics.ts';
import type { DocumentStore } from '../services/store/store.ts';

interface Parts {
  readonly store: DocumentStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly alarm: Alarm | undefined;
  readonly heartbeatUrl: string | undefined;
  /** As the organisation file has it at that moment. */
  readonly extension: () => string;
  /** How many of this program run on the store. */
  readonly instances: number;
  /** For tests. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface Monitoring {
  /** The store and the alarm that the product is to use: they are measured. */
  readonly store: DocumentStore;
  readonly alarm: Alarm | undefined;
  /** For the engine. */
  readonly observer: EngineObserver;
  /** For the channel. */
  sent(sent: Sent): void;
  /** Begins to audit the engine. */
  start(health: () => EngineHealth): Auditor;
}

const OPEN_CALLS_MS = 30_000;

/** Everything that watches the product and is no part of it: audit, alarm about itself, heartbeat, numbers, log of cases. */
export function createMonitoring(parts: Parts): Monitoring {
  const { clock, log, metrics } = parts;
  const watch = new EngineWatch(clock);
  const sends = new Streak(BOUNDS.sends);
  const writes = new Streak(BOUNDS.writes);
  const store = measuredStore(parts.store, (call) => {
    countStore(metrics, call);
    if (call.operation === 'create' || call.operation === 'replace') noteWrite(writes, call, clock.now());
  });
  const alarm = parts.alarm === undefined ? undefined : measuredAlarm(parts.alarm, metrics);

  return {
    store,
    alarm,
    observer: observedBy(log, watch, measuredEngine(metrics, clock), caseLog(log)),
    sent(sent) {
      countSent(metrics, sent);
      noteSent(sends, sent, clock.now());
    },
    start(health) {
      const signals = new Signals({ alarm, clock, log });
      const instance = randomUUID().slice(0, 8);
      const say = () => words(parts.extension());
      const isAlone = parts.instances === 1;
      const illness = new Illness({ signals, words: say, clock, log, instance, isAlone });
      const heartbeat =
        parts.heartbeatUrl === undefined ? undefined : createHeartbeat(parts, parts.heartbeatUrl);
      const openCalls = countedNowAndThen(() => countOpenCalls(parts.store), clock);
      // The audit looks past the measuring wrapper: its own looks are no work of the product.
      const auditor = new Auditor({
        audited: { store: parts.store, clock, health, watch, sends, writes },
        clock,
        log,
        onVerdict: (verdict: Verdict) => {
          illness.heard(verdict);
          void heartbeat?.heard(verdict);
          void signals.send();
          if (verdict.isWell) openCalls.count();
        },
        onUnserved: ({ key }: Unserved) => {
          const code = /^call\/(.+)$/.exec(key)?.[1];
          if (code === undefined) return;
          signals.owe({ reason: 'case-stuck', text: say().stuck(code), id: `case-stuck:${code}`, code });
        },
      });
      const pollAge = () => clock.now() - (health().lastPollAt ?? clock.now());
      metrics.watch('mamori_ready', () => (auditor.verdict().isWell ? 1 : 0));
      metrics.watch('mamori_ill', () => (illness.isIll ? 1 : 0));
      metrics.watch('mamori_documents_unserved', () => auditor.unserved.length);
      metrics.watch('mamori_poll_age_seconds', () => Math.max(0, pollAge()) / 1000);
      metrics.watch('mamori_attempts_under_way', () => watch.underWay);
      metrics.watch('mamori_attempts_over_claim', () => watch.overClaim().length);
      metrics.watch('mamori_calls_open', () => openCalls.last());
      auditor.start();
      return auditor;
    },
  };
}

function createHeartbeat({ clock, log, metrics, fetch }: Parts, url: string): Heartbeat {
  const onBeat = (outcome: string) => metrics.count('mamori_heartbeats_total', { outcome });
  return new Heartbeat({ url, clock, log, onBeat, ...(fetch === undefined ? {} : { fetch }) });
}

function countStore(metrics: Metrics, { operation, outcome, ms }: StoreCall): void {
  metrics.count('mamori_store_calls_total', { operation, outcome });
  metrics.observe('mamori_store_seconds', { operation }, ms / 1000);
}

function countSent(metrics: Metrics, { operation, to, outcome, ms }: Sent): void {
  metrics.count('mamori_sends_total', { operation, to, outcome });
  metrics.observe('mamori_send_seconds', { operation }, ms / 1000);
}

/** Refusals by etag or key are answers of a store that works. */
function noteWrite(writes: Streak, { outcome }: StoreCall, now: number): void {
  if (outcome === 'unavailable') writes.failed('', now);
  else writes.succeeded();
}

/** Only a message that was taken shows that Teams takes messages; what one recipient refuses says nothing of others. */
function noteSent(sends: Streak, { outcome, recipient }: Sent, now: number): void {
  if (outcome === 'delivered') sends.succeeded();
  else if (['retry', 'throttled', 'uncertain'].includes(outcome)) sends.failed(recipient, now);
}

/** A number that costs a query: kept, and asked for anew every half minute at most. */
function countedNowAndThen(ask: () => Promise<number>, clock: Pick<Clock, 'now'>) {
  let last = 0;
  let askedAt = Number.NEGATIVE_INFINITY;
  return {
    last: () => last,
    count(): void {
      if (Math.abs(clock.now() - askedAt) < OPEN_CALLS_MS) return;
      askedAt = clock.now();
      ask().then(
        (count) => {
          last = count;
        },
        // The audit has its own way to find out that the store does not answer.
        () => {},
      );
    },
  };
}
