import type { Random } from '../random.ts';

/** What may become of one request to the messenger. `-after`: the message has arrived, the answer is lost or wrong. */
export type SinkFault =
  | 'throttled'
  | 'unavailable'
  | 'unavailable-after'
  | 'reset'
  | 'reset-after'
  | 'hangs'
  | 'hangs-after'
  | 'slow'
  /** An update of a message that somebody has deleted. */
  | 'gone';

const WEIGHTS: Partial<Record<SinkFault, number>> = {
  throttled: 0.003,
  unavailable: 0.01,
  'unavailable-after': 0.015,
  reset: 0.01,
  'reset-after': 0.015,
  hangs: 0.003,
  'hangs-after': 0.004,
  slow: 0.03,
  gone: 0.003,
};
const STORM = { everyMs: 30_000, lastsMs: 2_000, share: 0.7 };

/**
 * Draws a fault a request; in a storm most are throttled. Nothing any more once the run calms down. Between storms
 * throttling is rare, as it is where its limits are kept: the product takes it for a reason to slow down.
 */
export class SinkWeather {
  readonly counts = new Map<SinkFault, number>();
  isCalm = true;
  readonly #random: Random;
  #startedAt = Date.now();

  constructor(random: Random) {
    this.#random = random;
  }

  begin(): void {
    this.#startedAt = Date.now();
    this.isCalm = false;
  }

  next(isUpdate: boolean): SinkFault | undefined {
    if (this.isCalm) return undefined;
    const fault = this.#draw();
    if (fault === undefined || (fault === 'gone' && !isUpdate)) return undefined;
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
    return fault;
  }

  #draw(): SinkFault | undefined {
    const isStorm = (Date.now() - this.#startedAt) % STORM.everyMs > STORM.everyMs - STORM.lastsMs;
    if (isStorm && this.#random.chance(STORM.share)) return 'throttled';
    return this.#random.weighted(WEIGHTS);
  }

  slowMs(): number {
    return this.#random.between(200, 1_500);
  }

  retryAfterSeconds(): number {
    return this.#random.pick([1, 1, 2, 3]);
  }
}
