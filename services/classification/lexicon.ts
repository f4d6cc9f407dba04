import type { Cue, CueList } from './cue.ts';
import { abuseOfAuthority } from './cues/abuse-of-authority.ts';
import { harmDone, imminent } from './cues/danger.ts';
import { doubt, legitimate } from './cues/doubt.ts';
import { excessiveDemand } from './cues/excessive-demand.ts';
import { nitpicking } from './cues/nitpicking.ts';
import { other } from './cues/other.ts';
import { repeatedContact } from './cues/repeated-contact.ts';
import { sexualHarassment } from './cues/sexual-harassment.ts';
import { socialMedia } from './cues/social-media.ts';
import { threat } from './cues/threat.ts';
import { timeRestraint } from './cues/time-restraint.ts';
import { verbalAbuse } from './cues/verbal-abuse.ts';

/** All categories, in the order of the policy (P7–P16). */
export const LEXICON: readonly CueList[] = [
  timeRestraint,
  repeatedContact,
  verbalAbuse,
  nitpicking,
  threat,
  abuseOfAuthority,
  socialMedia,
  excessiveDemand,
  sexualHarassment,
  other,
];

/** Every cue of the product: of the categories, of danger, of doubt and of a legitimate contact. */
export const CUES: readonly Cue[] = [
  ...LEXICON.flatMap((list) => list.cues),
  ...harmDone,
  ...imminent,
  ...doubt,
  ...legitimate,
];
