import type { Clock } from '../../services/clock.ts';

interface Waiting {
  readonly at: number;
  readonly task: () => void;
}

/** Time that moves only when a test says so. */
export class FakeClock implements Clock {
  #now: number;
  readonly #waiting = new Set<Waiting>();

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  /** Only backwards is refused: a test that turns time back has a mistake. What waits for a time on the way is run. */
  set(now: number): void {
    if (now < this.#now) throw new Error('time does not run backwards');
    this.#now = now;
    for (const waiting of [...this.#waiting].sort((a, b) => a.at - b.at)) {
      if (waiting.at > now || !this.#waiting.delete(waiting)) continue;
      waiting.task();
    }
  }

  /** When the next one who waits is to be woken. */
  next(): number | undefined {
    const times = [...this.#waiting].map(({ at }) => at);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** For waits within one answer; the engine is driven by the test, which never starts it. */
  after(ms: number, task: () => void): () => void {
    const waiting = { at: this.#now + ms, task };
    this.#waiting.add(waiting);
    return () => void this.#waiting.delete(waiting);
  }
}

/** The clock of one instance, which goes wrong by so much. */
export const offBy = (clock: Clock, ms: number): Clock =>
  ms === 0 ? clock : { now: () => clock.now() + ms, after: (wait, task) => clock.after(wait, task) };
