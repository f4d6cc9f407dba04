import { readFileSync } from 'node:fs';
import type { City, Operation } from './operations.ts';

/**
 * How often one call goes to the operating system for a page, because the store's own cache (2 MB, as the product
 * opens it) does not have it: a copy in memory when the system has the file there, else a read of the disk. Where the
 * system keeps no such count (other than Linux), nothing.
 *
 * @param from the first turn, so that writes do not meet those of other passes
 */
export async function pagesRead(
  operation: Operation,
  city: City,
  from: number,
  turns: number,
): Promise<number | undefined> {
  const ownCost = -readCalls() + readCalls();
  let pages = 0;
  for (let turn = from; turn < from + turns; turn += 1) {
    const perform = await operation.prepare(city, turn);
    const before = readCalls();
    await perform();
    pages += readCalls() - before - ownCost;
  }
  return Number.isNaN(pages) ? undefined : pages / turns;
}

/** Read calls of this process so far. */
function readCalls(): number {
  try {
    return Number(/^syscr: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
  } catch {
    return Number.NaN;
  }
}
