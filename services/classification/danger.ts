import type { Danger, Evidence, ReportFacts } from './classifier.ts';
import { type Hit, hitsOf } from './context.ts';
import { harmDone, imminent } from './cues/danger.ts';
import { quotations } from './quotations.ts';
import { type Reading, readReport } from './reading.ts';

interface FoundDanger {
  readonly danger: Danger;
  /** Everything that was found, for the categories that violence and threats belong to as well. */
  readonly hits: readonly Hit[];
  readonly evidence: readonly Evidence[];
}

/** The safety flag beside the categories (R10, R11). Harm that is done counts before what may come. */
export function findDanger(reading: Reading, facts: ReportFacts): FoundDanger {
  const violent = harmDone.flatMap((cue) => hitsOf(cue, reading));
  const harm = violent.filter((hit) => !isNearly(reading, hit));
  const coming = [
    ...violent.filter((hit) => isNearly(reading, hit)),
    ...imminent.flatMap((cue) => hitsOf(cue, reading)),
  ];
  const hits = [...harm, ...coming];
  if (harm.length > 0) return { danger: 'harm-done', hits, evidence: quotations(reading, harm) };
  if (coming.length > 0) return { danger: 'imminent', hits, evidence: quotations(reading, coming) };
  return { danger: facts.dangerNow === true ? 'imminent' : 'none', hits, evidence: [] };
}

/** 「殴られそうになった」: it did not come to it. */
const isNearly = (reading: Reading, hit: Hit): boolean =>
  /^(?:れ|され|られ|り|し)?(?:そう(?:に|な|で|だ)|るかと|ようと|かけ(?:ら|た))/.test(
    reading.text.slice(hit.end, hit.end + 8),
  );

/** Whether a text describes danger, without any other classification. Never throws. */
export const dangerInText = (text: string): boolean => findDanger(readReport(text), {}).danger !== 'none';
