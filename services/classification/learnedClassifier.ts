import type { Classifier, Evidence, ReportFacts, SuggestedLabel, Suggestion } from './classifier.ts';
import { clauseOf } from './clause.ts';
import { findDanger } from './danger.ts';
import { decide } from './learned/decide.ts';
import { Model, type StoredModel } from './learned/model.ts';
import { passageFor } from './learned/passages.ts';
import { outputOf, type Signals, signalsOf } from './learned/signals.ts';
import { weigh } from './learned/weigh.ts';
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
  const signals = signalsOf(reading, facts);
  const decided = decide(model, weigh(model, reading, signals), signals, facts);
  const labels = decided.labels.flatMap(({ id, score }): SuggestedLabel[] => {
    const evidence = evidenceFor(model, reading, signals, id);
    return evidence.length === 0 ? [] : [{ id, score, evidence, clause: clauseOf(id) }];
  });
  return { ...decided, labels, dangerEvidence: dangerEvidence(model, reading, facts, decided.danger) };
}

function evidenceFor(model: Model, reading: Reading, { rules }: Signals, id: SuggestedLabel['id']): Evidence[] {
  const scored = rules.scored.find((one) => one.id === id);
  const hits = scored?.hits ?? [];
  // Cues too weak to carry the label alone are shown after the clause that did.
  const passage = (scored?.score ?? 0) >= THRESHOLD ? [] : passageFor(model, reading, outputOf(id));
  return quotations(reading, [...passage, ...hits]);
}

function dangerEvidence(model: Model, reading: Reading, facts: ReportFacts, danger: Suggestion['danger']): Evidence[] {
  if (danger === 'none') return [];
  const found = findDanger(reading, facts).evidence;
  return found.length > 0 ? [...found] : quotations(reading, passageFor(model, reading, outputOf(danger)));
}
