import type { Call } from '../calls/call.ts';
import { type Milestone, milestones } from '../calls/milestones.ts';
import type { Clock } from '../clock.ts';
import type { Envelope } from '../engine/envelope.ts';
import type { EngineObserver } from '../engine/observer.ts';
import { keyText } from '../store/store.ts';
import { type Metrics, OTHER } from './metrics.ts';

/** An open call is written at least this often (reminders never end); what is older has been taken over or is done. */
const FORGOTTEN_MS = 600_000;

/** What the engine does, as numbers. */
export function measuredEngine(metrics: Metrics, clock: Pick<Clock, 'now'>): Partial<EngineObserver> {
  const owed = new Map<string, { readonly count: number; readonly at: number }>();
  metrics.watch('mamori_outbox_depth', () => {
    let depth = 0;
    for (const [key, { count, at }] of owed) {
      if (clock.now() - at > FORGOTTEN_MS) owed.delete(key);
      else depth += count;
    }
    return depth;
  });

  return {
    committed({ key, before, after }) {
      owed.delete(keyText(key));
      if (after.outbox.length > 0) owed.set(keyText(key), { count: after.outbox.length, at: clock.now() });
      const expired = takenOver(before, after, clock.now());
      if (expired > 0) metrics.count('mamori_claims_expired_total', {}, expired);
      if (key.kind !== 'call') return;
      for (const milestone of milestones(before?.state as Call | undefined, after.state as Call))
        measure(metrics, milestone);
    },
    timerFired: ({ name, lateMs }) =>
      metrics.observe('mamori_timer_lateness_seconds', { timer: name.split(':')[0] ?? '' }, lateMs / 1000),
    attemptEnded({ key, effect, state, outcome: told }) {
      const outcome = outcomeOf(told);
      metrics.count('mamori_effects_total', { kind: effect.kind, outcome });
      if (key.kind !== 'call' || effect.kind !== 'page') return;
      metrics.count('mamori_pages_total', { level: (state as Call).level, outcome });
    },
    documentSkipped: (_key, reason) => metrics.count('mamori_documents_skipped_total', { reason }),
  };
}

/** Its kind, or what is behind a `retry`: a defect, or a send that was held back or throttled. */
function outcomeOf(told: unknown): string {
  const { kind, reason, why } = (told ?? {}) as { kind?: string; reason?: string; why?: string };
  if (reason === 'defect') return 'defect';
  return (kind === 'retry' ? why : undefined) ?? kind ?? OTHER;
}

/** Attempts of others, or of a process that died, whose claims had expired: nobody knows what became of them. */
function takenOver(before: Envelope<unknown> | undefined, after: Envelope<unknown>, now: number): number {
  const claims = new Map(after.outbox.map(({ key, claim }) => [key, claim]));
  return (before?.outbox ?? []).filter(({ key, claim, claimedUntil }) => {
    const next = claims.get(key) ?? null;
    return claimedUntil !== null && claimedUntil <= now && next !== null && next !== claim;
  }).length;
}

function measure(metrics: Metrics, milestone: Milestone): void {
  if (milestone.kind === 'closed') metrics.count('mamori_calls_closed_total', { how: milestone.how });
  else if (milestone.kind === 'opened')
    metrics.count('mamori_calls_opened_total', { level: milestone.level });
  else metrics.observe(TIMES[milestone.kind], { level: milestone.level }, milestone.ms / 1000);
}

const TIMES = {
  paged: 'mamori_tap_to_page_seconds',
  acknowledged: 'mamori_tap_to_acknowledge_seconds',
} as const;
