import type { Effect, Listing, NewEffect } from './envelope.ts';

/** What a command leads to. `state` is a new value; the one that came in is never changed. */
export interface Accepted<S> {
  readonly ok: true;
  readonly state: S;
  /** Whether people see a difference: raises `rev`. */
  readonly changed: boolean;
  /** Owed from now on. A key that is in the outbox already is owed once. */
  readonly effects: readonly NewEffect[];
  /** Pending effects that are no longer owed. */
  readonly drop: (effect: Effect) => boolean;
  /** Timers to set (time) or cancel (null); the others stay. */
  readonly timers: Readonly<Record<string, number | null>>;
  /** After a `settled` command only: try the same effect again at this time. */
  readonly retryAt?: number;
}

/** A harmless answer: nothing changed, `reason` has a sentence for the user. */
export interface Refused<R extends string = string> {
  readonly ok: false;
  readonly reason: R;
  readonly detail: Readonly<Record<string, string>>;
}

export type Decision<S, R extends string = string> = Accepted<S> | Refused<R>;

/** Commands that the engine itself gives to every aggregate. */
export type EngineCommand =
  | { readonly type: 'timer'; readonly name: string }
  | {
      readonly type: 'settled';
      readonly effect: Effect;
      readonly outcome: unknown;
      /** `rev` of the document when the attempt was claimed: what a card showed. */
      readonly shownRev: number;
    };

export interface Moment {
  readonly now: number;
  /** `rev` the document will have when this decision changes something people see. */
  readonly nextRev: number;
}

/** Rules of one kind of document: pure, total, deterministic. */
export interface Aggregate<S, C> {
  readonly kind: string;
  /** `state` is undefined only when the document is being created. */
  decide(state: S | undefined, command: C | EngineCommand, moment: Moment): Decision<S>;
  listing(state: S): Listing;
  /** The claim of this effect has expired: its attempt may have been made, and nobody will ever say. */
  lost?(state: S, effect: Effect, moment: Moment): Accepted<S>;
}

/**
 * Does one effect once; resolves with an outcome that `decide` understands. Reads the state as it was claimed.
 * A rejection is a defect: the engine raises an alarm and tries again later.
 */
export type Perform<S> = (effect: Effect, state: S, rev: number) => Promise<unknown>;
