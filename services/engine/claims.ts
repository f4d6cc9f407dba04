import { randomUUID } from 'node:crypto';
import { SEND_DEADLINE_MS } from '../channel.ts';
import type { Accepted, EngineCommand } from './aggregate.ts';
import type { Effect, Envelope } from './envelope.ts';

/** A claim outlives the send's own deadline, so that a live instance settles before another one takes over. */
export const CLAIM_MS = SEND_DEADLINE_MS + 5_000;

/** How far the clocks of two instances may be apart: each up to 2 s off. */
export const CLOCKS_APART_MS = 4_000;

/**
 * Whether another instance may have taken over what was claimed here: this process was paused, or the answer to its
 * claim came very late. It must not send any more; the claim expires by itself.
 */
export const mayBeTaken = ({ claimedUntil }: Effect, now: number): boolean =>
  claimedUntil !== null && now >= claimedUntil - CLOCKS_APART_MS;

/** What was decided on less than this ago needs no second look at the document. */
const FRESH_MS = 1_000;

/**
 * Whether so little time has passed since it was claimed that it can be sent without another look. After a clock has been
 * set back nobody knows how much it was.
 */
export const isFresh = ({ claimedUntil }: Effect, now: number): boolean => {
  const age = now - ((claimedUntil ?? 0) - CLAIM_MS);
  return age >= 0 && age <= FRESH_MS;
};

/** Whoever had claimed it died, was paused, or could not record what became of it. */
export const CLAIM_EXPIRED = 'claim expired';

/** 48 random bits. Node keeps random bytes for these in store; it fetches those of `randomBytes` each time. */
const newClaim = (): string => randomUUID().slice(-12);

export interface Claimed<S> {
  readonly envelope: Envelope<S>;
  /** To be performed by this process. */
  readonly mine: readonly Effect[];
  /** Attempts of others that nobody knows the outcome of, as they were. */
  readonly expired: readonly Effect[];
}

/** Claims every effect that is ready. The same envelope comes back when there was nothing to do. */
export function claimReady<S>(envelope: Envelope<S>, now: number): Claimed<S> {
  const mine: Effect[] = [];
  const expired: Effect[] = [];
  const outbox: Effect[] = [];
  for (const effect of envelope.outbox) {
    const isExpired = effect.claimedUntil !== null && effect.claimedUntil <= now;
    if (isExpired) expired.push(effect);
    if (effect.dropped && isExpired) continue;
    if (effect.dropped || (effect.claimedUntil === null ? effect.readyAt > now : !isExpired)) {
      outbox.push(effect);
      continue;
    }
    const claimed: Effect = {
      ...effect,
      attempt: effect.attempt + 1,
      ...(isExpired ? { uncertain: effect.uncertain + 1, reason: CLAIM_EXPIRED } : {}),
      claimedUntil: now + CLAIM_MS,
      claim: newClaim(),
    };
    mine.push(claimed);
    outbox.push(claimed);
  }
  const touched = mine.length > 0 || outbox.length !== envelope.outbox.length;
  return { envelope: touched ? { ...envelope, outbox } : envelope, mine, expired };
}

/** What had to wait for its turn was not attempted; what arrived and is owed once more begins anew. */
function attemptsKept({ attempt }: Effect, kind: string | undefined, why: string | undefined): number {
  if (kind === 'delivered') return 0;
  return why === 'held-back' ? attempt - 1 : attempt;
}

/** After a `settled` command: one's own effect leaves the outbox, or waits for its next attempt. */
export function finish<S>(
  envelope: Envelope<S>,
  command: unknown,
  decision: Accepted<S>,
  now: number,
): Envelope<S> {
  const settled = command as EngineCommand;
  if (settled.type !== 'settled') return envelope;
  const outbox = envelope.outbox.flatMap((effect): Effect[] => {
    if (effect.key !== settled.effect.key || effect.claim !== settled.effect.claim) return [effect];
    if (decision.retryAt === undefined || effect.dropped) return [];
    const { kind, why, reason = '' } = settled.outcome as { kind?: string; why?: string; reason?: string };
    return [
      {
        ...effect,
        claim: null,
        claimedUntil: null,
        readyAt: Math.max(now, decision.retryAt),
        attempt: attemptsKept(effect, kind, why),
        ...(kind === 'uncertain' ? { uncertain: effect.uncertain + 1, reason } : {}),
      },
    ];
  });
  return { ...envelope, outbox };
}
