import { PRIORITIES, type Priority } from '../channel.ts';

/** The longest that anything is sent away for: what is before it may have gone by then, or be owed no more. */
const LONGEST_MS: Readonly<Record<Priority, number>> = {
  page: 5_000,
  answer: 1_000,
  again: 10_000,
  news: 20_000,
  card: 30_000,
};
const SHORTEST_MS = 250;

/**
 * When those who are sent away come back: one after another, at the rate at which they can go, the more urgent before
 * the others. If they all came back at once, all but a few would be claimed and written back for nothing.
 */
export class Turns {
  readonly #last = new Map<Priority, number>();

  /**
   * @param from the earliest time that makes sense (ms)
   * @param rate requests a millisecond
   * @returns milliseconds from `now`
   */
  after(now: number, { priority, from, rate }: { priority: Priority; from: number; rate: number }): number {
    let last = Math.max(from, now + SHORTEST_MS);
    for (const known of PRIORITIES) {
      last = Math.max(last, this.#last.get(known) ?? last);
      if (known === priority) break;
    }
    // A clock that was turned back, or a backlog that is owed no more, must not be carried along.
    const turn = Math.min(last + 1 / rate, now + LONGEST_MS[priority]);
    this.#last.set(priority, turn);
    return Math.max(SHORTEST_MS, Math.ceil(turn - now));
  }
}
