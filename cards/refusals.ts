import { type FieldError, REPORT_LIMITS, type ReportField } from '../services/reports/report.ts';
import type { Language } from './rendered.ts';
import { type RefusalFacts, type RefusalKey, strings } from './strings.ts';

/** Why a command changed nothing; every reason has a sentence in each language. */
export type RefusalReason = RefusalKey;

/** The sentence for a refusal. A reason without one (a newer service) says that the action is not possible now. */
export function refusal(language: Language, reason: string, facts: RefusalFacts = {}): string {
  const { refusals } = strings(language);
  const known = Object.hasOwn(refusals, reason) ? (reason as RefusalKey) : 'not-open';
  return refusals[known](facts);
}

/** Messages for the fields of the short report, as `reportFormCard` shows them. */
export function fieldErrors(
  language: Language,
  errors: Partial<Record<ReportField, FieldError>>,
  values: Readonly<Record<ReportField, string>>,
): Partial<Record<ReportField, string>> {
  const { form } = strings(language);
  const messages: Partial<Record<ReportField, string>> = {};
  for (const field of ['when', 'where', 'what'] as const) {
    if (errors[field] === 'missing') messages[field] = form.missing[field];
    if (errors[field] === 'too-long')
      messages[field] = form.tooLong(REPORT_LIMITS[field], values[field].length);
  }
  return messages;
}
