import type { ContainerDefinition, ContainerRequest, IndexingPolicy } from '@azure/cosmos';

const PARTITION_KEY = '/pk';

const COMPOSITES = [
  [
    ['/kind', 'ascending'],
    ['/sortAt', 'descending'],
    ['/pk', 'ascending'],
  ],
  [
    ['/dueAt', 'ascending'],
    ['/kind', 'ascending'],
    ['/pk', 'ascending'],
  ],
] as const;

const INDEXED = ['/kind/?', '/dueAt/?', '/sortAt/?', '/pk/?', '/terms/[]/?'];

/** Only what a query asks for. The partition key is not indexed by itself. */
const INDEXING: IndexingPolicy = {
  indexingMode: 'consistent',
  automatic: true,
  includedPaths: INDEXED.map((path) => ({ path })),
  excludedPaths: [{ path: '/*' }],
  compositeIndexes: COMPOSITES.map((index) => index.map(([path, order]) => ({ path, order }))),
};

/** What `npm run store:provision` makes on an emulator, and what has to be made in an account before the start. */
export const containerDefinition = (id: string): ContainerRequest => ({
  id,
  partitionKey: { paths: [PARTITION_KEY] },
  indexingPolicy: INDEXING,
});

/** What is wrong with a container that is there, as sentences for the operator. */
export function containerProblems(found: ContainerDefinition): string[] {
  const problems: string[] = [];
  const paths = found.partitionKey?.paths ?? [];
  if (paths.length !== 1 || paths[0] !== PARTITION_KEY) {
    problems.push(
      `its partition key is ${paths.join(', ') || 'none'} and must be ${PARTITION_KEY} (it cannot be changed: make another container)`,
    );
  }
  if ((found.defaultTtl ?? -1) > 0) {
    problems.push(`it deletes items after ${found.defaultTtl} seconds: turn its time to live off`);
  }
  const { includedPaths = [], compositeIndexes = [] } = found.indexingPolicy ?? {};
  const included = new Set(includedPaths.map(({ path }) => path?.replaceAll('"', '')));
  const missing = INDEXED.filter((path) => !included.has(path) && !included.has('/*'));
  if (missing.length > 0) problems.push(`it does not index ${missing.join(', ')}`);
  const composites = new Set(
    compositeIndexes.map((index) => textOf(index.map(({ path, order }) => [path, order]))),
  );
  for (const index of COMPOSITES) {
    if (!composites.has(textOf(index))) problems.push(`it has no composite index (${textOf(index)})`);
  }
  return problems;
}

const textOf = (index: readonly (readonly [string, string?])[]): string =>
  index.map(([path, order = 'ascending']) => `${path.replaceAll('"', '')} ${order.toLowerCase()}`).join(', ');
