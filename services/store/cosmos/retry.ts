import { setTimeout as delay } from 'node:timers/promises';
import { StoreError, Undecodable } from '../store.ts';
import { type Failure, failureOf, Unanswered } from './failures.ts';

export interface Limits {
  /** After this long it is `unavailable`. */
  readonly deadlineMs: number;
  /** An attempt that takes longer counts as not answered. */
  readonly attemptMs: number;
}

/** Time and chance, so that tests can do without either. */
export interface Pace {
  /** Milliseconds that never jump. */
  now(): number;
  sleep(ms: number): Promise<unknown>;
  /** 0 to 1. */
  random(): number;
}

export const realPace: Pace = { now: () => performance.now(), sleep: (ms) => delay(ms), random: Math.random };

/**
 * Attempts until one is answered, all within one deadline. The SDK itself retries nothing here (`client.ts`): this is
 * the only place that does. `attempt` must be safe to repeat, and is told when to stop; it is not waited for longer.
 *
 * @throws StoreError `unavailable`, and whatever StoreError or Undecodable an attempt decides on
 */
export async function retrying<Result>(
  limits: Limits,
  pace: Pace,
  attempt: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const giveUpAt = pace.now() + limits.deadlineMs;
  for (let tries = 0; ; tries += 1) {
    try {
      const left = Math.max(1, giveUpAt - pace.now());
      return await atMost(Math.min(limits.attemptMs, left), attempt);
    } catch (error) {
      if (error instanceof StoreError || error instanceof Undecodable) throw error;
      const failure = failureOf(error);
      const wait = waitFor(failure, tries, pace.random());
      if (!failure.isTransient || pace.now() + wait >= giveUpAt) throw unavailable(failure);
      await pace.sleep(wait);
    }
  }
}

/**
 * How long to wait: what the service asks for and a little more, so that those it sent away together do not come back
 * together; without such a wish 25 ms, doubling up to a second, half of it by chance.
 */
export function waitFor(failure: Pick<Failure, 'retryAfterMs'>, tries: number, random: number): number {
  const own = Math.min(1_000, 25 * 2 ** Math.min(tries, 8)) * (0.5 + random / 2);
  return failure.retryAfterMs > 0 ? failure.retryAfterMs + Math.min(own, failure.retryAfterMs) : own;
}

/** The cause is left out: messages of the SDK quote requests and answers (promise 7). */
export const unavailable = ({ label }: Pick<Failure, 'label'>): StoreError =>
  new StoreError('unavailable', `Cosmos DB could not do it (${label}).`);

async function atMost<Result>(
  ms: number,
  attempt: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Unanswered('no answer in time'));
      stop.abort();
    }, ms);
  });
  try {
    return await Promise.race([attempt(stop.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
