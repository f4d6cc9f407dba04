import { describe, expect, test } from '@jest/globals';
import { encodeCursor } from '../../../services/store/paging.ts';
import type { ListQuery } from '../../../services/store/store.ts';
import { aDocument, allPages, type Bench, fill, numbered } from './bench.ts';

/** Parts of a list: between two times, and behind a position that another list gave. */
export function describeRanges(bench: Bench): void {
  const inRange = async (over: Partial<ListQuery>): Promise<string[]> =>
    (await bench.store.list({ kind: 'call', term: 'open', limit: 200, ...over })).items.map(({ id }) => id);

  describe('a range of times', () => {
    test('from is in it, to is not, also where many share a time', async () => {
      // 0 1 2 at 1,000 · 3 4 5 at 1,001 · 6 7 8 at 1,002
      await fill(bench.store, 9, (n) => 1_000 + Math.floor(n / 3));
      const [oldest, middle, newest] = [0, 3, 6].map((n) => [n, n + 1, n + 2].map(numbered));
      expect(await inRange({ from: 1_001 })).toEqual([...(newest ?? []), ...(middle ?? [])]);
      expect(await inRange({ to: 1_002 })).toEqual([...(middle ?? []), ...(oldest ?? [])]);
      expect(await inRange({ from: 1_001, to: 1_002 })).toEqual(middle);
      expect(await inRange({ from: 1_000.5, to: 1_001.5 })).toEqual(middle);
    });

    test('one in which nothing can be is empty', async () => {
      await fill(bench.store, 3, (n) => 1_000 + n);
      for (const range of [
        { from: 1_001, to: 1_001 },
        { from: 1_002, to: 1_000 },
        { from: 1_003 },
        { to: 0 },
      ])
        expect([range, await inRange(range)]).toEqual([range, []]);
    });

    test('times before the epoch and at it', async () => {
      await fill(bench.store, 5, (n) => n - 2);
      expect(await inRange({ from: 0 })).toEqual([4, 3, 2].map(numbered));
      expect(await inRange({ to: 0 })).toEqual([1, 0].map(numbered));
      expect(await inRange({ from: -1, to: 1 })).toEqual([2, 1].map(numbered));
    });

    test.each([1, 2, 3, 4, 5])('pages of %p stay in it, without gap or overlap', async (limit) => {
      await fill(bench.store, 30, (n) => 1_000 + Math.floor(n / 4));
      const range = { kind: 'call', term: 'open', from: 1_001, to: 1_006 };
      const pages = await allPages((cursor) =>
        bench.store.list({ ...range, limit, ...(cursor === undefined ? {} : { cursor }) }),
      );
      expect(pages.map((page) => page.length)).toEqual([
        ...Array(Math.ceil(20 / limit) - 1).fill(limit),
        20 % limit || limit,
      ]);
      expect(pages.flat()).toEqual(await inRange(range));
    });

    test('a cursor from outside: before the range it begins, after it nothing is left', async () => {
      await fill(bench.store, 12, (n) => 1_000 + Math.floor(n / 3));
      const cursorAt = (n: number): string =>
        encodeCursor({ sortAt: 1_000 + Math.floor(n / 3), id: numbered(n) });
      const range = { from: 1_001, to: 1_003 };
      expect(await inRange({ ...range, cursor: cursorAt(9) })).toEqual([6, 7, 8, 3, 4, 5].map(numbered));
      expect(await inRange({ ...range, cursor: cursorAt(6) })).toEqual([7, 8, 3, 4, 5].map(numbered));
      expect(await inRange({ ...range, cursor: cursorAt(4) })).toEqual([5].map(numbered));
      expect(await inRange({ ...range, cursor: cursorAt(0) })).toEqual([]);
    });

    test.each([Number.NaN, Number.POSITIVE_INFINITY])('%p is no time', async (time) => {
      await expect(inRange({ from: time })).rejects.toThrow(TypeError);
      await expect(inRange({ to: time })).rejects.toThrow(TypeError);
    });
  });

  describe('a cursor is a position in the order of one kind', () => {
    const page = (term: string, limit: number, cursor?: string) =>
      bench.store.list({ kind: 'call', term, limit, ...(cursor === undefined ? {} : { cursor }) });
    /** Even numbers are open, odd ones closed; every fourth time is shared by four. */
    const fillBoth = async (): Promise<void> => {
      for (let n = 0; n < 16; n += 1) {
        const terms = [n % 2 === 0 ? 'open' : 'closed'];
        await bench.store.create(aDocument({ id: numbered(n), sortAt: Math.floor(n / 4), terms }));
      }
    };

    test('the next of a page is the place of its last item', async () => {
      await fill(bench.store, 4, (n) => n);
      const { items, next } = await page('open', 2);
      expect(items.map(encodeCursor)[1]).toBe(next);
    });

    test('a page of one term goes on where a page of another ended', async () => {
      await fillBoth();
      const first = await page('open', 3);
      expect(first.items.map(({ id }) => id)).toEqual([12, 14, 8].map(numbered));
      const second = await page('closed', 3, first.next);
      expect(second.items.map(({ id }) => id)).toEqual([9, 11, 5].map(numbered));
      const third = await page('open', 200, second.next);
      expect(third.items.map(({ id }) => id)).toEqual([6, 0, 2].map(numbered));
    });

    test('it need not be the place of a document that is there', async () => {
      await fillBoth();
      const { items } = await page('open', 2, encodeCursor({ sortAt: 2.5, id: 'never' }));
      expect(items.map(({ id }) => id)).toEqual([8, 10].map(numbered));
    });
  });

  test('while documents come in and move to other lists, a range is paged through once and completely', async () => {
    await fill(bench.store, 30, (n) => 1_000 + Math.floor(n / 3) * 10);
    let round = 0;
    const pages = await allPages(async (cursor) => {
      const range = { from: 1_010, to: 1_090, ...(cursor === undefined ? {} : { cursor }) };
      const result = await bench.store.list({ kind: 'call', term: 'open', limit: 4, ...range });
      round += 1;
      // One on each side of the range, one amid; every third of the old ones leaves the list.
      for (const sortAt of [2_000, 1_050, 1_005]) {
        await bench.store.create(aDocument({ id: `late-${round}-${sortAt}`, sortAt }));
      }
      const leaving = await bench.store.read({ kind: 'call', id: numbered(round * 3) });
      if (leaving !== undefined) await bench.store.replace({ ...leaving, terms: [] }, leaving.etag);
      return result;
    });
    const shown = pages.flat();
    expect(new Set(shown).size).toBe(shown.length);
    const stayed = (await inRange({ from: 1_010, to: 1_090 })).filter((id) => id.startsWith('K-'));
    expect(shown.filter((id) => stayed.includes(id))).toEqual(stayed);
    expect(shown.filter((id) => id.startsWith('late') && !id.endsWith('-1050'))).toEqual([]);
  });
}
