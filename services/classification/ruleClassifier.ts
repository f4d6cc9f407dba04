import { assess } from './assessment.ts';
import type { Classifier, ReportFacts, Suggestion } from './classifier.ts';
import { findDanger } from './danger.ts';
import { readReport } from './reading.ts';
import { labelOf, scoreAll } from './scoring.ts';

/** Rules readable by a linguist: cues with weights, read in their sentence. Pure; keeps nothing between calls. */
export function createRuleClassifier(): Classifier {
  return { classify };
}

function classify(text: string, facts: ReportFacts = {}): Suggestion {
  const reading = readReport(text);
  const found = findDanger(reading, facts);
  const { assessment, labels } = assess(reading, scoreAll(reading, facts, found.hits), found.danger);
  return {
    labels: labels.map((scored) => labelOf(reading, scored)),
    assessment,
    danger: found.danger,
    dangerEvidence: found.evidence,
  };
}
