import type { Document, Stored } from '../store/store.ts';
import { CURRENT, type Schema, upgraded } from './schema.ts';

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
  /** Why the last of those is: what the channel said, or `claim expired`. */
  readonly reason?: string;
  /** No longer owed, but an attempt is under way: remove it when that settles. */
  readonly dropped: boolean;
}

export type NewEffect = Pick<Effect, 'key' | 'kind' | 'person'> & {
  readonly data?: Effect['data'];
  readonly readyAt?: number;
};

/** Body of every document that the engine serves. */
export interface Envelope<S> {
  /** Of the program that wrote it last (`schema.ts`). */
  readonly schemaVersion: number;
  /** The oldest program that may serve it; absent: only one that knows `schemaVersion`. */
  readonly readableFrom?: number;
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

/** Written by a newer program, in a way that this one must not touch: during a rolling upgrade that one serves it. */
export class NewerEnvelope extends UndecodableEnvelope {}

/**
 * The document as this program knows it: older ones are upgraded here and stored so with their next write.
 *
 * @throws UndecodableEnvelope when the body is not an envelope this version can serve
 */
export function decode<S>(stored: Stored, schema: Schema = CURRENT): Envelope<S> {
  const { kind, id, body: written } = stored;
  if (!isVersioned(written)) throw new UndecodableEnvelope(`${kind}/${id} is not an envelope`);
  if ((written.readableFrom ?? written.schemaVersion) > schema.version) {
    throw new NewerEnvelope(`${kind}/${id} was written by a newer version`);
  }
  const body = upgraded(kind, written, schema);
  if (!isEnvelope<S>(body)) throw new UndecodableEnvelope(`${kind}/${id} is not an envelope`);
  return body;
}

type Versioned = Readonly<Record<string, unknown>> & { schemaVersion: number; readableFrom?: number };

function isVersioned(body: unknown): body is Versioned {
  if (typeof body !== 'object' || body === null) return false;
  const { schemaVersion, readableFrom } = body as Partial<Versioned>;
  const isNumber = typeof readableFrom === 'number' || readableFrom === undefined;
  return typeof schemaVersion === 'number' && isNumber;
}

function isEnvelope<S>(body: object): body is Envelope<S> {
  const { rev, state, timers, outbox, ops } = body as Partial<Envelope<S>>;
  return (
    typeof rev === 'number' &&
    typeof state === 'object' &&
    typeof timers === 'object' &&
    Array.isArray(outbox) &&
    Array.isArray(ops)
  );
}

/** When the engine must look at the document again; null when nothing is owed. */
function dueAt(envelope: Envelope<unknown>): number | null {
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
