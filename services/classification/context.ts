import type { Cue } from './cue.ts';
import { isNegated } from './negation.ts';
import { type Reading, type Span, sentenceAt } from './reading.ts';

/** One occurrence of a cue that stands after its surroundings were read. */
export interface Hit extends Span {
  readonly cue: string;
  readonly weight: number;
  /** Told by somebody else, or only perhaps: a person decides (domain: Hard cases). */
  readonly unsure: boolean;
}

/** Staff as the one who does it, right before an active verb: 「私が大声で呼んだ」. */
const STAFF_DOES =
  /(?:私|わたし|僕|自分|こちら|当方|職員|係長|課長|主任|主査|部長|先輩|後輩|同僚|上司|新人|警備員?|守衛|担当者?|私たち|我々)(?:の方)?(?:が|は|も)(?:[^。、\n「」]{0,10})$/;
const PASSIVE = /^[^。、\n」]{0,3}?(?:れ|られ)/;

/** How an occurrence stands in its sentence. */
type Stance = 'said' | 'unsure' | 'negated' | 'by-staff' | 'elsewhere';

/** An occurrence with its stance, whatever it is: what the learned part weighs. */
export interface Occurrence extends Span {
  readonly cue: string;
  readonly weight: number;
  readonly stance: Stance;
}

/** Whether a cue stands anywhere in the text. */
export const occurs = (cue: Cue, reading: Reading): boolean => hitsOf(cue, reading).length > 0;

/** All occurrences that stand after negation, fiction and who did it were looked at. */
export function hitsOf(cue: Cue, reading: Reading): Hit[] {
  const hits: Hit[] = [];
  for (const { stance, ...rest } of occurrencesOf(cue, reading)) {
    if (stance === 'said' || stance === 'unsure') hits.push({ ...rest, unsure: stance === 'unsure' });
  }
  return hits;
}

/** All occurrences, each with its stance. A cue is looked for once a report, whoever asks for it. */
export function occurrencesOf(cue: Cue, reading: Reading): readonly Occurrence[] {
  let found = reading.searched.get(cue);
  if (found === undefined) {
    found = search(cue, reading);
    reading.searched.set(cue, found);
  }
  return found;
}

function search(cue: Cue, reading: Reading): Occurrence[] {
  const found: Occurrence[] = [];
  cue.pattern.lastIndex = 0;
  for (let match = cue.pattern.exec(reading.text); match; match = cue.pattern.exec(reading.text)) {
    const start = match.index;
    const end = start + match[0].length;
    if (end === start) {
      cue.pattern.lastIndex += 1;
      continue;
    }
    found.push({ cue: cue.id, weight: cue.weight, start, end, stance: stanceOf(cue, reading, start, end) });
    if (found.length >= MOST_PER_CUE) break;
  }
  return found;
}

const MOST_PER_CUE = 20;

/** How far around a cue its sentence is read: a text without any punctuation stays cheap. */
const REACH = 200;

function stanceOf(cue: Cue, reading: Reading, start: number, end: number): Stance {
  const sentence = sentenceAt(reading, start);
  const from = Math.max(sentence.start, start - REACH);
  const to = Math.max(end, Math.min(sentence.end, end + REACH));
  if (cue.unless?.test(reading.text.slice(from, to))) return 'elsewhere';
  const before = reading.text.slice(Math.max(from, start - 20), start);
  const after = reading.text.slice(end, Math.min(to, end + 40));
  if (!cue.saysNo && isNegated(before, after)) return 'negated';
  if (cue.byVisitor && isByStaff(before, reading.text.slice(start, end), after)) return 'by-staff';
  return sentence.unsure ? 'unsure' : 'said';
}

const isByStaff = (before: string, words: string, after: string): boolean =>
  STAFF_DOES.test(before) &&
  !PASSIVE.test(words.slice(-1) + after.slice(0, 4)) &&
  !/られ|れた|れて/.test(words);
