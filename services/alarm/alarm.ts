import type { Level } from '../calls/level.ts';
import type { Lane } from '../directory/directory.ts';

/**
 * Why people are to be reached on another way than Teams.
 * - `emergency`: a 緊急 call, at once.
 * - `unanswered`: the first step of a lane ran out and nobody has answered.
 * - `exhausted`: every step of a lane has been paged in vain; pages go on.
 * - `engine-ill`: まもり itself cannot page at the moment; `engine-well`: it can again.
 * - `case-stuck`: one case cannot be gone on with (a damaged document); the others are.
 */
export type AlarmReason =
  | 'emergency'
  | 'unanswered'
  | 'exhausted'
  | 'engine-ill'
  | 'engine-well'
  | 'case-stuck';

/** One announcement. It is read aloud or shown where anybody may hear it: nothing personal in it (promise 7). */
export interface AlarmSignal {
  readonly reason: AlarmReason;
  /** Read aloud or shown as it is, in Japanese. */
  readonly text: string;
  /**
   * The same whenever the same news is sent again, so that the receiver announces it once (`SIGNED_ID`). Left out: the
   * adapter draws one, and each call is news of its own.
   */
  readonly id?: string;
  /** When it came about, in milliseconds since 1970; left out: now. */
  readonly at?: number;
  /** Of a call: its code, level, registered place, and the lane that nobody answers in. */
  readonly code?: string;
  readonly level?: Level;
  readonly place?: string;
  readonly lane?: Lane;
}

/**
 * What became of one attempt.
 * - `delivered`: the receiver took it (2xx), or said that it had it already (409).
 * - `retry`: certainly not taken (429, connection refused).
 * - `uncertain`: may have been taken (timeout, reset, 5xx); the same `id` makes a repeat harmless.
 * - `rejected`: refused as it is (400, 401, 404 …): a setting is wrong on one of the two sides.
 */
export type AlarmOutcome =
  | { readonly kind: 'delivered' }
  | {
      readonly kind: 'retry' | 'uncertain' | 'rejected';
      readonly reason: string;
      readonly retryAfterMs?: number;
    };

/**
 * A second way to reach people: a PBX, an SMS gateway, a broadcast system. A call of `raise` is one attempt, resolves
 * within `SEND_DEADLINE_MS` and never throws; whoever raises it tries again.
 *
 * @example await alarm.raise({ reason: 'engine-ill', text: 'まもりは停止しています。内線 2119 へ電話してください。' })
 */
export interface Alarm {
  raise(signal: AlarmSignal): Promise<AlarmOutcome>;
}
