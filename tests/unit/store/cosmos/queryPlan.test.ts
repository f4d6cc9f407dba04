import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IndexingPolicy } from '@azure/cosmos';
import { describe, expect, test } from '@jest/globals';
import { containerDefinition } from '../../../../services/store/cosmos/containerDefinition.ts';
import { planOf } from '../../../harness/cosmos/plan.ts';
import { EVERY_QUERY, makers } from './everyQuery.ts';

const policy = containerDefinition('x').indexingPolicy ?? {};
const plan = (name: string) => planOf(EVERY_QUERY[name]?.query ?? '', policy);

describe('by the documented rules of Cosmos DB every query is served by an index', () => {
  test('every query is looked at', () => {
    expect(makers().sort()).toEqual(Object.keys(EVERY_QUERY).sort());
  });

  test('and there are no others: reads go by id and partition key', () => {
    const folder = join(import.meta.dirname, '../../../../services/store/cosmos');
    const files = readdirSync(folder).map((file) => ({
      file,
      source: readFileSync(join(folder, file), 'utf8'),
    }));
    const having = (pattern: RegExp) =>
      files.flatMap(({ file, source }) => [...source.matchAll(pattern)].map(() => file));
    expect(new Set(having(/\bSELECT\b/g))).toEqual(new Set(['queries.ts']));
    expect(having(/\.(query|readAll|changeFeed|getChangeFeedIterator|queryChangeFeed)[<(]/g)).toEqual([
      'cosmosStore.ts',
    ]);
    expect(having(/\.item\(id, pk\)\.read\(/g)).toEqual(['cosmosStore.ts']);
  });

  test.each(Object.keys(EVERY_QUERY))('%s', (name) => {
    expect(plan(name).problems).toEqual([]);
  });

  test('due and nextDue: only what has a wake-up, in the order of the index', () => {
    expect(plan('dueQuery')).toMatchObject({
      steps: [
        '/dueAt >=: precise index scan',
        '/dueAt <=: precise index scan',
        'ORDER BY: composite index (/dueAt, /kind, /pk)',
      ],
      // Each filter has the range index, and no more documents have a wake-up than cases are open.
      doubts: [
        '/dueAt >= is not on the last property of that index: by the range index',
        '/dueAt <= is not on the last property of that index: by the range index',
      ],
    });
    expect(plan('nextDueQuery')).toMatchObject({
      steps: ['/dueAt >=: precise index scan', 'ORDER BY: range index /dueAt'],
      doubts: [],
    });
  });

  test('list: the term by seek, the order by the composite index', () => {
    expect(plan('listQuery')).toMatchObject({
      steps: [
        '/kind =: index seek',
        '/terms/[] contains: index seek',
        '/sortAt <=: precise index scan',
        '/sortAt >=: precise index scan',
        '/sortAt < OR /sortAt = AND /pk >: union',
        'ORDER BY: composite index (/kind, /sortAt DESC, /pk)',
      ],
      // What the documentation does not settle: whether a term that few documents carry is found by its seek and then
      // sorted, or met while the composite index is walked.
      doubts: [
        '/terms/[] is not in that index: which of both is walked is up to the service',
        '/sortAt <= is not on the last property of that index: by the range index',
        '/sortAt >= is not on the last property of that index: by the range index',
      ],
    });
  });

  test('all: keys in the order of the index, kind by kind', () => {
    expect(plan('nextKindQuery')).toMatchObject({
      steps: ['/kind >: precise index scan', 'ORDER BY: range index /kind'],
      doubts: [],
    });
    expect(plan('keysQuery')).toMatchObject({
      steps: ['/kind =: index seek', '/pk >=: precise index scan', 'ORDER BY: range index /pk'],
      // Backups only: not worth one more index that every write pays for.
      doubts: ['a composite index (/kind, /pk) would serve filter and ORDER BY in one'],
    });
  });
});

describe('the check sees what is missing', () => {
  const { includedPaths = [], compositeIndexes = [] } = policy;
  const broken = (changed: IndexingPolicy): string[] =>
    Object.entries(EVERY_QUERY).flatMap(([name, { query }]) =>
      planOf(query, { ...policy, ...changed }).problems.length > 0 ? [name] : [],
    );

  test.each([
    ['/kind/?', ['nextKindQuery', 'keysQuery', 'listQuery']],
    ['/dueAt/?', ['dueQuery', 'nextDueQuery']],
    ['/sortAt/?', ['listQuery']],
    ['/pk/?', ['keysQuery', 'listQuery']],
    ['/terms/[]/?', ['listQuery']],
  ])('without the path %s', (removed, names) => {
    const left = includedPaths.filter(({ path }) => path !== removed);
    expect(left).toHaveLength(includedPaths.length - 1);
    expect(broken({ includedPaths: left })).toEqual(names);
    // Of two patterns that match, the more precise one decides.
    expect(broken({ includedPaths: [...left, { path: '/*' }], excludedPaths: [{ path: removed }] })).toEqual(
      names,
    );
    expect(broken({ includedPaths: [...left, { path: '/*' }], excludedPaths: [] })).toEqual([]);
  });

  test('with the path of the array in place of that of its elements', () => {
    const changed = includedPaths.map(({ path }) => ({ path: path.replace('/[]', '') }));
    expect(broken({ includedPaths: changed })).toEqual(['listQuery']);
  });

  test.each([
    ['(kind, sortAt, pk)', 0, 'listQuery'],
    ['(dueAt, kind, pk)', 1, 'dueQuery'],
  ])('without the composite index %s, or with one in another order', (_, n, name) => {
    const others = compositeIndexes.filter((_index, other) => other !== n);
    const index = compositeIndexes[n] ?? [];
    const turn = ({ path, order }: { path: string; order?: string }) => ({
      path,
      order: order === 'descending' ? ('ascending' as const) : ('descending' as const),
    });
    expect(broken({ compositeIndexes: others })).toEqual([name]);
    expect(broken({ compositeIndexes: [...others, index.toReversed()] })).toEqual([name]);
    expect(broken({ compositeIndexes: [...others, index.slice(0, -1)] })).toEqual([name]);
    expect(
      broken({ compositeIndexes: [...others, [...index, { path: '/id', order: 'ascending' }]] }),
    ).toEqual([name]);
    expect(
      broken({ compositeIndexes: [...others, [...index.slice(0, 2), ...index.slice(2).map(turn)]] }),
    ).toEqual([name]);
    expect(broken({ compositeIndexes: [...others, index.map(turn)] })).toEqual([]);
  });

  test('without an index at all', () => {
    expect(broken({ indexingMode: 'none' })).toEqual(Object.keys(EVERY_QUERY));
  });
});

describe('the check sees what no index serves', () => {
  const good = 'SELECT TOP 5 c.pk FROM c WHERE c.kind = @kind AND c.pk > @pk ORDER BY c.pk';
  const problems = (query: string) => planOf(query, policy).problems;

  test('the query that the others are changed from', () => {
    expect(problems(good)).toEqual([]);
  });

  test.each([
    ['c.kind =', 'UPPER(c.kind) ='],
    ['c.kind = @kind', 'NOT (c.kind = @kind)'],
    ['c.kind = @kind', 'c.kind != @kind'],
    ['c.kind = @kind', 'c.kind = c.pk'],
    ['c.kind = @kind', 'c.summary = @kind'],
    ['c.kind = @kind', 'c.terms = @kind'],
    ['c.kind = @kind', '(c.kind = @kind OR c.summary = @kind)'],
    ['c.kind = @kind', '(c.kind = @kind OR LOWER(c.pk) = @kind)'],
    ['c.kind = @kind', 'CONTAINS(c.kind, @kind)'],
    ['c.kind = @kind', 'udf.ARRAY_CONTAINS(c.terms, @kind)'],
    ['c.kind = @kind', 'ARRAY_CONTAINS(c.terms, @kind, true)'],
    ['c.kind = @kind', 'ARRAY_CONTAINS(c.body, @kind)'],
    ['c.kind = @kind', 'EXISTS (SELECT VALUE t FROM t IN c.terms WHERE t = @kind)'],
    ['c.pk FROM c', '* FROM c'],
    ['c.pk FROM c', 'VALUE c FROM c'],
    ['c.pk FROM c', 'c.pk, c.body FROM c'],
    ['c.pk FROM c', 'VALUE c.operations FROM c'],
    ['c.pk FROM c', 'VALUE COUNT(1) FROM c'],
    ['FROM c', 'FROM c JOIN t IN c.terms'],
    ['FROM c', 'FROM t IN c.terms'],
    ['TOP 5 ', ''],
    ['TOP 5 ', 'DISTINCT '],
    ['WHERE c.kind = @kind AND c.pk > @pk', ''],
    [' ORDER BY c.pk', ''],
    [' ORDER BY c.pk', ' ORDER BY c.summary'],
    [' ORDER BY c.pk', ' ORDER BY c.sortAt, c.pk'],
    [' ORDER BY c.pk', ' ORDER BY c.dueAt, c.kind, c.pk'],
    ['ORDER BY c.pk', 'ORDER BY c.pk OFFSET 10 LIMIT 5'],
    [' ORDER BY c.pk', ' GROUP BY c.pk'],
  ])('%s → %s', (part, other) => {
    expect(good).toContain(part);
    expect(problems(good.replace(part, other))).not.toEqual([]);
  });
});
