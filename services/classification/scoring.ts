import { CATEGORY_IDS, type CategoryId, type ReportFacts } from './classifier.ts';
import { type Hit, hitsOf } from './context.ts';
import { LEXICON } from './lexicon.ts';
import { longStays, manyContacts } from './measured.ts';
import type { Reading } from './reading.ts';

/** Below this a category is not suggested. */
export const THRESHOLD = 0.5;
/** Below this it is not even a candidate for a person to look at. */
export const CANDIDATE = 0.4;

export interface Scored {
  readonly id: CategoryId;
  /** 0–1. */
  readonly score: number;
  readonly hits: readonly Hit[];
  /** All that speaks for it is second hand or perhaps. */
  readonly unsure: boolean;
}

/** Scores of all ten categories, in the policy's order. */
export function scoreAll(reading: Reading, facts: ReportFacts, dangers: readonly Hit[]): Scored[] {
  const all = CATEGORY_IDS.map((id) => {
    const list = LEXICON.find((one) => one.category === id);
    const hits = (list?.cues ?? []).flatMap((cue) => hitsOf(cue, reading));
    hits.push(...dangers.filter((hit) => DANGER_AS[id]?.includes(hit.cue)));
    if (id === 'time-restraint') hits.push(...longStays(reading));
    if (id === 'repeated-contact') hits.push(...manyContacts(reading));
    const stated = id === 'time-restraint' && (facts.minutes ?? 0) > 60 ? 0.6 : 0;
    return {
      id,
      score: combine(hits, stated),
      hits,
      unsure: hits.length > 0 && hits.every((hit) => hit.unsure),
    };
  });
  return all.map((one) => (one.id === 'abuse-of-authority' ? withManner(one, all) : one));
}

/** Threats to life or body are threats, violence and damage are added to the others (P6, P11). */
const DANGER_AS: Readonly<Partial<Record<CategoryId, readonly string[]>>> = {
  threat: ['danger.kill', 'danger.body', 'danger.veiled'],
  'sexual-harassment': ['harm.groped'],
  other: ['harm.struck', 'harm.grabbed', 'harm.thrown', 'harm.property', 'harm.fire'],
};

/** P12 names a position that is used for abuse: with abuse, a threat or a demand beside it, the position counts. */
function withManner(authority: Scored, all: readonly Scored[]): Scored {
  const abused = all.some(({ id, score }) => MANNERS.has(id) && score >= CANDIDATE);
  if (!authority.hits.some((hit) => !PRESSURE.has(hit.cue))) return { ...authority, score: 0, hits: [] };
  if (!abused) return authority;
  return { ...authority, score: Math.round((1 - (1 - authority.score) * 0.75) * 1000) / 1000 };
}

/** What is asked for, not who asks: nothing without a position. */
const PRESSURE: ReadonlySet<string> = new Set(['authority.privilege', 'authority.pressure']);
const MANNERS: ReadonlySet<CategoryId> = new Set([
  'verbal-abuse',
  'threat',
  'excessive-demand',
  'nitpicking',
]);

/** Noisy or over different cues: the same cue twice says hardly more than once. */
function combine(hits: readonly Hit[], stated: number): number {
  const best = new Map<string, number>();
  for (const { cue, weight } of hits) best.set(cue, Math.max(best.get(cue) ?? 0, weight));
  let none = 1 - stated;
  for (const weight of best.values()) none *= 1 - weight;
  return Math.round((1 - none) * 1000) / 1000;
}
