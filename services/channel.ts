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
  /** How urgent it is where not everything can go at once; by default `news`, and `card` for an update. */
  readonly priority?: Priority;
  /** When it came to be owed (ms): the older of equally urgent ones goes first. By default: now. */
  readonly since?: number;
  /** Asked right before it goes; `waited`: its turn did not come at once. What has come to be pointless is not sent. */
  readonly stillOwed?: (waited: boolean) => Promise<boolean>;
}

/**
 * The order in which messages go while sending is limited, the first before all others:
 * - `page`: the first page of somebody, and the reception card of whoever called;
 * - `answer`: what somebody gets for what they have just said or pressed;
 * - `again`: pages that are repeated, notices and alarms to people who know of the case or soon will;
 * - `news`: any other new message;
 * - `card`: a message that is there already follows the state.
 */
export const PRIORITIES = ['page', 'answer', 'again', 'news', 'card'] as const;
export type Priority = (typeof PRIORITIES)[number];

/**
 * What became of one attempt.
 * - `delivered`: the service took it. Not proof that anybody saw it.
 * - `unreachable`: not installed, blocked or unknown person (403, 404 on a conversation): do not retry soon.
 * - `retry`: certainly not delivered (429, connection refused before writing); safe to send again. `held-back`: the
 *   service was not even asked, because more is to be sent than may be; `throttled`: the service said so (429).
 * - `uncertain`: may or may not have arrived (reset, timeout, 5xx); a repeat can double.
 * - `gone`: the activity to update no longer exists (404 on an update).
 * - `rejected`: the service will never take this message (400, 413 …); a defect, raise an alarm.
 */
export type SendOutcome =
  | { readonly kind: 'delivered'; readonly activityId: string }
  | { readonly kind: 'unreachable' | 'gone' | 'rejected'; readonly reason: string }
  | {
      readonly kind: 'retry';
      readonly reason: string;
      readonly retryAfterMs?: number;
      readonly why?: 'held-back' | 'throttled';
    }
  | { readonly kind: 'uncertain'; readonly reason: string; readonly retryAfterMs?: number };

/**
 * Whether somebody could be sent to, asked without a message.
 * - `reachable`: a conversation with them exists. No proof that they look at it.
 * - `unreachable`, until somebody acts. `why` says what: `not-installed`: the app has to be installed for them;
 *   `blocked`: they have blocked the bot; `unknown-person`: Teams knows nobody by this id; `no-address`: the address
 *   of the service is not known (local mode), or is not an allowed one.
 * - `unknown`: could not be told just now (throttled, 5xx, timeout, store away): ask again later.
 */
export type Reach =
  | { readonly kind: 'reachable' }
  | {
      readonly kind: 'unreachable';
      readonly why: 'not-installed' | 'blocked' | 'unknown-person' | 'no-address';
      /** For the operator: what the service answered. */
      readonly reason: string;
    }
  | { readonly kind: 'unknown'; readonly reason: string; readonly retryAfterMs?: number };

/**
 * The way out. Every call is one attempt and resolves within its deadline; it never throws. In a call a message is posted
 * at most once to a conversation that is there: where there is none yet, or where the service answers that it knows it no
 * more, one is created first.
 */
export interface Channel {
  send(to: Recipient, message: OutgoingMessage): Promise<SendOutcome>;
  update(to: Recipient, activityId: string, message: OutgoingMessage): Promise<SendOutcome>;
  /** Creates the conversation with this person, or finds that it is there; nobody sees anything of it. */
  reach(person: PersonId): Promise<Reach>;
}

/** What a send may take in all, waiting for its turn included. A request that was under way by then is uncertain. */
export const SEND_DEADLINE_MS = 10_000;
