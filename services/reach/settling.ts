import type { PersonId } from '../directory/directory.ts';
import type { Accepted } from '../engine/aggregate.ts';
import type { Effect, NewEffect } from '../engine/envelope.ts';
import { accept, BATCH_EVERY_MS, batch } from './begin.ts';
import type { Reachability } from './reachability.ts';

/** A part of the duty lists that has been gone through; `next`: behind whom the next one begins, null: the end. */
export interface BatchOutcome {
  readonly kind: 'batch';
  readonly next: PersonId | null;
  /** People whose reachability could not be told. */
  readonly unknown: number;
  /** Those of them whose document is damaged: what is listed of them is older than this. */
  readonly unkept: readonly PersonId[];
}

/** What an effect came to. Anything else (a defect, a store that is away) is tried again. */
export type ReachOutcome =
  /** A batch has been asked or invited. */
  | BatchOutcome
  /** Said to General Affairs, or there was nothing to be said. */
  | { readonly kind: 'told' | 'quiet' }
  | { readonly kind: string; readonly retryAfterMs?: number };

/** Before those are asked again whose could not be told, and how often. */
const AGAIN_MS = 30 * 60_000;
const AGAIN_TRIES = 3;
const RETRY_MS = 10_000;
/** Somebody of General Affairs can be told sooner or later; until then the next check has it again. */
const TELL_TRIES = 20;
const LONGEST_RETRY_MS = 600_000;

/** What follows from an effect that has been performed: the next part, the end, or another attempt. */
export function settled(
  before: Reachability,
  effect: Effect,
  outcome: ReachOutcome,
  now: number,
): Accepted<Reachability> {
  if ('next' in outcome && (effect.kind === 'check' || effect.kind === 'invite'))
    return effect.kind === 'check'
      ? onChecked(before, effect, outcome, now)
      : onInvited(before, effect, outcome, now);
  const isOver = ['told', 'quiet', 'delivered', 'gone', 'rejected'].includes(outcome.kind);
  if (effect.kind === 'result' && (isOver || effect.attempt >= 3)) return accept(before);
  if (effect.kind === 'tell') {
    // What was found while this was being said is news for the next time.
    const upTo = Number(effect.data.run);
    if (outcome.kind === 'told') return accept({ ...before, told: { run: upTo, at: now } });
    if (isOver || effect.attempt >= TELL_TRIES) return accept(before);
  }
  if (effect.kind === 'list' && (isOver || effect.attempt >= TELL_TRIES)) return onListed(before, effect);
  const { retryAfterMs = 0 } = outcome as { retryAfterMs?: number };
  const wait = Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** (effect.attempt - 1));
  return { ...accept(before), retryAt: now + Math.max(wait, retryAfterMs) };
}

function onChecked(before: Reachability, effect: Effect, outcome: BatchOutcome, now: number) {
  const { check: mine } = before;
  if (mine === null || mine.run !== effect.data.of) return accept(before);
  const isUnsure = mine.isUnsure || outcome.unknown > 0;
  const all = [...(mine.unkept ?? []), ...outcome.unkept];
  const unkept = all.length > 0 ? { unkept: all } : {};
  if (outcome.next !== null)
    return accept(
      { ...before, check: { ...mine, isUnsure, ...unkept } },
      { effects: [batch('check', mine.run, outcome.next, now + BATCH_EVERY_MS)] },
    );
  const { run, why, tries } = mine;
  const results = mine.watchers.map(({ person, activityId }): NewEffect => {
    const key = `result:${run}:${activityId}`;
    return { key, kind: 'result', person, data: { activityId } };
  });
  // Whoever asked sees the answer; the others are told by the check of the day.
  const tell: NewEffect[] =
    why === 'asked' ? [] : [{ key: `tell:${run}`, kind: 'tell', person: '', data: { run } }];
  return accept(
    { ...before, check: null, checked: { run, at: now, tries, ...unkept } },
    {
      effects: [...results, ...tell],
      drop: ({ kind, key }) => kind === 'tell' && key !== `tell:${run}`,
      timers: isUnsure && tries < AGAIN_TRIES ? { again: now + AGAIN_MS } : {},
    },
  );
}

function onInvited(before: Reachability, effect: Effect, outcome: BatchOutcome, now: number) {
  const { test } = before;
  if (test === null || test.id !== effect.data.of) return accept(before);
  return outcome.next === null
    ? accept({ ...before, test: { ...test, isSent: true } })
    : accept(before, { effects: [batch('invite', test.id, outcome.next, now + BATCH_EVERY_MS)] });
}

function onListed(before: Reachability, effect: Effect): Accepted<Reachability> {
  const { test } = before;
  return accept(
    test !== null && test.id === effect.data.of ? { ...before, test: { ...test, isListed: true } } : before,
  );
}
