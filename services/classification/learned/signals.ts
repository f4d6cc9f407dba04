import { assess } from '../assessment.ts';
import { ASSESSMENTS, type Assessment, CATEGORY_IDS, type Danger } from '../classifier.ts';
import { type Occurrence, occurrencesOf } from '../context.ts';
import { findDanger } from '../danger.ts';
import { CUES } from '../lexicon.ts';
import { isNegated } from '../negation.ts';
import { countsIn, durationsIn } from '../quantities.ts';
import { quotedIn, type Reading, type Span } from '../reading.ts';
import { type Scored, scoreAll, THRESHOLD } from '../scoring.ts';
import { CLASS_NAMES, wordsIn } from '../thesaurus/wordClasses.ts';

/** What the lexicon and the rules find in a report: named numbers for the learned part, and the places for quotations. */
export interface Signals {
  /** The text for n-grams: what is denied is blanked, place for place. */
  readonly affirmed: string;
  readonly named: ReadonlyMap<string, number>;
  readonly occurrences: readonly Occurrence[];
  readonly rules: RuleOpinion;
  /** A few words, none of which anything is known of: nothing can be read from them. */
  readonly isBare: boolean;
}

/** What the rules alone would say. */
interface RuleOpinion {
  readonly scored: readonly Scored[];
  readonly danger: Danger;
  readonly assessment: Assessment;
}

/** A cue that is there counts one; a rule's opinion is weighed heavier, as it joins many cues. */
const CUE = 1;
const RULE = 2;
const WORD = 0.7;
const PLACED = 0.5;

export function signalsOf(reading: Reading): Signals {
  const named = new Map<string, number>();
  const occurrences = CUES.flatMap((cue) => occurrencesOf(cue, reading));
  for (const { cue, stance } of occurrences) named.set(`cue:${stance}:${cue}`, CUE);
  const denied: Span[] = occurrences.filter(({ stance }) => stance === 'negated');
  denied.push(...nameWords(reading, named));
  const longest = Math.max(0, ...durationsIn(reading.text).map(({ minutes }) => minutes));
  if (longest > 0) named.set(`minutes:${step(longest, [20, 40, 60])}`, CUE);
  const most = Math.max(0, ...countsIn(reading.text).map(({ times }) => times));
  if (most > 0) named.set(`times:${step(most, [3, 5, 10])}`, CUE);
  const rules = opinionOf(reading);
  const likely = rules.scored.filter(({ score }) => score >= THRESHOLD);
  for (const { id, score } of rules.scored) if (score > 0) named.set(`rule:${id}`, RULE * score);
  for (const { id } of likely) named.set(`rule-says:${id}`, CUE);
  named.set(`rule-says:${Math.min(3, likely.length)}`, CUE);
  named.set(`rule-danger:${rules.danger}`, RULE);
  named.set(`rule-assessment:${rules.assessment}`, RULE);
  const isBare = reading.text.length <= SHORT && occurrences.length === 0 && !hasWords(named);
  return { affirmed: blanked(reading.text, denied), named, occurrences, rules, isBare };
}

const SHORT = 20;
const hasWords = (named: ReadonlyMap<string, number>): boolean =>
  [...named.keys()].some((name) => name.startsWith('word:') || name.startsWith('not:'));

/** Classes of words, apart for what is denied, what somebody is quoted with and what the report says itself. */
function nameWords(reading: Reading, named: Map<string, number>): Span[] {
  const { text } = reading;
  const quoted = quotedIn(text);
  const denied: Span[] = [];
  for (const { start, end, of } of wordsIn(text)) {
    if (
      DENIABLE.has(of) &&
      isNegated(text.slice(Math.max(0, start - 20), start), text.slice(end, end + 40))
    ) {
      denied.push({ start, end });
      named.set(`not:${of}`, WORD);
      continue;
    }
    named.set(`word:${of}`, WORD);
    named.set(`${quoted[start] ? 'said' : 'told'}:${of}`, PLACED);
  }
  return denied;
}

/** Acts and things, not manners of speaking: 「分からない」 is a doubt, not the denial of one. */
const DENIABLE: ReadonlySet<number> = new Set(
  [
    'insult',
    'slur',
    'shout',
    'angry',
    'rough',
    'bang',
    'kill',
    'beat',
    'grab',
    'throw',
    'injury',
    'break',
    'weapon',
  ]
    .concat(['fire', 'shutin', 'suicide', 'gang', 'expose', 'slander', 'sexual', 'follow', 'filming', 'hold'])
    .map((name) => CLASS_NAMES.indexOf(name)),
);

/** A unit that is part of no n-gram of ordinary text. */
const BLANK = '\u0001';

function blanked(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  const units = text.split('');
  for (const { start, end } of spans) units.fill(BLANK, start, end);
  return units.join('');
}

/** Of the words alone: what the boxes of a form say is weighed later, where it can be seen (`facts.ts`). */
function opinionOf(reading: Reading): RuleOpinion {
  const found = findDanger(reading, {});
  const scored = scoreAll(reading, {}, found.hits);
  return { scored, danger: found.danger, assessment: assess(reading, scored, found.danger).assessment };
}

/** The highest of the rising `bounds` that `value` reaches, else 0. */
const step = (value: number, bounds: readonly number[]): number =>
  bounds.findLast((bound) => value >= bound) ?? 0;

/**
 * What is learned: a yes or no each, in the order of the weights. Whether there is any danger is easier to see than which
 * of the two kinds.
 */
export const OUTPUTS = [...CATEGORY_IDS, ...ASSESSMENTS, 'imminent', 'harm-done', 'danger'] as const;
export type Output = (typeof OUTPUTS)[number];
export const outputOf = (id: Output): number => OUTPUTS.indexOf(id);
