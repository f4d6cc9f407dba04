/** What may become of a request on its way through the front. `-after`: the server has done what was asked. */
export const FAULTS = [
  'throttled',
  'retry-with',
  'unavailable',
  'empty-503',
  'proxy-page',
  'timed-out',
  'timed-out-after',
  'unavailable-after',
  'reset',
  'reset-after',
  'cut-off-after',
  'hangs',
  'silent-after',
  'slow',
] as const;

export type Fault = (typeof FAULTS)[number];

export interface Seen {
  /** From 1. */
  readonly count: number;
  readonly method: string;
  readonly path: string;
  readonly kind: 'create' | 'replace' | 'read' | 'query' | 'plan' | 'other';
  /** The physical partition that is asked, where the SDK asks one. */
  readonly partition?: string;
}

/** Decides what becomes of each request. */
export type Script = (seen: Seen) => Fault | undefined;

/**
 * Every `n`th request meets a fault, in an order that the seed draws: the same each time. Those that take a whole
 * attempt's time come less often. Query plans do not count: the local server has none, the SDK makes nothing of them.
 */
export function everyNth(n: number, seed: number): Script {
  const random = sequence(seed);
  let count = 0;
  return ({ kind }) => {
    if (kind === 'plan') return undefined;
    count += 1;
    if (count % n !== 0) return undefined;
    const fault = FAULTS[Math.floor(random() * FAULTS.length)];
    const takesLong = fault === 'hangs' || fault === 'silent-after';
    return takesLong && random() > 0.2 ? 'reset-after' : fault;
  };
}

/** Numbers from 0 to 1 that depend on the seed only (a linear congruential generator). */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
