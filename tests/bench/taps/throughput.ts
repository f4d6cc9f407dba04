import { says } from '../live/city.ts';
import type { Sink } from '../live/sink.ts';
import { type Bot, CALL, type Pair } from './pair.ts';

/** One batch of taps. */
export interface Batch {
  /** Milliseconds of processor time a tap. */
  readonly cpuMs: number;
  readonly tapsPerSecond: number;
  /** Messages to the sink a tap, updates included. */
  readonly requests: number;
}

interface ThroughputOptions {
  readonly batches: number;
  readonly taps: number;
  /** How many people are served at the same time. */
  readonly atOnce: number;
}

/** As many taps as the bots can take, in batches by turns; a batch has ended when everything that follows has. */
export async function throughput(
  pair: Pair,
  sink: Sink,
  { batches, taps, atOnce }: ThroughputOptions,
): Promise<Record<Bot, Batch[]>> {
  const done: Record<Bot, Batch[]> = { product: [], bare: [] };
  for (let batch = 0; batch < batches; batch += 1) {
    const order: Bot[] = batch % 2 === 0 ? ['product', 'bare'] : ['bare', 'product'];
    for (const bot of order) {
      await sink.quiet(1_500);
      done[bot].push(await oneBatch(pair, bot, sink, taps, atOnce));
    }
  }
  return done;
}

async function oneBatch(
  { bots, next }: Pair,
  bot: Bot,
  sink: Sink,
  taps: number,
  atOnce: number,
): Promise<Batch> {
  let requests = 0;
  let lastPageAt = 0;
  sink.onTaken = ({ method, takenAt }) => {
    requests += 1;
    // What is shown anew a second later keeps nobody waiting.
    if (method === 'POST') lastPageAt = takenAt;
  };
  const cpuBefore = bots[bot].cpuMs();
  const startedAt = performance.now();
  let left = taps;
  const serve = async () => {
    while (left > 0) {
      left -= 1;
      await bots[bot].post(says(next(bot).person, CALL, sink.serviceUrl));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, serve));
  await sink.quiet(1_500);
  return {
    cpuMs: (bots[bot].cpuMs() - cpuBefore) / taps,
    tapsPerSecond: (1_000 * taps) / (lastPageAt - startedAt),
    requests: requests / taps,
  };
}
