import type { SendOutcome } from '../channel.ts';
import type { Pacer, Wanted } from './pacer.ts';

/** An attempt that was not made, and may be made later. */
const heldBack = (reason: string, retryAfterMs: number): SendOutcome => ({
  kind: 'retry',
  reason,
  retryAfterMs,
  why: 'held-back',
});

/** Of what nobody wants any more: its owner takes it away when told that it was not sent. */
const POINTLESS_MS = 1_000;

/** One attempt when its turn has come; what could not go in time was certainly not sent. */
export async function paced(
  pacer: Pacer,
  wanted: Wanted & { readonly stillOwed?: (() => Promise<boolean>) | undefined },
  attempt: () => Promise<SendOutcome>,
): Promise<SendOutcome> {
  const admission = await pacer.admit(wanted);
  if (!admission.ok) return heldBack('too much to send', admission.retryAfterMs);
  if (admission.waitedMs > 0 && !(await isOwed(wanted.stillOwed))) {
    return heldBack('no longer owed', POINTLESS_MS);
  }
  const outcome = await attempt();
  if (outcome.kind === 'retry' && outcome.why === 'throttled') {
    pacer.throttled(wanted.thread, outcome.retryAfterMs);
  }
  return outcome;
}

/** Where it cannot be told, it goes: a page too many does less harm than one too few. */
async function isOwed(ask: (() => Promise<boolean>) | undefined): Promise<boolean> {
  return ask === undefined || (await ask().catch(() => true));
}
