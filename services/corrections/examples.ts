import type { Assessment, CategoryId, Danger } from '../classification/classifier.ts';
import { categoriesOf, latestProposal } from '../reports/categories.ts';
import type { Report, ReportEntry } from '../reports/report.ts';
import { mask } from './mask.ts';

/** A line of the export, in the shape of `training/reports/*.jsonl`. */
export interface CorrectedReport {
  readonly id: string;
  readonly text: string;
  readonly labels: readonly CategoryId[];
  readonly assessment: Assessment;
  readonly danger: Danger;
  readonly source: string;
}

/**
 * The short reports of a record whose categories a person has confirmed or corrected, masked. Neither the case nor
 * anybody in it is named.
 */
export function examplesOf(report: Report, names: readonly string[], idOf: () => string): CorrectedReport[] {
  return report.entries.flatMap((entry) => {
    const labels = labelsOf(report, entry);
    if (labels === undefined || entry.suggestion === null) return [];
    const assessment = assessmentOf(report, entry, labels);
    return [
      {
        id: idOf(),
        text: mask(entry.what, names),
        labels: assessment === 'not-harassment' ? [] : labels,
        assessment,
        danger: entry.suggestion.danger,
        source: entry.judgement?.outcome === 'confirmed' ? 'confirmed by staff' : 'corrected by staff',
      },
    ];
  });
}

/** What General Affairs set for the whole case counts for its only report; of several, nobody knows which it meant. */
function labelsOf(report: Report, entry: ReportEntry): readonly CategoryId[] | undefined {
  if (report.entries.length === 1 && (report.corrections?.length ?? 0) > 0)
    return categoriesOf(report).labels;
  return entry.judgement?.labels;
}

/** A proposal of people counts before what the classifier said; a correction to nothing is for a person to judge. */
function assessmentOf(
  report: Report,
  { suggestion }: ReportEntry,
  labels: readonly CategoryId[],
): Assessment {
  const proposed = latestProposal(report)?.outcome;
  if (proposed === 'harassment') return 'harassment';
  if (proposed === 'legitimate') return 'not-harassment';
  if (proposed === 'undecided') return 'needs-judgement';
  const said = suggestion?.assessment ?? 'needs-judgement';
  const isContradicted = (labels.length === 0) !== (suggestion?.labels.length === 0);
  return isContradicted ? 'needs-judgement' : said;
}
