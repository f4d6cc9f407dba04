import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type AnyQuery, listAny } from '../../../services/store/mergedList.ts';
import { decodeCursor } from '../../../services/store/paging.ts';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import type { DocumentStore, Page } from '../../../services/store/store.ts';
import { useFolder } from './folder.ts';

describe('a list of any of several terms', () => {
  const path = useFolder();
  let store: DocumentStore;
  /** Rows that the store gave, and how often it was asked. */
  let rows = 0;
  let lists = 0;

  const counted: Pick<DocumentStore, 'list'> = {
    async list(query) {
      const page = await store.list(query);
      rows += page.items.length;
      lists += 1;
      return page;
    },
  };

  beforeEach(async () => {
    store = await openSqliteStore({ path: path('mamori.db') });
    [rows, lists] = [0, 0];
  });
  afterEach(() => store.close());

  const put = (id: string, sortAt: number, terms: readonly string[], summary: unknown = null) =>
    store.create({ kind: 'call', id, dueAt: null, terms, sortAt, summary, body: null });
  const page = (over: Partial<AnyQuery>, maxRead?: number): Promise<Page> =>
    listAny(counted, { kind: 'call', terms: ['a', 'b'], limit: 2, ...over }, maxRead);
  const ids = ({ items }: Page): string[] => items.map(({ id }) => id);
  const notHidden: AnyQuery['keep'] = ({ summary }) => summary !== 'hidden';

  test('a document with several of the terms is shown once, as the store lists it', async () => {
    await put('A', 1, ['a', 'b'], { level: 'assist' });
    const listed = { kind: 'call', id: 'A', sortAt: 1, summary: { level: 'assist' } };
    expect(await page({})).toEqual({ items: [listed] });
    expect(await page({ terms: ['a', 'a', 'b'] })).toEqual({ items: [listed] });
  });

  test('without terms there is nothing, and nothing is asked', async () => {
    await put('A', 1, ['a']);
    expect(await page({ terms: [] })).toEqual({ items: [] });
    expect(lists).toBe(0);
  });

  test('40 terms are enough', async () => {
    const terms = Array.from({ length: 41 }, (_, n) => `department:${n}`);
    await put('A', 1, ['department:39']);
    expect(ids(await page({ terms: terms.slice(0, 40) }))).toEqual(['A']);
    await expect(page({ terms })).rejects.toThrow(RangeError);
  });

  test('a cursor that is none is refused as by the store', async () => {
    await expect(page({ cursor: 'x' })).rejects.toMatchObject({ name: 'StoreError', code: 'bad-cursor' });
  });

  test('it goes on from a cursor of the plain list, and the plain list from its own', async () => {
    for (const [n, term] of ['a', 'b', 'a', 'b', 'a'].entries()) await put(`${n}`, n, [term]);
    const plain = await store.list({ kind: 'call', term: 'a', limit: 1 });
    const merged = await page({ cursor: plain.next ?? '' });
    expect(ids(merged)).toEqual(['3', '2']);
    expect(ids(await store.list({ kind: 'call', term: 'b', limit: 9, cursor: merged.next ?? '' }))).toEqual([
      '1',
    ]);
  });

  test('unfiltered, one round of queries fills the page, however unequal the terms', async () => {
    for (let n = 0; n < 30; n += 1) await put(`${n}`.padStart(2, '0'), n, [n < 20 ? 'a' : 'b']);
    expect(ids(await page({ limit: 15 }))).toHaveLength(15);
    expect([lists, rows]).toEqual([2, 26]);
  });

  test('a page is filled up with what follows the hidden ones', async () => {
    for (let n = 0; n < 300; n += 1) await put(`${n}`, n, ['a', 'b'], n % 100 === 0 ? '' : 'hidden');
    expect(ids(await page({ keep: notHidden }))).toEqual(['200', '100']);
  });

  test('only hidden ones left: no next, which would tell that there are some', async () => {
    await put('A', 9, ['a']);
    await put('B', 8, ['b']);
    for (let n = 0; n < 7; n += 1) await put(`${n}`, n, ['a'], 'hidden');
    expect(await page({ keep: notHidden })).not.toHaveProperty('next');
  });

  test('the next of a full page is the last one shown, and names no hidden one', async () => {
    for (const [n, summary] of ['', '', 'hidden', ''].entries()) await put(`${n}`, n, ['a'], summary);
    // Allowed to read on to the next one to be shown, or stopped at the hidden one before it.
    for (const maxRead of [undefined, 1]) {
      const full = await page({ keep: notHidden, limit: 1 }, maxRead);
      expect(ids(full)).toEqual(['3']);
      expect(decodeCursor(full.next)).toEqual({ sortAt: 3, id: '3' });
    }
  });

  test('with almost all hidden one call reads a bounded number, and the next goes on where it stopped', async () => {
    for (let n = 0; n < 500; n += 1)
      await put(`${n}`.padStart(3, '0'), n, ['a', 'b'], n === 0 ? '' : 'hidden');
    const first = await page({ keep: notHidden }, 100);
    expect(first.items).toEqual([]);
    expect(rows).toBeLessThan(200);
    let [calls, current] = [1, first];
    while (current.next !== undefined) {
      current = await page({ keep: notHidden, cursor: current.next }, 100);
      calls += 1;
    }
    expect(ids(current)).toEqual(['000']);
    expect(calls).toBeLessThanOrEqual(1_000 / 100);
  });

  test('a store that goes round in circles does not hold the caller for ever', async () => {
    const circle = { list: async () => ({ items: [], next: 'WzEsIkEiXQ' }) };
    const found = await listAny(circle, { kind: 'call', terms: ['a'], limit: 5 });
    expect(found).toEqual({ items: [], next: 'WzEsIkEiXQ' });
  });
});
