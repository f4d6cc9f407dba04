import type { Participant } from '../calls/call.ts';
import type { CategoryId, Suggestion } from '../classification/classifier.ts';
import type { PersonId } from '../directory/directory.ts';
import type { FieldId } from './fields.ts';

/**
 * The narrative of one case (design: aggregate `record`). Shown only to entitled people in personal chat. Everything
 * but `kept` and `open` only grows: what was said, by whom and when, stays.
 */
export interface Report {
  readonly code: string;
  /** Short reports, as they were sent. */
  readonly entries: readonly ReportEntry[];
  /** The full report (面談等記録): every value that a field has had, oldest first. */
  readonly changes?: readonly FieldChange[];
  /** What somebody typed that could not be saved yet; shown to them when they open the step again. */
  readonly kept?: Readonly<Record<PersonId, Readonly<Partial<Record<FieldId, Kept>>>>>;
  /** 行為のタイプ as people set them, beside the suggestions (promise 6). */
  readonly corrections?: readonly Correction[];
  /** Whether it was harassment: proposals, until the decision (R6). */
  readonly proposals?: readonly Proposal[];
  readonly notes?: readonly Note[];
  readonly amendments?: readonly Amendment[];
  /** Activities on which somebody has a narrative open; made neutral when the case is closed. */
  readonly open?: readonly OpenCard[];
}

export interface FieldChange {
  readonly at: number;
  readonly by: Participant;
  /** 代筆: written from what General Affairs or the section head were told. */
  readonly onBehalf: boolean;
  readonly field: FieldId;
  readonly value: string;
  /** Why a value was changed after the acceptance (訂正); empty before. */
  readonly why: string;
}

export interface Kept {
  readonly value: string;
  readonly at: number;
  /** Somebody else changed the field meanwhile, or the reason of a correction is missing. */
  readonly reason: 'conflict' | 'why';
}

export interface Correction {
  readonly draft: string;
  readonly by: Participant;
  readonly at: number;
  readonly labels: readonly CategoryId[];
}

export const OUTCOMES = ['harassment', 'legitimate', 'undecided'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Proposal {
  readonly draft: string;
  readonly by: Participant;
  readonly at: number;
  readonly outcome: Outcome;
  /** Of a legitimate request (P2): who takes it on. */
  readonly handedTo: string;
  readonly why: string;
}

interface Note {
  readonly draft: string;
  readonly by: Participant;
  readonly at: number;
  readonly text: string;
}

/** 訂正・追記 to a short report: appended, the original stays. */
export interface Amendment {
  readonly draft: string;
  readonly by: Participant;
  readonly at: number;
  /** The short report it is about; empty: the record as a whole. */
  readonly entry: string;
  readonly text: string;
  readonly why: string;
}

export interface OpenCard {
  readonly activityId: string;
  readonly by: PersonId;
  /** A form with what stands in it, into which somebody may be typing. */
  readonly isForm?: boolean;
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
  /** 代筆 by General Affairs or the section head. */
  readonly onBehalf?: boolean;
  readonly suggestion: Suggestion | null;
  readonly judgement: Judgement | null;
  /** Activity that shows the suggestion with its quotes; replaced by a neutral card once handled. */
  readonly card: string | null;
  /** Other activities that showed it (a send whose answer was lost), known because somebody pressed on them. */
  readonly copies?: readonly string[];
}

/** What the reporter said of the suggestion; both are kept (promise 6). */
interface Judgement {
  readonly by: Participant;
  readonly at: number;
  readonly outcome: 'confirmed' | 'corrected';
  readonly labels: readonly CategoryId[];
}

/** A short report as typed (issue: いつ, どこ, ひとこと). */
export interface ReportInput {
  readonly when: string;
  readonly where: string;
  readonly what: string;
  readonly danger: boolean;
}

export const REPORT_LIMITS = { when: 100, where: 200, what: 4000 } as const;

/** Characters of notes, amendments, reasons and names. */
export const WORK_LIMITS = { note: 2000, amendment: 4000, why: 1000, handedTo: 200 } as const;

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

/** Characters after which nothing more is added to one record: far below what a document can hold (`MAX_BODY_BYTES`). */
const FULL = 300_000;

/** A record that large is not refused silently: whoever adds to it is told to go on in a document of its own. */
export const isFull = (report: Report): boolean => JSON.stringify(report).length > FULL;
