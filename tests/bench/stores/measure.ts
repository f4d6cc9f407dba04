import type { City, Operation } from './operations.ts';

export interface Sizes<Value> {
  readonly small: Value;
  readonly large: Value;
}

/**
 * One operation on two cities by turns, each going first as often as the other, so that whatever else the machine does
 * meets both alike. What is measured is what the caller waits for.
 *
 * @param warmUp turns before those that count: caches and compilers are warm
 * @returns microseconds
 */
export async function measure(
  operation: Operation,
  { small, large }: Sizes<City>,
  { warmUp, turns }: { readonly warmUp: number; readonly turns: number },
): Promise<Sizes<number[]>> {
  const samples = { small: [] as number[], large: [] as number[] };
  for (let turn = 0; turn < warmUp + turns; turn += 1) {
    const order: ('small' | 'large')[] = turn % 2 === 0 ? ['small', 'large'] : ['large', 'small'];
    for (const size of order) {
      const perform = await operation.prepare(size === 'small' ? small : large, turn);
      const startedAt = performance.now();
      await perform();
      const took = 1_000 * (performance.now() - startedAt);
      if (turn >= warmUp) samples[size].push(took);
    }
  }
  return samples;
}
