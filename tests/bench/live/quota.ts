/** At most `count` requests in any `windowMs`. */
interface Limit {
  readonly count: number;
  readonly windowMs: number;
}

/** As documented by Teams, for one bot: written here once more, so that what the product keeps is not its own measure. */
const TENANT: readonly Limit[] = [{ count: 50, windowMs: 1_000 }];
const THREAD: readonly Limit[] = [
  { count: 7, windowMs: 1_000 },
  { count: 8, windowMs: 2_000 },
  { count: 60, windowMs: 30_000 },
];

/** What the messenger takes from one bot. Whatever it refuses does not count. */
export class Quota {
  refused = 0;
  readonly #tenant: number[] = [];
  readonly #threads = new Map<string, number[]>();

  exceeds(thread: string, now: number): boolean {
    const taken = this.#threads.get(thread) ?? [];
    this.#threads.set(thread, taken);
    if (isFull(this.#tenant, TENANT, now) || isFull(taken, THREAD, now)) {
      this.refused += 1;
      return true;
    }
    this.#tenant.push(now);
    taken.push(now);
    return false;
  }
}

const isFull = (taken: readonly number[], limits: readonly Limit[], now: number): boolean =>
  limits.some(({ count, windowMs }) => {
    const last = taken[taken.length - count];
    return last !== undefined && now - last < windowMs;
  });
