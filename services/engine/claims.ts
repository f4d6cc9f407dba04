import { randomUUID } from 'node:crypto';
import { SEND_DEADLINE_MS } from '../channel.ts';
import type { Accepted, EngineCommand } from './aggregate.ts';
import type { Effect, Envelope } from './envelope.ts';

/** A claim outlives the send's own deadline, so that a live instance settles before another one takes over. */
export const CLAIM_MS = SEND_DEADLINE_MS + 5_000;

/** How far the clocks of two instances may be apart: each up to 2 s off. */
const CLOCKS_APART_MS = 4_000;

/**
 * Whether another instance may have taken over what was claimed here: this process was paused, or the answer to its
 * claim came very late. It must not send any more; the claim expires by itself.
 */
export const mayBeTaken = ({ claimedUntil }: Effect, now: number): boolean =>
  claimedUntil !== null && now >= claimedUntil - CLOCKS_APART_MS;

/** Claims every effect that is ready. The same envelope comes back when there was nothing to do. */
export function claimReady(
  envelope: Envelope<unknown>,
  now: number,
): { envelope: Envelope<unknown>; mine: Effect[] } {
  const mine: Effect[] = [];
  const outbox: Effect[] = [];
  for (const effect of envelope.outbox) {
    const expired = effect.claimedUntil !== null && effect.claimedUntil <= now;
    if (effect.dropped && expired) continue;
    if (effect.dropped || (effect.claimedUntil === null ? effect.readyAt > now : !expired)) {
      outbox.push(effect);
      continue;
    }
    const claimed: Effect = {
      ...effect,
      attempt: effect.attempt + 1,
      uncertain: effect.uncertain + (expired ? 1 : 0),
      claimedUntil: now + CLAIM_MS,
      claim: randomUUID(),
    };
    mine.push(claimed);
    outbox.push(claimed);
  }
  const touched = mine.length > 0 || outbox.length !== envelope.outbox.length;
  return { envelope: touched ? { ...envelope, outbox } : envelope, mine };
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
    const unknown = (settled.outcome as { kind?: string } | null)?.kind === 'uncertain' ? 1 : 0;
    return [
      {
        ...effect,
        claim: null,
        claimedUntil: null,
        readyAt: Math.max(now, decision.retryAt),
        uncertain: effect.uncertain + unknown,
      },
    ];
  });
  return { ...envelope, outbox };
}
