import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listAny } from '../../../services/store/mergedList.ts';
import { encodeCursor, stretchOf } from '../../../services/store/paging.ts';
import { LIST } from '../../../services/store/sqlite/schema.ts';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import type { DocumentStore, Listed, ListQuery } from '../../../services/store/store.ts';
import { aCase, DEPARTMENTS, fillCases } from './fixtures/cases.ts';
import { useSharedFolder } from './folder.ts';

const CASES = 100_000;
/** What one of the general affairs people may look at: half of the city. */
const TERMS = Array.from({ length: DEPARTMENTS / 2 }, (_, n) => `department:${n}`);

const isHidden = (summary: unknown): boolean =>
  typeof summary === 'object' && summary !== null && 'hidden' in summary && summary.hidden === true;
const keep = ({ summary }: Listed): boolean => !isHidden(summary);

describe(`a list of ${CASES} cases`, () => {
  const path = useSharedFolder();
  let store: DocumentStore;
  let database: DatabaseSync;
  /** Rows of the listing that the statement looked at. */
  let stepped = 0;

  beforeAll(async () => {
    await fillCases(path('mamori.db'), CASES);
    store = await openSqliteStore({ path: path('mamori.db') });
    database = new DatabaseSync(path('mamori.db'));
    database.function('stepped', { varargs: true }, () => {
      stepped += 1;
      return 1;
    });
  }, 30_000);
  afterAll(async () => {
    database.close();
    await store.close();
  });

  /** Runs the statement of `list` with a counter as its first condition: how many rows, how many looked at, what plan. */
  function measure(query: Omit<ListQuery, 'kind'>): { rows: number; stepped: number; plan: string[] } {
    const sql = LIST.replace('WHERE', 'WHERE stepped(l.id) AND');
    const { term, limit } = query;
    const parameters = { kind: 'call', term, limit, ...stretchOf(query) };
    stepped = 0;
    const rows = database.prepare(sql).all(parameters).length;
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(parameters);
    return { rows, stepped, plan: plan.map(({ detail }) => String(detail)) };
  }

  const middle = encodeCursor(aCase(CASES / 2));
  const month = { from: aCase(40_000).sortAt, to: aCase(60_000).sortAt };
  const late = encodeCursor(aCase(40_100));
  test.each<[string, Omit<ListQuery, 'kind' | 'term' | 'limit'>]>([
    ['the first page', {}],
    ['a page in the middle', { cursor: middle }],
    ['the last page', { cursor: encodeCursor(aCase(100)) }],
    ['the first page of a month', month],
    ['a page in the middle of a month', { ...month, cursor: middle }],
    ['the last page of a month', { ...month, cursor: late }],
    ['a month without cases', { from: -5_000, to: 0 }],
    ['a month before the cursor', { from: month.to, cursor: middle }],
  ])('%s: found by the index, and no more rows looked at than shown', (_, part) => {
    for (const term of ['closed', 'department:3', 'open']) {
      const seen = measure({ term, limit: 21, ...part });
      expect(seen.plan).toEqual([
        'SEARCH l USING PRIMARY KEY (kind=? AND term=? AND sort_at>? AND sort_at<?)',
        expect.stringMatching(/^SEARCH d USING INDEX \S+ \(kind=\? AND id=\?\)$/),
      ]);
      // Three cases at most share a time with the cursor.
      expect(seen.stepped).toBeGreaterThanOrEqual(seen.rows);
      expect(seen.stepped).toBeLessThanOrEqual(seen.rows + 3);
    }
  });

  test('a merged page in the middle reads one page of each term', async () => {
    let rows = 0;
    const counted: Pick<DocumentStore, 'list'> = {
      async list(query) {
        const page = await store.list(query);
        rows += page.items.length;
        return page;
      },
    };
    const { items } = await listAny(counted, { kind: 'call', terms: TERMS, limit: 20, cursor: middle, keep });
    expect(items).toHaveLength(20);
    expect(rows).toBe(TERMS.length * 21);
  });

  test('paged through while cases come in and are closed, each is shown once, in order', async () => {
    const expected = Array.from({ length: CASES }, (_, n) => aCase(n))
      .filter(({ terms, summary }) => TERMS.includes(terms[1] ?? '') && !isHidden(summary))
      .sort((a, b) => b.sortAt - a.sortAt || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);

    const shown: Listed[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const part = cursor === undefined ? {} : { cursor };
      const page = await listAny(store, { kind: 'call', terms: TERMS, limit: 200, keep, ...part });
      shown.push(...page.items);
      cursor = page.next;
      pages += 1;
      await comeIn(store, pages);
    } while (cursor !== undefined);

    const ids = shown.map(({ id }) => id);
    const old = ids.filter((id) => id.startsWith('K-'));
    expect(old).toEqual(expected);
    expect(new Set(ids).size).toBe(ids.length);
    expect(shown.every(({ sortAt }, n) => sortAt <= (shown[n - 1]?.sortAt ?? Infinity))).toBe(true);
    expect(pages).toBe(Math.ceil(ids.length / 200));
    expect(ids.length).toBeGreaterThan(old.length);
  }, 30_000);
});

/** After each page: a new case at the top, one amid what is still to come or past, and an open one is closed. */
async function comeIn(store: DocumentStore, page: number): Promise<void> {
  await store.create({ ...aCase(1), id: `new-${page}`, sortAt: 1_000 * CASES + page });
  await store.create({ ...aCase(1), id: `late-${page}`, sortAt: (page * 7_919_000) % (333 * CASES) });
  const open = await store.read(aCase((page * 50 * 13) % CASES));
  if (open === undefined) return;
  await store.replace({ ...open, terms: ['closed', ...open.terms.slice(1)] }, open.etag);
}
