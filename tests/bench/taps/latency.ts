import { says } from '../live/city.ts';
import type { Sink } from '../live/sink.ts';
import { type Bot, CALL, type Caller, isPage, type Pair } from './pair.ts';

/** Milliseconds from the post of a tap, one sample a tap. */
export interface Latency {
  /** Both pages are there. */
  readonly arrived: number[];
  /** Both pages have been taken: the sink has answered. */
  readonly taken: number[];
}

const BOUND_MS = 20_000;

/**
 * One tap at a time, the two bots by turns, each going first as often as the other; the next one when everything that
 * follows from the last at once has ended. What else the machine does meets both.
 */
export async function latency(
  { bots, next }: Pair,
  sink: Sink,
  turns: number,
): Promise<Record<Bot, Latency>> {
  const samples = { product: empty(), bare: empty() };
  for (let turn = 0; turn < turns; turn += 1) {
    const order: Bot[] = turn % 2 === 0 ? ['product', 'bare'] : ['bare', 'product'];
    for (const bot of order) {
      const caller = next(bot);
      await sink.quiet();
      const pages = bothPages(sink, caller);
      const startedAt = performance.now();
      const answered = bots[bot].post(says(caller.person, CALL, sink.serviceUrl));
      const { arrivedAt, takenAt } = await pages;
      await answered;
      samples[bot].arrived.push(arrivedAt - startedAt);
      samples[bot].taken.push(takenAt - startedAt);
    }
  }
  return samples;
}

const empty = (): Latency => ({ arrived: [], taken: [] });

function bothPages(sink: Sink, caller: Caller): Promise<{ arrivedAt: number; takenAt: number }> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no two pages for a call')), BOUND_MS);
    let pages = 0;
    let arrivedAt = 0;
    sink.onTaken = (taken) => {
      if (!isPage(taken, caller)) return;
      pages += 1;
      arrivedAt = Math.max(arrivedAt, taken.arrivedAt);
      if (pages !== 2) return;
      clearTimeout(late);
      resolve({ arrivedAt, takenAt: taken.takenAt });
    };
  });
}
