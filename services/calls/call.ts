import type { Lane, PersonId, Place } from '../directory/directory.ts';
import type { Level } from './level.ts';

/** Paging of one case (design: aggregate `call`). Plain JSON; everything here survives a restart. */
export interface Call {
  readonly code: string;
  /** Which call of its caller this is; -1 for a written report. With the caller's id it is the code's origin. */
  readonly number: number;
  /** The form that a written report came from; empty for a call. */
  readonly draft: string;
  readonly caller: Participant;
  /** The one who is attacked, when a colleague calls for them (domain: caller and affected may differ). */
  readonly affected: Participant | null;
  /** Further people named as affected when the caller called again: not paged either. */
  readonly alsoAffected?: readonly PersonId[];
  readonly level: Level;
  readonly status: 'open' | 'ended' | 'cancelled';
  readonly openedAt: number;
  /** When the request for it reached us: a moment before `openedAt`, or longer where the store was slow. */
  readonly arrivedAt?: number;
  /** When the first page of the call was delivered, and when somebody first acknowledged it: of nobody in particular. */
  readonly firstPageAt?: number;
  readonly firstAnswerAt?: number;
  readonly closedAt: number | null;
  readonly closedBy: Participant | null;
  /** In the order they were said; the last one is where the caller is now. Never empty. */
  readonly places: readonly Place[];
  readonly lanes: { readonly second: LaneState; readonly generalAffairs: LaneState };
  /** Left out of paging: implicated persons. */
  readonly excluded: readonly PersonId[];
  readonly police: PoliceTask | null;
  readonly timeline: readonly TimelineEntry[];
  /** How many old timeline entries were folded away. */
  readonly folded: number;
  /** Live card of each person who has one. */
  readonly copies: Readonly<Record<PersonId, Copy>>;
  /** The report's text describes danger though nobody said so (told to General Affairs, no quotes). */
  readonly dangerInText: boolean;
  /** A short report has been saved for this case. */
  readonly reported: boolean;
  /** Section (課) the case belongs to: that of whoever was affected when it was opened. Empty when unknown. */
  readonly section?: string;
  /** What General Affairs has done with the case so far; absent: nothing yet. */
  readonly handling?: Handling;
  /** Alarms that stand in General Affairs' channel: they follow the end of the call. */
  readonly posts?: readonly string[];
  /** Keys of the taps that were applied (bounded): Teams redelivers a tap with a new activity id. */
  readonly taps: readonly string[];
  /** How many taps of each person were applied: stamped on their cards, so that a press on a newer card is new. */
  readonly turns: Readonly<Record<PersonId, number>>;
  /**
   * `rev`: the last one that everybody's card shows; since then, up to `at`, only those of callers have changed. Absent,
   * or `at` is not the call's `rev` (an older program has written since): everybody's card shows the current one.
   */
  readonly shared?: { readonly rev: number; readonly at: number };
}

/** Intake by General Affairs: 未受付 → 受付済み (with its 管理番号) → 対応終了. */
export interface Handling {
  readonly phase: 'new' | 'accepted' | 'closed';
  readonly accepted: Stamp | null;
  /** The number that is being tried: noted before its document is made, so that a crash in between is found. */
  readonly candidate: CaseNumber | null;
  readonly number: CaseNumber | null;
  readonly assignee: Participant | null;
  readonly closed: Stamp | null;
}

interface Stamp {
  readonly by: Participant;
  readonly at: number;
}

/** 管理番号: `{ year: 2026, n: 1 }` is 令和8年度-0001. */
export interface CaseNumber {
  /** Fiscal year (April to March, JST), western. */
  readonly year: number;
  /** From 1, without gaps within the year. */
  readonly n: number;
}

export interface Participant {
  /** Empty for an affected person known by name only. */
  readonly id: PersonId;
  readonly name: string;
  readonly kind: 'person' | 'counter' | 'guest';
}

export interface LaneState {
  /** `off`: this level or caller gives the lane nothing; `paging`: until a person's act; `held`: an acknowledgement stands. */
  readonly state: 'off' | 'paging' | 'held';
  /** Raised each time the lane starts to page anew; part of every effect key and tap. */
  readonly round: number;
  readonly roundAt: number;
  /** Index of the last started step; -1 before the first. */
  readonly step: number;
  /** The last step has been waited for in vain: repetition goes on. */
  readonly exhausted: boolean;
  /** Reminders sent in this round. */
  readonly repeats: number;
  /** The round whose first unanswered step has gone out as an alarm; absent: none yet. */
  readonly signalled?: number;
  /** One entry a step started in this round. */
  readonly steps: readonly StepLog[];
  readonly people: Readonly<Record<PersonId, LanePerson>>;
  /** Somebody without Teams to be rung up. */
  readonly phone: PhoneTask | null;
  /** The caller said that help has come (来てくれた), whoever it was. */
  readonly cameAt: number | null;
  /** The round that was said in: like an answer, it holds the lane in that round only. */
  readonly cameRound: number;
}

export interface StepLog {
  readonly label: string;
  readonly at: number;
  /** `waiting` is the running one. */
  readonly outcome: 'waiting' | 'empty' | 'unreachable' | 'unanswered' | 'declined' | 'phone' | 'answered';
}

interface PhoneTask {
  readonly label: string;
  readonly extension: string;
  readonly doneBy: PersonId | null;
  readonly doneAt: number | null;
}

export interface LanePerson {
  readonly step: number;
  /** Of the last page: queued (committed, not yet sent), sent, unreachable. */
  readonly page: 'queued' | 'sent' | 'unreachable';
  readonly pages: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** When the last page was committed: a reminder does not follow hard on a first page. */
  readonly pagedAt: number;
  /** An attempt may have arrived without our knowing: there may be a card of theirs that we cannot update. */
  readonly unsure?: boolean;
  /** Why the last page may have been sent twice (`HTTP 503`, `timeout`): of its newest such attempt. */
  readonly unsureReason?: string;
  readonly answer: Answer | null;
}

export interface Answer {
  readonly kind: 'going' | 'phone' | 'arrived' | 'declined';
  readonly at: number;
  /** The round it was given in: it stands only while the lane is in that round. */
  readonly round: number;
  /** Asked whether they have arrived; unanswered after 60 s the answer lapses. */
  readonly askedAt: number | null;
  readonly lapsedAt: number | null;
}

export interface PoliceTask {
  readonly claimedBy: Participant | null;
  readonly claimedAt: number | null;
  readonly doneAt: number | null;
  readonly doneBy: Participant | null;
  readonly repeats: number;
}

/**
 * The one live card of a person for this case. Converges: done when `shownRev` has reached the call's `rev`, or its
 * `shared.rev` where the card is not a caller's.
 */
export interface Copy {
  readonly activityId: string | null;
  readonly shownRev: number;
  /** `officer`: of General Affairs, told and not called; `left`: neutral, no longer involved. */
  readonly role: 'caller' | 'responder' | 'officer' | 'left';
  /** The news that brought this card (緊急に切り替わりました): stays on it until its person acts. */
  readonly notice?: string;
  /** The message before a new one that is owed: an update of it that was under way is not the new one. */
  readonly retired?: string;
  /** When the claim of the attempt ended that brought it (ms): which of two messages is the older one. */
  readonly claimedUntil?: number;
  /** When an update of it was recorded late (ms): one that was under way at that time may have come before it. */
  readonly doubtedAt?: number;
}

export interface TimelineEntry {
  readonly at: number;
  readonly kind:
    | 'opened'
    | 'joined'
    | 'raised'
    | 'place-added'
    | 'step'
    | 'step-empty'
    | 'step-unreachable'
    | 'step-unanswered'
    | 'phone-step'
    | 'phone-done'
    | 'going'
    | 'phone'
    | 'arrived'
    | 'came'
    | 'reopened'
    | 'lapsed'
    | 'asked'
    | 'exhausted'
    | 'police-claimed'
    | 'police-done'
    | 'police-repeated'
    | 'excluded'
    | 'reported'
    | 'danger-in-text'
    | 'ended'
    | 'cancelled'
    | 'accepted'
    | 'numbered'
    | 'assigned'
    | 'released'
    | 'closed'
    | 'reopened-case';
  readonly lane?: Lane;
  /** Names as they stood then. Never a refusal's (promise 8). */
  readonly who?: string;
  readonly detail?: string;
}
