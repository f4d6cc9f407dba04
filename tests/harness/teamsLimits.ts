import type { SendOutcome } from '../../services/channel.ts';
import { type Limit, THREAD_LIMITS } from '../../services/sending/limits.ts';

/** What Teams does about too many requests: 429, with the time at which one more would be taken. */
export class TeamsLimits {
  readonly #tenant: readonly Limit[];
  readonly #taken = new Map<string, number[]>();
  taken = 0;
  refused = 0;

  /** @param perSecond of the whole tenant */
  constructor(perSecond = 50) {
    this.#tenant = [{ count: perSecond, windowMs: 1_000 }];
  }

  refusal(thread: string, now: number): SendOutcome | undefined {
    const freeAt = Math.max(this.#freeAt('', this.#tenant, now), this.#freeAt(thread, THREAD_LIMITS, now));
    if (freeAt > now) {
      this.refused += 1;
      // In whole seconds, as the header says it.
      const retryAfterMs = Math.ceil((freeAt - now) / 1_000) * 1_000;
      return { kind: 'retry', reason: 'HTTP 429', retryAfterMs, why: 'throttled' };
    }
    this.taken += 1;
    for (const name of ['', thread]) this.#taken.set(name, [...(this.#taken.get(name) ?? []), now]);
    return undefined;
  }

  #freeAt(name: string, limits: readonly Limit[], now: number): number {
    const taken = this.#taken.get(name) ?? [];
    return Math.max(
      now,
      ...limits.map(({ count, windowMs }) => (taken.at(-count) ?? now - windowMs) + windowMs),
    );
  }
}
