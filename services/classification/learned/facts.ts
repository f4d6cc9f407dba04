import type { ReportFacts } from '../classifier.ts';
import { type Output, outputOf } from './signals.ts';

/** P7: more than one hour. */
const HOUR = 60;
/** R1: within half an hour nobody is held. */
const HALF_HOUR = 30;

/**
 * What the boxes of a form say beside the words, as shifts of the logits: enough to tip what is open, not to turn
 * what the words say plainly. They are set by hand, each for a clause: forms are too few to learn from.
 */
export function withFacts(probabilities: readonly number[], facts: ReportFacts): number[] {
  const shifts = shiftsOf(facts);
  if (shifts.length === 0) return [...probabilities];
  const logits = probabilities.map((p) => Math.log(Math.max(p, TINY) / Math.max(1 - p, TINY)));
  for (const [output, by] of shifts) logits[outputOf(output)] = (logits[outputOf(output)] ?? 0) + by;
  const shifted = logits.map((z) => 1 / (1 + Math.exp(-z)));
  if (isHeld(facts)) shifted[TIME] = Math.max(shifted[TIME] ?? 0, STATED);
  if (facts.repeated === true) shifted[AGAIN] = Math.max(shifted[AGAIN] ?? 0, STATED);
  return shifted;
}

const TINY = 1e-9;
const TIME = outputOf('time-restraint');
const AGAIN = outputOf('repeated-contact');
/** An hour on the clock (P7), or a box for 「前にも」 (P8), makes a candidate whatever the words are. */
const STATED = 0.55;

/** A long talk that the city caused, or that somebody with a disability needed, is no restraint (P7, domain). */
const isHeld = ({ minutes, cityFault, accommodation }: ReportFacts): boolean =>
  minutes !== undefined && minutes > HOUR && cityFault !== 'found' && accommodation !== true;

type Shift = readonly [Output, number];

function shiftsOf(facts: ReportFacts): Shift[] {
  const { minutes, repeated, cityFault, accommodation } = facts;
  const shifts: Shift[] = [];
  if (isHeld(facts)) shifts.push(['not-harassment', -2], ['needs-judgement', 1]);
  if (minutes !== undefined && minutes <= HALF_HOUR) shifts.push(['time-restraint', -2]);
  if (repeated === true)
    shifts.push(['repeated-contact', 2.5], ['not-harassment', -1.5], ['needs-judgement', 1]);
  if (repeated === false) shifts.push(['repeated-contact', -1.5]);
  if (cityFault === 'found') {
    shifts.push(['harassment', -2.5], ['not-harassment', 1], ['needs-judgement', 1.5], ['nitpicking', -0.7]);
    shifts.push(['excessive-demand', -0.7], ['time-restraint', -2.5]);
  }
  if (cityFault === 'checking') shifts.push(['harassment', -0.7], ['needs-judgement', 0.7]);
  if (cityFault === 'none') shifts.push(['harassment', 0.3]);
  if (accommodation === true) {
    shifts.push(
      ['harassment', -1.5],
      ['needs-judgement', 1],
      ['not-harassment', 0.5],
      ['time-restraint', -1.5],
    );
    shifts.push(['excessive-demand', -1]);
  }
  return shifts;
}
