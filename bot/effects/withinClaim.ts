import type { SendOutcome } from '../../services/channel.ts';
import type { Clock } from '../../services/clock.ts';
import { CLOCKS_APART_MS } from '../../services/engine/claims.ts';
import type { Effect } from '../../services/engine/envelope.ts';

/** With less than this left nothing is begun: it would only come to be uncertain. */
const SHORTEST_SEND_MS = 1_000;

/**
 * One of the sends that follow each other under one claim. What is not over when another instance may take the claim over is
 * not waited for: its result would come too late to be recorded, and nobody knows what becomes of it.
 */
export async function withinClaim(
  clock: Clock,
  { claimedUntil }: Effect,
  send: () => Promise<SendOutcome>,
): Promise<SendOutcome> {
  if (claimedUntil === null) return send();
  const left = claimedUntil - CLOCKS_APART_MS - clock.now();
  if (left < SHORTEST_SEND_MS) return { kind: 'retry', reason: 'no time left' };
  let cancel = () => {};
  const late = new Promise<SendOutcome>((resolve) => {
    cancel = clock.after(left, () => resolve({ kind: 'uncertain', reason: 'no time left' }));
  });
  return Promise.race([send(), late]).finally(cancel);
}
