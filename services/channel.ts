import type { PersonId } from './directory/directory.ts';

/** Who a message is for: one person's personal chat, or General Affairs' channel. */
export type Recipient = { readonly person: PersonId } | { readonly channel: string };

/** One message: an Adaptive Card with the line that notifications show. */
export interface OutgoingMessage {
  readonly card: object;
  /** Preview in the notification; carries no personal detail (promise 7). */
  readonly summary: string;
  /** Whether clients should alert (sound, banner). */
  readonly alert: boolean;
}

/**
 * What became of one attempt.
 * - `delivered`: the service took it. Not proof that anybody saw it.
 * - `unreachable`: not installed, blocked or unknown person (403, 404 on a conversation): do not retry soon.
 * - `retry`: certainly not delivered (429, connection refused before writing); safe to send again.
 * - `uncertain`: may or may not have arrived (reset, timeout, 5xx); a repeat can double.
 * - `gone`: the activity to update no longer exists (404 on an update).
 * - `rejected`: the service will never take this message (400, 413 …); a defect, raise an alarm.
 */
export type SendOutcome =
  | { readonly kind: 'delivered'; readonly activityId: string }
  | { readonly kind: 'unreachable' | 'gone' | 'rejected'; readonly reason: string }
  | { readonly kind: 'retry' | 'uncertain'; readonly reason: string; readonly retryAfterMs?: number };

/** The way out. Every call is exactly one attempt and resolves within its deadline; it never throws. */
export interface Channel {
  send(to: Recipient, message: OutgoingMessage): Promise<SendOutcome>;
  update(to: Recipient, activityId: string, message: OutgoingMessage): Promise<SendOutcome>;
}

/** A send that took longer than this is uncertain. */
export const SEND_DEADLINE_MS = 10_000;
