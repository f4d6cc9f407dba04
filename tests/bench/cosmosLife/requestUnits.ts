/**
 * Request units by the figures that Microsoft has published ("Understand request unit consumption", Azure Cosmos DB): by
 * the size of the item in KB, for session consistency. An estimate: only an account charges.
 */
const BY_SIZE: readonly (readonly [kb: number, read: number, write: number])[] = [
  [1, 1, 4.95],
  [2, 1.04, 6.29],
  [4, 1.14, 6.67],
  [8, 1.33, 7.04],
  [16, 1.67, 9.52],
  [32, 2.19, 11.23],
  [64, 4.76, 22.67],
  [128, 9.95, 48.19],
];
/** Bounded staleness asks two replicas. */
const BOUNDED_STALENESS = 2;
/** "Replacing an item costs two times the charge required to insert the same item" (Optimize request cost). */
const REPLACED = 2;
/** Assumed: a query of one partition by its index, with the few items that a page holds. */
const QUERY = 3;

export const readUnits = (bytes: number): number => BOUNDED_STALENESS * between(bytes, 1);

export const createUnits = (bytes: number): number => between(bytes, 2);

/** @returns what the table says of a write, and that twice */
export const replaceUnits = (bytes: number): { least: number; most: number } => {
  const least = between(bytes, 2);
  return { least, most: REPLACED * least };
};

export const queryUnits = (): number => BOUNDED_STALENESS * QUERY;

/** On the straight line between the two sizes of the table around it. */
function between(bytes: number, column: 1 | 2): number {
  const kb = Math.max(1, bytes / 1_024);
  const above = BY_SIZE.findIndex(([size]) => size >= kb);
  const high = BY_SIZE[above] ?? BY_SIZE.at(-1);
  const low = BY_SIZE[above - 1] ?? high;
  if (high === undefined || low === undefined || high === low) return high?.[column] ?? 0;
  return low[column] + ((high[column] - low[column]) * (kb - low[0])) / (high[0] - low[0]);
}
