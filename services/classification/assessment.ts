import type { Assessment, Danger } from './classifier.ts';
import { occurs } from './context.ts';
import type { Cue } from './cue.ts';
import { doubt, legitimate } from './cues/doubt.ts';
import type { Reading } from './reading.ts';
import { CANDIDATE, type Scored, THRESHOLD } from './scoring.ts';

interface Assessed {
  readonly assessment: Assessment;
  /** What is suggested (or, for a person to judge, the candidates). Empty when it is none. */
  readonly labels: readonly Scored[];
}

/** So much speaks for a category that a calm manner does not take it away. */
const GRAVE = 0.8;

/**
 * Harassment, none, or for a person to judge (P2, P5: the demand and the manner are weighed; a match alone never
 * makes it harassment). Only a suggestion: people decide (promise 6).
 */
export function assess(reading: Reading, scored: readonly Scored[], danger: Danger): Assessed {
  const likely = scored.filter((one) => one.score >= THRESHOLD);
  const doubtful = strength(doubt, reading);
  const calm = strength(legitimate, reading);
  const best = Math.max(0, ...scored.map((one) => one.score));
  if (likely.length === 0) {
    const candidates = scored.filter((one) => one.score >= CANDIDATE);
    const unclear = danger !== 'none' || (doubtful >= 0.5 && candidates.length > 0 && calm < 0.7);
    return unclear
      ? { assessment: 'needs-judgement', labels: candidates }
      : { assessment: 'not-harassment', labels: [] };
  }
  if (danger === 'none' && calm > best && best < GRAVE) return { assessment: 'not-harassment', labels: [] };
  const told = likely.every((one) => one.unsure);
  const open = told || doubtful >= 0.5 + (best >= 0.9 ? 0.3 : 0);
  return { assessment: open ? 'needs-judgement' : 'harassment', labels: likely };
}

/** 0–1, noisy or over the cues that occur. */
function strength(cues: readonly Cue[], reading: Reading): number {
  let none = 1;
  for (const cue of cues) if (occurs(cue, reading)) none *= 1 - cue.weight;
  return 1 - none;
}
