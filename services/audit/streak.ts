/**
 * Failures in a row of something that other parts do anyway (sends, writes), without a probe of its own. A success
 * ends the row; one that nobody has added to for a while says nothing any more.
 */
export class Streak {
  readonly #bounds: StreakBounds;
  #since: number | null = null;
  #lastAt = 0;
  #count = 0;
  readonly #about = new Set<string>();

  constructor(bounds: StreakBounds) {
    this.#bounds = bounds;
  }

  /** @param about what failed; kept in memory only, to tell one bad recipient from a service that is away */
  failed(about: string, now: number): void {
    this.#since ??= now;
    this.#lastAt = now;
    this.#count += 1;
    if (this.#about.size < this.#bounds.subjects) this.#about.add(about);
  }

  succeeded(): void {
    this.#since = null;
    this.#count = 0;
    this.#about.clear();
  }

  /** For how long, once it is long enough to mean something; else undefined. */
  lasting(now: number): { readonly ms: number; readonly count: number } | undefined {
    const { lastsMs, times, subjects, freshMs } = this.#bounds;
    if (this.#since !== null && now - this.#lastAt > freshMs) this.succeeded();
    const ms = this.#since === null ? 0 : this.#lastAt - this.#since;
    const counts =
      this.#since !== null && ms >= lastsMs && this.#count >= times && this.#about.size >= subjects;
    return counts ? { ms, count: this.#count } : undefined;
  }
}

interface StreakBounds {
  readonly lastsMs: number;
  readonly times: number;
  /** How many different ones must have failed. */
  readonly subjects: number;
  /** After this long without another failure the row is forgotten. */
  readonly freshMs: number;
}
