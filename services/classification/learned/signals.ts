import { type Assessment, type CategoryId, CATEGORY_IDS, type Danger, type ReportFacts } from '../classifier.ts';
import { assess } from '../assessment.ts';
import { type Occurrence, occurrencesOf } from '../context.ts';
import { findDanger } from '../danger.ts';
import { CUES } from '../lexicon.ts';
import { countsIn, durationsIn } from '../quantities.ts';
import { type Reading, type Sentence, sentenceAt } from '../reading.ts';
import { wordsIn } from '../thesaurus/wordClasses.ts';
import { type Scored, scoreAll, THRESHOLD } from '../scoring.ts';

/** What the lexicon and the rules find in a report: named numbers for the learned part, and the places for quotations. */
export interface Signals {
  readonly named: ReadonlyMap<string, number>;
  readonly occurrences: readonly Occurrence[];
  readonly rules: RuleOpinion;
}

/** What the rules alone would say. */
export interface RuleOpinion {
  readonly scored: readonly Scored[];
  readonly danger: Danger;
  readonly assessment: Assessment;
}

/** A cue that is there counts one; a rule's opinion is weighed heavier, as it joins many cues. */
const CUE = 1;
const RULE = 2;
const WORD = 0.7;
const PAIR = 0;

export function signalsOf(reading: Reading, facts: ReportFacts): Signals {
  const named = new Map<string, number>();
  const occurrences = CUES.flatMap((cue) => occurrencesOf(cue, reading));
  for (const { cue, stance } of occurrences) named.set(`cue:${stance}:${cue}`, CUE);
  nameWords(reading, named);
  const longest = Math.max(0, ...durationsIn(reading.text).map(({ minutes }) => minutes));
  if (longest > 0) named.set(`minutes:${step(longest, [20, 40, 60])}`, CUE);
  const most = Math.max(0, ...countsIn(reading.text).map(({ times }) => times));
  if (most > 0) named.set(`times:${step(most, [3, 5, 10])}`, CUE);
  const rules = opinionOf(reading, facts);
  const likely = rules.scored.filter(({ score }) => score >= THRESHOLD);
  for (const { id, score } of rules.scored) if (score > 0) named.set(`rule:${id}`, RULE * score);
  for (const { id } of likely) named.set(`rule-says:${id}`, CUE);
  named.set(`rule-says:${Math.min(3, likely.length)}`, CUE);
  named.set(`rule-danger:${rules.danger}`, RULE);
  named.set(`rule-assessment:${rules.assessment}`, RULE);
  return { named, occurrences, rules };
}

/** Classes of words in the report, and pairs of classes in one sentence: 家族 beside 知っている says more than either. */
function nameWords(reading: Reading, named: Map<string, number>): void {
  const bySentence = new Map<Sentence, Set<number>>();
  for (const { start, of } of wordsIn(reading.text)) {
    const sentence = sentenceAt(reading, start);
    let classes = bySentence.get(sentence);
    if (classes === undefined) {
      classes = new Set();
      bySentence.set(sentence, classes);
    }
    classes.add(of);
    named.set(`word:${of}`, WORD);
  }
  for (const classes of bySentence.values()) {
    const sorted = [...classes].sort((a, b) => a - b);
    for (let a = 0; a < sorted.length; a += 1)
      for (let b = a + 1; b < sorted.length; b += 1) named.set(`pair:${sorted[a]}:${sorted[b]}`, PAIR);
  }
}

function opinionOf(reading: Reading, facts: ReportFacts): RuleOpinion {
  const found = findDanger(reading, facts);
  const scored = scoreAll(reading, facts, found.hits);
  return { scored, danger: found.danger, assessment: assess(reading, scored, found.danger).assessment };
}

/** The highest of the rising `bounds` that `value` reaches, else 0. */
const step = (value: number, bounds: readonly number[]): number =>
  bounds.findLast((bound) => value >= bound) ?? 0;

/** What is learned: a yes or no each. */
export const OUTPUTS = [
  ...CATEGORY_IDS,
  'harassment',
  'not-harassment',
  'needs-judgement',
  'imminent',
  'harm-done',
] as const;
export type Output = (typeof OUTPUTS)[number];
export const outputOf = (id: CategoryId | Exclude<Assessment, never> | Exclude<Danger, 'none'>): number =>
  OUTPUTS.indexOf(id);
