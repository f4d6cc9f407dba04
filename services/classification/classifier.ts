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

export const ASSESSMENTS = ['harassment', 'not-harassment', 'needs-judgement'] as const;
export type Assessment = (typeof ASSESSMENTS)[number];
export type Danger = 'none' | 'imminent' | 'harm-done';

/** A suggestion is never a finding: people decide (promise 6). Only labels above the threshold are listed. */
export interface Suggestion {
  readonly labels: readonly SuggestedLabel[];
  readonly assessment: Assessment;
  readonly danger: Danger;
  readonly dangerEvidence: readonly Evidence[];
}

/** What the boxes of a form say beside the text. Absent: not asked, or not answered. */
export interface ReportFacts {
  /** 「今も危険」 is ticked. */
  readonly dangerNow?: boolean;
  /** How long the contact took. */
  readonly minutes?: number;
  /** The same person has come or called before about the same thing. */
  readonly repeated?: boolean;
  /** 負傷: somebody was hurt. */
  readonly injured?: boolean;
  /** A weapon or fuel was there. */
  readonly weapon?: boolean;
  /** 市側の対応: whether the city made a mistake. */
  readonly cityFault?: 'none' | 'checking' | 'found';
  /** 合理的配慮の申出. */
  readonly accommodation?: boolean;
}

/** In process, offline, deterministic, never throws on any text. */
export interface Classifier {
  classify(text: string, facts?: ReportFacts): Suggestion;
}
