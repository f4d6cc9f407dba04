import type { PersonId } from '../directory/directory.ts';

/** State of the checks and tests of the whole city: one document, the results are a document a person. */
export interface Reachability {
  /** Number of the latest check, from 1; 0: none yet. */
  readonly run: number;
  /** The check that is under way. */
  readonly check: Check | null;
  /** The latest check that came to its end. */
  readonly checked: {
    readonly run: number;
    readonly at: number;
    /** How many checks have followed each other because some people's could not be told. */
    readonly tries: number;
    /** Of whom nothing could be kept; left out: everybody's could be. */
    readonly unkept?: readonly PersonId[];
  } | null;
  /** What General Affairs was last told: everything found up to this check. */
  readonly told: { readonly run: number; readonly at: number };
  /** The people on the duty lists when the organisation file was last looked at, as a hash. */
  readonly listed: string;
  readonly test: Test | null;
  /** When the next ones are due: what has become due while nothing ran is not put off by a start. */
  readonly planned: { readonly check: number | null; readonly test: number | null };
  /** The test of this month was missed: the next working day does as well. */
  readonly isTestOwed: boolean;
}

export interface Check {
  readonly run: number;
  /** `again`: some people's could not be told a while ago. */
  readonly why: 'daily' | 'changed' | 'asked' | 'again';
  readonly startedAt: number;
  readonly tries: number;
  /** Somebody's could not be told so far. */
  readonly isUnsure: boolean;
  /** People whose document is damaged, so far: what was found of them stands nowhere else. Left out: nobody. */
  readonly unkept?: readonly PersonId[];
  /** Those who wait for the result, and the card it belongs on. */
  readonly watchers: readonly Watcher[];
}

export interface Watcher {
  readonly person: PersonId;
  readonly activityId: string;
}

/** One 通知テスト. */
export interface Test {
  /** The day it began: there is one a day at most. */
  readonly id: string;
  readonly startedAt: number;
  /** Who began it by hand; empty: nobody, it was due. */
  readonly by: string;
  /** Whether everybody has been asked. */
  readonly isSent: boolean;
  /** From when on those who have not confirmed are named. */
  readonly listAt: number | null;
  readonly isListed: boolean;
}

/** The one document. */
export const CITY = 'city';
