import type { Document, Stored } from '../store/store.ts';

export const SCHEMA_VERSION = 1;

/**
 * Something to be done outside, kept until it is settled. `key` is deterministic (design: effect keys), so that
 * deciding the same thing twice owes it once.
 */
export interface Effect {
  readonly key: string;
  readonly kind: string;
  /** Person the effect concerns, or empty. */
  readonly person: string;
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
  readonly readyAt: number;
  readonly attempt: number;
  readonly claimedUntil: number | null;
  /** Token of the claim, so that a late result touches only its own attempt. */
  readonly claim: string | null;
  /** Attempts whose outcome nobody knows: each may have arrived (a duplicate is allowed only after one). */
  readonly uncertain: number;
  /** No longer owed, but an attempt is under way: remove it when that settles. */
  readonly dropped: boolean;
}

export type NewEffect = Pick<Effect, 'key' | 'kind' | 'person'> & {
  readonly data?: Effect['data'];
  readonly readyAt?: number;
};

/** Body of every document that the engine serves. */
export interface Envelope<S> {
  readonly schemaVersion: number;
  /** Raised when what people see changes; the engine's own bookkeeping leaves it alone. */
  readonly rev: number;
  readonly state: S;
  readonly timers: Readonly<Record<string, number>>;
  readonly outbox: readonly Effect[];
  /** Ids of the operations that were applied, newest last (bounded): settles lost answers and redeliveries. */
  readonly ops: readonly string[];
}

const OPS_KEPT = 60;

export const withOp = (ops: readonly string[], op: string | undefined): readonly string[] =>
  op === undefined ? ops : [...ops, op].slice(-OPS_KEPT);

export class UndecodableEnvelope extends Error {}

/** @throws UndecodableEnvelope when the body is not an envelope this version can serve */
export function decode<S>(stored: Stored): Envelope<S> {
  const body = stored.body as Partial<Envelope<S>> | null;
  if (
    body === null ||
    typeof body !== 'object' ||
    typeof body.schemaVersion !== 'number' ||
    typeof body.rev !== 'number' ||
    typeof body.state !== 'object' ||
    typeof body.timers !== 'object' ||
    !Array.isArray(body.outbox) ||
    !Array.isArray(body.ops)
  ) {
    throw new UndecodableEnvelope(`${stored.kind}/${stored.id} is not an envelope`);
  }
  if (body.schemaVersion > SCHEMA_VERSION) {
    throw new UndecodableEnvelope(`${stored.kind}/${stored.id} was written by a newer version`);
  }
  return body as Envelope<S>;
}

/** When the engine must look at the document again; null when nothing is owed. */
export function dueAt(envelope: Envelope<unknown>): number | null {
  let due = Number.POSITIVE_INFINITY;
  for (const at of Object.values(envelope.timers)) due = Math.min(due, at);
  for (const effect of envelope.outbox) due = Math.min(due, effect.claimedUntil ?? effect.readyAt);
  return Number.isFinite(due) ? due : null;
}

export interface Listing {
  readonly terms: readonly string[];
  readonly sortAt: number;
  readonly summary: unknown;
}

export const encode = <S>(kind: string, id: string, envelope: Envelope<S>, listing: Listing): Document => ({
  kind,
  id,
  dueAt: dueAt(envelope),
  ...listing,
  body: envelope,
});
