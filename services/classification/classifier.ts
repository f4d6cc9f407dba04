/** The ten categories of the policy (P7–P16), in the policy's order. */
export const CATEGORY_IDS = [
  'time-restraint',
  'repeated-contact',
  'verbal-abuse',
  'nitpicking',
  'threat',
  'abuse-of-authority',
  'social-media',
  'excessive-demand',
  'sexual-harassment',
  'other',
] as const;
export type CategoryId = (typeof CATEGORY_IDS)[number];

/** A quotation: UTF-16 offsets in the text that was given, `text` is exactly `given.slice(start, end)`. */
export interface Evidence {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Which cue fired; for maintainers, never shown. */
  readonly cue: string;
}

export interface SuggestedLabel {
  readonly id: CategoryId;
  /** 0–1. */
  readonly score: number;
  readonly evidence: readonly Evidence[];
  /** The clause of the policy: `P7` … `P16`. */
  readonly clause: string;
}

export type Assessment = 'harassment' | 'not-harassment' | 'needs-judgement';
export type Danger = 'none' | 'imminent' | 'harm-done';

/** A suggestion is never a finding: people decide (promise 6). Only labels above the threshold are listed. */
export interface Suggestion {
  readonly labels: readonly SuggestedLabel[];
  readonly assessment: Assessment;
  readonly danger: Danger;
  readonly dangerEvidence: readonly Evidence[];
}

/** Structured facts of a form that count beside the text. */
export interface ReportFacts {
  readonly dangerNow?: boolean;
  readonly minutes?: number;
}

/** In process, offline, deterministic, never throws on any text. */
export interface Classifier {
  classify(text: string, facts?: ReportFacts): Suggestion;
}
