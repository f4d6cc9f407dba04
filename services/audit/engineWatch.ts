import type { Clock } from '../clock.ts';
import type { Attempt, EngineObserver, SkipReason } from '../engine/observer.ts';
import { type Key, keyText } from '../store/store.ts';
import { BOUNDS } from './bounds.ts';

interface UnderWay {
  readonly since: number;
  readonly key: string;
  readonly effect: string;
}

/** What this instance is doing, as far as the audit has to know: attempts under way, and documents left alone. */
export class EngineWatch implements Partial<EngineObserver> {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #attempts = new Map<string, UnderWay>();
  readonly #skipped = new Map<string, SkipReason>();
  #lastEndAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  attemptBegan = ({ key, effect }: Attempt): void => {
    this.#attempts.set(nameOf(key, effect), {
      since: this.#clock.now(),
      key: keyText(key),
      effect: effect.kind,
    });
  };

  attemptEnded = ({ key, effect }: Attempt): void => {
    this.#attempts.delete(nameOf(key, effect));
    this.#lastEndAt = this.#clock.now();
  };

  documentServed = (key: Key): void => void this.#skipped.delete(keyText(key));

  documentSkipped = (key: Key, reason: SkipReason): void => void this.#skipped.set(keyText(key), reason);

  /** Documents that the engine has left alone since the start, by key. */
  get skipped(): ReadonlyMap<string, SkipReason> {
    return this.#skipped;
  }

  get underWay(): number {
    return this.#attempts.size;
  }

  /** Attempts that have outlived their claim. */
  overClaim(): readonly UnderWay[] {
    const now = this.#clock.now();
    for (const [name, { since }] of this.#attempts)
      if (now - since > BOUNDS.forgottenMs) this.#attempts.delete(name);
    return [...this.#attempts.values()].filter(({ since }) => now - since > BOUNDS.attemptMs);
  }

  /** Whether anything has ended since this moment: then one attempt hangs, and not the way out. */
  hasEndedSince(moment: number): boolean {
    return this.#lastEndAt >= moment;
  }
}

const nameOf = (key: Key, { claim, key: effect }: Attempt['effect']): string =>
  `${keyText(key)} ${effect} ${claim}`;
