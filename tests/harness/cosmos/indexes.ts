import type { IndexingPolicy } from '@azure/cosmos';

interface Sorted {
  readonly path: string;
  readonly order: string;
}

/**
 * Whether values at a path (`/kind`, `/terms/[]` for the elements of an array) are in the range index. Of the patterns
 * that match, the most precise one decides: the deeper one, and `/?` before `/*`.
 */
export function isIndexed(path: string, { includedPaths = [], excludedPaths = [] }: IndexingPolicy): boolean {
  const precision = (patterns: readonly { readonly path?: string }[]) =>
    Math.max(-1, ...patterns.map((pattern) => precisionOf(pattern.path ?? '', path)));
  return precision(includedPaths) > precision(excludedPaths);
}

/** -1 when the pattern does not match. */
function precisionOf(pattern: string, path: string): number {
  const plain = pattern.replaceAll('"', '');
  const depth = 2 * plain.split('/').length;
  if (plain.endsWith('/?')) return plain.slice(0, -2) === path ? depth + 1 : -1;
  if (plain.endsWith('/*')) return `${path}/`.startsWith(plain.slice(0, -1)) ? depth : -1;
  return -1;
}

/**
 * The index that has documents in this order: the range index for one property, in either direction; for several a
 * composite index of exactly these in this sequence, with these directions or with all of them turned round.
 */
export function orderIndex(order: readonly Sorted[], policy: IndexingPolicy): string | undefined {
  const [first, ...rest] = order;
  if (first === undefined) return undefined;
  if (rest.length === 0) return isIndexed(first.path, policy) ? `range index ${first.path}` : undefined;
  const composites = (policy.compositeIndexes ?? []).map((index) =>
    index.map(({ path, order: direction = 'ascending' }) => ({
      path: path.replaceAll('"', ''),
      order: direction.toLowerCase(),
    })),
  );
  const wanted = [textOf(order), textOf(order.map(turned))];
  const found = composites.find((index) => wanted.includes(textOf(index)));
  return found === undefined ? undefined : `composite index (${textOf(found)})`;
}

const textOf = (order: readonly Sorted[]): string =>
  order.map(({ path, order: direction }) => (direction === 'descending' ? `${path} DESC` : path)).join(', ');

const turned = ({ path, order }: Sorted): Sorted => ({
  path,
  order: order === 'descending' ? 'ascending' : 'descending',
});
