import type { Participant } from '../calls/call.ts';
import { CATEGORY_IDS, type CategoryId } from '../classification/classifier.ts';
import type { Proposal, Report } from './report.ts';

/** 行為のタイプ of a case as they stand: what people set last, else what was suggested. */
export interface Categories {
  readonly labels: readonly CategoryId[];
  /** Absent while nobody has set or confirmed anything: `labels` is then the suggestion. */
  readonly setBy?: { readonly by: Participant; readonly at: number };
}

const inOrder = (labels: Iterable<CategoryId>): CategoryId[] => {
  const found = new Set(labels);
  return CATEGORY_IDS.filter((id) => found.has(id));
};

/**
 * The last word counts (promise 6): a correction of the whole case holds until a report after it is judged by its
 * reporter, whose types are added to it.
 */
export function categoriesOf(report: Report | undefined): Categories {
  if (report === undefined) return { labels: [] };
  const correction = report.corrections?.at(-1);
  const since = correction?.at ?? Number.NEGATIVE_INFINITY;
  const judged = report.entries.flatMap(({ judgement }) =>
    judgement !== null && judgement.at > since ? [judgement] : [],
  );
  const last = judged.reduce<{ by: Participant; at: number } | undefined>(
    (found, one) => (found === undefined || one.at >= found.at ? { by: one.by, at: one.at } : found),
    correction === undefined ? undefined : { by: correction.by, at: correction.at },
  );
  if (last !== undefined) {
    const labels = [...(correction?.labels ?? []), ...judged.flatMap((one) => one.labels)];
    return { labels: inOrder(labels), setBy: last };
  }
  return {
    labels: inOrder(report.entries.flatMap(({ suggestion }) => suggestion?.labels.map(({ id }) => id) ?? [])),
  };
}

export const latestProposal = (report: Report | undefined): Proposal | undefined => report?.proposals?.at(-1);
