import type { Classifier, Evidence, ReportFacts, SuggestedLabel, Suggestion } from './classifier.ts';
import { clauseOf } from './clause.ts';
import { findDanger } from './danger.ts';
import { decide } from './learned/decide.ts';
import { Model, type StoredModel } from './learned/model.ts';
import { passageFor } from './learned/passages.ts';
import { OUTPUTS, outputOf, type Signals, signalsOf } from './learned/signals.ts';
import { sumsOf } from './learned/weigh.ts';
import { quotations } from './quotations.ts';
import { type Reading, readReport } from './reading.ts';
import { THRESHOLD } from './scoring.ts';

/**
 * Cues that a linguist can read, weighed together with the words around them by a small learned model. Pure: the
 * same text gives the same suggestion, nothing is kept between calls.
 *
 * @throws Error when the model was written for another version
 */
export function createLearnedClassifier(stored: StoredModel): Classifier {
  const model = new Model(stored);
  return { classify: (text, facts = {}) => classify(model, text, facts) };
}

function classify(model: Model, text: string, facts: ReportFacts): Suggestion {
  const reading = readReport(text);
  const signals = signalsOf(reading);
  const sums = sumsOf(model, signals);
  const weighed: Weighed = { model, reading, signals, sums };
  const decided = decide(
    model,
    signals.isBare ? NOTHING_KNOWN : model.probabilities(sums),
    signals.rules.danger,
    facts,
  );
  const labels = decided.labels.flatMap(({ id, score }): SuggestedLabel[] => {
    const evidence = evidenceFor(weighed, id);
    return evidence.length === 0 ? [] : [{ id, score, evidence, clause: clauseOf(id) }];
  });
  const { assessment, danger, isDangerSaid } = decided;
  const spoken = isDangerSaid ? dangerEvidence(weighed, danger) : [];
  return { labels, assessment, danger, dangerEvidence: spoken };
}

/** Thin evidence is no guess: what is left are the boxes of the form. */
const NOTHING_KNOWN: readonly number[] = OUTPUTS.map((output) =>
  output === 'not-harassment' ? 0.6 : output === 'needs-judgement' ? 0.3 : 0.01,
);

interface Weighed {
  readonly model: Model;
  readonly reading: Reading;
  readonly signals: Signals;
  readonly sums: Float64Array;
}

function evidenceFor({ model, reading, signals, sums }: Weighed, id: SuggestedLabel['id']): Evidence[] {
  const scored = signals.rules.scored.find((one) => one.id === id);
  const hits = scored?.hits ?? [];
  // Cues too weak to carry the label alone are shown beside the clause that did.
  const passage = (scored?.score ?? 0) >= THRESHOLD ? [] : passageFor(model, signals, sums, outputOf(id));
  return quotations(reading, [...passage, ...hits]);
}

function dangerEvidence(
  { model, reading, signals, sums }: Weighed,
  danger: Suggestion['danger'],
): readonly Evidence[] {
  if (danger === 'none') return [];
  const found = findDanger(reading, {}).evidence;
  return found.length > 0 ? found : quotations(reading, passageFor(model, signals, sums, outputOf(danger)));
}
