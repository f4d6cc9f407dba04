import type { Participant } from '../calls/call.ts';
import type { CategoryId, Suggestion } from '../classification/classifier.ts';
import type { PersonId } from '../directory/directory.ts';

/** The narrative of one case (design: aggregate `record`). Shown only to entitled people in personal chat. */
export interface Report {
  readonly code: string;
  readonly entries: readonly ReportEntry[];
  /** Written before a narrative or quote is sent to anybody (promise 7). */
  readonly views: readonly ViewEntry[];
}

/** One short report, as it was written; never changed afterwards. */
export interface ReportEntry {
  /** The form it came from: a form sent twice is one entry. */
  readonly draft: string;
  readonly by: Participant;
  readonly at: number;
  readonly when: string;
  readonly where: string;
  readonly what: string;
  readonly dangerNow: boolean;
  readonly suggestion: Suggestion | null;
  readonly judgement: Judgement | null;
  /** Activity that shows the suggestion with its quotes; replaced by a neutral card once handled. */
  readonly card: string | null;
  /** Other activities that showed it (a send whose answer was lost), known because somebody pressed on them. */
  readonly copies?: readonly string[];
}

/** What the reporter said of the suggestion; both are kept (promise 6). */
export interface Judgement {
  readonly by: Participant;
  readonly at: number;
  readonly outcome: 'confirmed' | 'corrected';
  readonly labels: readonly CategoryId[];
}

export interface ViewEntry {
  readonly at: number;
  readonly by: PersonId;
  readonly what: 'suggestion';
  readonly draft: string;
}

/** A short report as typed (issue: いつ, どこ, ひとこと). */
export interface ReportInput {
  readonly when: string;
  readonly where: string;
  readonly what: string;
  readonly danger: boolean;
}

export const REPORT_LIMITS = { when: 100, where: 200, what: 4000 } as const;

export type ReportField = 'when' | 'where' | 'what';
export type FieldError = 'missing' | 'too-long';

/** Checks what a client sent; the client's own checks are hints. */
export function checkReport(input: ReportInput): Partial<Record<ReportField, FieldError>> {
  const errors: Partial<Record<ReportField, FieldError>> = {};
  for (const field of ['when', 'where', 'what'] as const) {
    if (input[field].trim() === '') errors[field] = 'missing';
    else if (input[field].length > REPORT_LIMITS[field]) errors[field] = 'too-long';
  }
  return errors;
}
