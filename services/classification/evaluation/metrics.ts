import {
  ASSESSMENTS,
  type Assessment,
  CATEGORY_IDS,
  type CategoryId,
  type Suggestion,
} from '../classifier.ts';
import type { LabelledReport } from '../training/corpus.ts';

export interface Judged {
  readonly report: LabelledReport;
  readonly suggestion: Suggestion;
}

interface LabelFigures {
  readonly id: CategoryId;
  readonly support: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface Figures {
  readonly reports: number;
  readonly macroF1: number;
  readonly microF1: number;
  readonly labels: readonly LabelFigures[];
  readonly assessmentAccuracy: number;
  /** How many reports of the first were called the second. */
  readonly confusion: Readonly<Record<Assessment, Readonly<Record<Assessment, number>>>>;
  /** Of the reports with danger, those with any danger flag. */
  readonly dangerRecall: number;
  /** The right one of the two flags, of those with danger. */
  readonly dangerExact: number;
  /** Of the reports without danger, those with a flag. */
  readonly falseAlarms: number;
  /** Labels and danger flags with at least one quotation that is a slice of the text. */
  readonly evidenceCoverage: number;
  /** Legitimate reports that were called harassment. */
  readonly legitimateAccused: number;
}

/** Strict multi-label figures. A label with no example in the set counts 1 when it was never suggested, else 0. */
export function figuresOf(judged: readonly Judged[]): Figures {
  const counted = CATEGORY_IDS.map((id) => count(judged, id));
  const total = counted.reduce((a, b) => ({
    right: a.right + b.right,
    said: a.said + b.said,
    all: a.all + b.all,
  }));
  const labels = counted.map((one, at) => figuresFor(CATEGORY_IDS[at] as CategoryId, one));
  const dangerous = judged.filter(({ report }) => report.danger !== 'none');
  const safe = judged.filter(({ report }) => report.danger === 'none');
  const legitimate = judged.filter(({ report }) => report.assessment === 'not-harassment');
  return {
    reports: judged.length,
    macroF1: mean(labels.map(({ f1 }) => f1)),
    microF1: f1Of(total),
    labels,
    assessmentAccuracy: share(
      judged,
      ({ report, suggestion }) => report.assessment === suggestion.assessment,
    ),
    confusion: confusionOf(judged),
    dangerRecall: share(dangerous, ({ suggestion }) => suggestion.danger !== 'none'),
    dangerExact: share(dangerous, ({ report, suggestion }) => suggestion.danger === report.danger),
    falseAlarms: safe.length === 0 ? 0 : share(safe, ({ suggestion }) => suggestion.danger !== 'none'),
    evidenceCoverage: coverage(judged),
    legitimateAccused:
      legitimate.length === 0
        ? 0
        : share(legitimate, ({ suggestion }) => suggestion.assessment === 'harassment'),
  };
}

interface Count {
  readonly right: number;
  readonly said: number;
  readonly all: number;
}

function count(judged: readonly Judged[], id: CategoryId): Count {
  let [right, said, all] = [0, 0, 0];
  for (const { report, suggestion } of judged) {
    const wanted = report.labels.includes(id);
    const suggested = suggestion.labels.some((label) => label.id === id);
    if (wanted) all += 1;
    if (suggested) said += 1;
    if (wanted && suggested) right += 1;
  }
  return { right, said, all };
}

const figuresFor = (id: CategoryId, counted: Count): LabelFigures => ({
  id,
  support: counted.all,
  precision: counted.said === 0 ? 1 : counted.right / counted.said,
  recall: counted.all === 0 ? 1 : counted.right / counted.all,
  f1: f1Of(counted),
});

const f1Of = ({ right, said, all }: Count): number => (said + all === 0 ? 1 : (2 * right) / (said + all));

function confusionOf(judged: readonly Judged[]): Figures['confusion'] {
  const empty = (): Record<Assessment, number> => ({
    harassment: 0,
    'not-harassment': 0,
    'needs-judgement': 0,
  });
  const table = Object.fromEntries(ASSESSMENTS.map((one) => [one, empty()])) as Record<
    Assessment,
    Record<Assessment, number>
  >;
  for (const { report, suggestion } of judged) table[report.assessment][suggestion.assessment] += 1;
  return table;
}

function coverage(judged: readonly Judged[]): number {
  const claims = judged.flatMap(({ report, suggestion }) => {
    const isQuoted = (evidence: Suggestion['dangerEvidence']): boolean =>
      evidence.some(({ start, end, text }) => end > start && report.text.slice(start, end) === text);
    const labels = suggestion.labels.map((label) => isQuoted(label.evidence));
    return suggestion.danger === 'none' ? labels : [...labels, isQuoted(suggestion.dangerEvidence)];
  });
  return claims.length === 0 ? 1 : claims.filter(Boolean).length / claims.length;
}

const share = (judged: readonly Judged[], is: (one: Judged) => boolean): number =>
  judged.length === 0 ? 1 : judged.filter(is).length / judged.length;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
