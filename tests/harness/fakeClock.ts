import type { Clock } from '../../services/clock.ts';

/** Time that moves only when a test says so. */
export class FakeClock implements Clock {
  #now: number;

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  /** Only backwards is refused: a test that turns time back has a mistake. */
  set(now: number): void {
    if (now < this.#now) throw new Error('time does not run backwards');
    this.#now = now;
  }

  after(): () => void {
    throw new Error('the engine is driven by the test, not by timers');
  }
}
