import type { OutgoingMessage, SendOutcome } from '../channel.ts';
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
  wanted: Wanted & { readonly stillOwed?: OutgoingMessage['stillOwed'] | undefined },
  attempt: () => Promise<SendOutcome>,
): Promise<SendOutcome> {
  const admission = await pacer.admit(wanted);
  if (!admission.ok) return heldBack('too much to send', admission.retryAfterMs);
  if (!(await isOwed(wanted.stillOwed, admission.waited))) return heldBack('no longer owed', POINTLESS_MS);
  const outcome = await attempt();
  if (outcome.kind === 'retry' && outcome.why === 'throttled') {
    pacer.throttled(wanted.thread, outcome.retryAfterMs);
  }
  return outcome;
}

/** Where it cannot be told, it goes: a page too many does less harm than one too few. */
async function isOwed(ask: OutgoingMessage['stillOwed'], waited: boolean): Promise<boolean> {
  return ask === undefined || (await ask(waited).catch(() => true));
}
