import { createHash } from 'node:crypto';

/** Numbers that depend on the seed only: the schedule of a run is the same as far as processes allow. */
export class Random {
  readonly #seed: string;
  #state: number;

  constructor(seed: string) {
    this.#seed = seed;
    this.#state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  }

  /** One of its own: what one part draws does not shift what another one draws. */
  fork(name: string): Random {
    return new Random(`${this.#seed}/${name}`);
  }

  /** From 0 to below 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** One of the names, as often as its weight says; undefined for what is left of 1. */
  weighted<Name extends string>(weights: Readonly<Partial<Record<Name, number>>>): Name | undefined {
    let left = this.next();
    for (const [name, weight] of Object.entries(weights) as [Name, number][]) {
      left -= weight;
      if (left < 0) return name;
    }
    return undefined;
  }
}
