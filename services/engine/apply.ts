import type { Accepted } from './aggregate.ts';
import { type Effect, type Envelope, type NewEffect, withOp } from './envelope.ts';
import { CURRENT, type Schema } from './schema.ts';

const fresh = (effect: NewEffect, now: number): Effect => ({
  key: effect.key,
  kind: effect.kind,
  person: effect.person,
  data: effect.data ?? {},
  readyAt: effect.readyAt ?? now,
  attempt: 0,
  claimedUntil: null,
  claim: null,
  uncertain: 0,
  dropped: false,
});

/** The outbox after a decision: what is no longer owed leaves (or is marked, while an attempt is under way). */
function nextOutbox(outbox: readonly Effect[], decision: Accepted<unknown>, now: number): Effect[] {
  const kept: Effect[] = [];
  for (const effect of outbox) {
    if (!decision.drop(effect)) kept.push(effect);
    else if (effect.claim !== null) kept.push({ ...effect, dropped: true });
  }
  const keys = new Map(kept.map((effect, index) => [effect.key, index]));
  for (const effect of decision.effects) {
    const at = keys.get(effect.key);
    const there = at === undefined ? undefined : kept[at];
    if (there === undefined) {
      keys.set(effect.key, kept.length);
      kept.push(fresh(effect, now));
    } else if (at !== undefined) kept[at] = owedAgain(there, effect.readyAt ?? now);
  }
  return kept;
}

/** Owed already: not later than it is wanted now, and no longer dropped. */
const owedAgain = (there: Effect, wantedAt: number): Effect => ({
  ...there,
  dropped: false,
  readyAt: there.attempt === 0 ? Math.min(there.readyAt, wantedAt) : there.readyAt,
});

function nextTimers(timers: Envelope<unknown>['timers'], changes: Accepted<unknown>['timers']) {
  const next: Record<string, number> = { ...timers };
  for (const [name, at] of Object.entries(changes)) {
    if (at === null) delete next[name];
    else next[name] = at;
  }
  return next;
}

/** The document after a decision. `before` is undefined when it is being created. */
export function apply<S>(
  before: Envelope<S> | undefined,
  decision: Accepted<S>,
  now: number,
  op?: string,
  schema: Schema = CURRENT,
): Envelope<S> {
  const rev = before?.rev ?? 0;
  return {
    // What a newer program has added stays.
    ...before,
    schemaVersion: schema.version,
    readableFrom: schema.readableFrom,
    rev: decision.changed ? rev + 1 : rev,
    state: decision.state,
    timers: nextTimers(before?.timers ?? {}, decision.timers),
    outbox: nextOutbox(before?.outbox ?? [], decision, now),
    ops: withOp(before?.ops ?? [], op),
  };
}
