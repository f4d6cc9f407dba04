import type { Directory, Lane, PersonId, Place } from '../directory/directory.ts';
import type { EngineCommand } from '../engine/aggregate.ts';
import type { Answer, CaseNumber, Participant } from './call.ts';
import type { Level } from './level.ts';

/** What people ask of a call. `by` has been authenticated; whether they may is decided here (promise 4). */
export type CallCommand =
  | {
      readonly type: 'open';
      readonly code: string;
      readonly number: number;
      readonly draft?: string;
      readonly by: Participant;
      readonly level: Level;
      readonly place: Place;
      readonly affected: Participant | null;
      readonly excluded: readonly PersonId[];
      readonly arrivedAt?: number;
    }
  /** A second call while one's own is open: level raised if higher, place added. */
  | {
      readonly type: 'join';
      readonly by: Participant;
      readonly level: Level;
      readonly place: Place | null;
      readonly affected: Participant | null;
      readonly excluded: readonly PersonId[];
    }
  | { readonly type: 'answer'; readonly by: Participant; readonly verb: Answer['kind']; readonly tap: string }
  | { readonly type: 'raise' | 'end' | 'cancel'; readonly by: Participant }
  /** `round` of the lane when the button was drawn: a tap delivered late must not hold a newer round. */
  | { readonly type: 'came' | 'phoned'; readonly by: Participant; readonly round?: number }
  | { readonly type: 'police-claim' | 'police-done'; readonly by: Participant }
  | { readonly type: 'exclude'; readonly by: Participant; readonly person: PersonId }
  | { readonly type: 'reported'; readonly by: Participant; readonly dangerInText: boolean }
  /** General Affairs: 受付する, 対応を再開する. */
  | { readonly type: 'accept' | 'reopen'; readonly by: Participant }
  /** 対応終了 of the case; `sure`: although people are still being called. */
  | { readonly type: 'close'; readonly by: Participant; readonly sure: boolean }
  /** Gives the case to one of General Affairs; null: to nobody in particular. */
  | { readonly type: 'assign'; readonly by: Participant; readonly to: Participant | null }
  /** The post has gone to somebody else: the case waits for General Affairs again. */
  | { readonly type: 'release'; readonly person: PersonId }
  /** Notes the number that is tried next, if `instead` is still the one before. */
  | { readonly type: 'try-number'; readonly number: CaseNumber; readonly instead: CaseNumber | null }
  /** The number's document holds this case's code. */
  | { readonly type: 'numbered'; readonly number: CaseNumber }
  /** Sends the live card anew to somebody who may see it. */
  | { readonly type: 'show'; readonly by: Participant };

export type AnyCallCommand = CallCommand | EngineCommand;

/** Reasons a command changes nothing; each has a sentence in `cards/strings`. */
export type CallRefusal =
  | 'closed'
  | 'answered'
  | 'not-yours'
  | 'wrong-role'
  | 'already-emergency'
  | 'already-police'
  | 'police-not-claimed'
  | 'not-open'
  | 'excluded'
  | 'unknown-person'
  | 'own-case'
  | 'already-accepted'
  | 'not-accepted'
  | 'case-closed'
  | 'case-ended'
  | 'not-closed'
  | 'still-calling';

export interface CallRules {
  readonly directory: Directory;
  /** An alarm is configured (port `Alarm`): what nobody answers is owed to it as well. */
  readonly hasAlarm?: boolean;
}

/** Waits that the policy leaves to us, in milliseconds. */
export const WAITS = {
  /** Reminders slow down but never end (promise 2). */
  repeats: [60_000, 60_000, 120_000, 180_000, 240_000, 300_000],
  /** A reminder does not follow sooner than this after a page of the same person. */
  repeatGap: 25_000,
  /** After the question 「到着しましたか」 the lane pages again. */
  lapse: 60_000,
  /** An unclaimed 110 task is repeated; a claimed one that is not done is offered again. */
  police: 15_000,
  policeDone: 60_000,
  policeRepeats: [60_000, 120_000, 300_000],
  /** A hold older than this, or one whose helper has arrived, does not answer a new call. */
  fresh: 600_000,
  /** Somebody who declined is asked again after this long when nobody else is left. */
  declined: 300_000,
  /** Before a page with unknown outcome is sent again. */
  uncertain: 3_000,
} as const;

export const repeatWait = (waits: readonly number[], count: number): number =>
  waits[Math.min(count, waits.length - 1)] ?? 300_000;

export const otherLane = (lane: Lane): Lane => (lane === 'second' ? 'generalAffairs' : 'second');
