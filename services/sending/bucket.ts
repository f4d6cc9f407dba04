import type { Limit } from './limits.ts';

/** Halved at most so often: the answers to requests that went together are one complaint. */
const SHRINK_EVERY_MS = 1_000;
const LEAST_SHARE = 1 / 32;
/** From nothing to everything again, little by little. */
const RECOVERY_MS = 40_000;
/** What an hour allows is no rate: it is used up or it is not. */
const RATE_WINDOW_MS = 60_000;
/** However long the service asks to be left alone, it is asked again after this. */
export const LONGEST_PAUSE_MS = 60_000;

/**
 * A token bucket that keeps several limits at once. A token comes back exactly one window after it was taken, so that
 * no window of that length, wherever it begins, sees more than its limit (a bucket that fills evenly would let nearly
 * twice as many through in the window after a pause). Times are milliseconds; whoever calls says what time it is.
 */
export class Bucket {
  readonly #limits: readonly Limit[];
  readonly #kept: number;
  /** When tokens were taken, oldest first; as many as the largest limit counts. */
  #taken: number[] = [];
  /** How much of the limits may be used, 0 to 1, as of `#shrunkAt`. */
  #share = 1;
  #shrunkAt = Number.NEGATIVE_INFINITY;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor(limits: readonly Limit[]) {
    this.#limits = limits;
    this.#kept = Math.max(...limits.map(({ count }) => count));
  }

  /** The earliest time, from `now` on, at which a token can be had. */
  nextAt(now: number): number {
    this.#followClock(now);
    const share = this.#shareAt(now);
    let at = Math.max(now, this.#pausedUntil);
    for (const limit of this.#limits) {
      const last = this.#taken[this.#taken.length - allowed(limit, share)];
      if (last !== undefined) at = Math.max(at, last + limit.windowMs);
    }
    return at;
  }

  /** Only at a time that `nextAt` allows. */
  take(now: number): void {
    this.#taken.push(now);
    if (this.#taken.length > this.#kept) this.#taken.shift();
  }

  /** The service found it too much: half of it from now on, nothing before `retryAfterMs`, and slowly more again. */
  shrink(now: number, retryAfterMs = 0): void {
    const pause = Math.min(LONGEST_PAUSE_MS, retryAfterMs);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + pause);
    if (now - this.#shrunkAt < SHRINK_EVERY_MS) return;
    this.#share = Math.max(LEAST_SHARE, this.#shareAt(now) / 2);
    this.#shrunkAt = now;
  }

  /** Requests a millisecond that can go on for minutes. */
  rate(now: number): number {
    const share = this.#shareAt(now);
    const short = this.#limits.filter(({ windowMs }) => windowMs <= RATE_WINDOW_MS);
    return Math.min(...short.map((limit) => allowed(limit, share) / limit.windowMs));
  }

  /** Nothing is remembered that a new bucket would not know. */
  isFresh(now: number): boolean {
    const longest = Math.max(...this.#limits.map(({ windowMs }) => windowMs));
    const last = this.#taken.at(-1) ?? Number.NEGATIVE_INFINITY;
    return last + longest <= now && this.#pausedUntil <= now && this.#shareAt(now) === 1;
  }

  #shareAt(now: number): number {
    if (this.#share === 1) return 1;
    return Math.min(1, this.#share + Math.max(0, now - this.#shrunkAt) / RECOVERY_MS);
  }

  /** A clock that was turned back must not hold messages until it is there again. */
  #followClock(now: number): void {
    const ahead = (this.#taken.at(-1) ?? now) - now;
    if (ahead > 0) this.#taken = this.#taken.map((at) => at - ahead);
    this.#pausedUntil = Math.min(this.#pausedUntil, now + LONGEST_PAUSE_MS);
    this.#shrunkAt = Math.min(this.#shrunkAt, now);
  }
}

const allowed = ({ count }: Limit, share: number): number => Math.max(1, Math.floor(count * share));
