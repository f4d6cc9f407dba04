import { expect, test } from '@jest/globals';
import type { Page } from '../../../services/store/store.ts';
import { aDocument, allPages, type Bench, fill, numbered, refusal } from './bench.ts';

export function describePaging(bench: Bench): void {
  const page = (limit: number, cursor?: string): Promise<Page> =>
    bench.store.list({ kind: 'call', term: 'open', limit, ...(cursor === undefined ? {} : { cursor }) });

  test('pages follow each other without gap or overlap, also where many share a sortAt', async () => {
    await fill(bench.store, 23, (n) => 1_000 + Math.floor(n / 7));
    const pages = await allPages((cursor) => page(5, cursor));
    expect(pages.map((ids) => ids.length)).toEqual([5, 5, 5, 5, 3]);
    expect(pages.flat()).toEqual((await page(200)).items.map(({ id }) => id));
  });

  test('the last page has no next, also when it is full', async () => {
    await fill(bench.store, 10, (n) => n);
    const first = await page(5);
    expect(first.next).toEqual(expect.any(String));
    expect(await page(5, first.next)).not.toHaveProperty('next');
    expect(await page(10)).not.toHaveProperty('next');
  });

  test('an empty list is one empty page', async () => {
    expect(await page(5)).toEqual({ items: [] });
  });

  test('while documents come in, no item shows twice and none of the old ones is lost', async () => {
    await fill(bench.store, 20, (n) => 1_000 + n * 10);
    let inserted = 0;
    const pages = await allPages(async (cursor) => {
      const result = await page(4, cursor);
      // One before, one amid, and one after everything, between any two pages.
      for (const sortAt of [9_000 + inserted, 1_095, inserted]) {
        inserted += 1;
        await bench.store.create(aDocument({ id: `late-${inserted}`, sortAt }));
      }
      return result;
    });
    const shown = pages.flat();
    expect(new Set(shown).size).toBe(shown.length);
    const old = Array.from({ length: 20 }, (_, n) => numbered(19 - n));
    expect(shown.filter((id) => id.startsWith('K-'))).toEqual(old);
  });

  test('a page goes on where it ended although its last item has left the list', async () => {
    await fill(bench.store, 6, (n) => n);
    const first = await page(3);
    const last = await bench.store.read({ kind: 'call', id: numbered(3) });
    await bench.store.replace(aDocument({ id: numbered(3), terms: ['closed'] }), last?.etag ?? '');
    expect((await page(3, first.next)).items.map(({ id }) => id)).toEqual([
      numbered(2),
      numbered(1),
      numbered(0),
    ]);
  });

  test('a page has 1 to 200 items, whatever is asked for', async () => {
    await fill(bench.store, 205, (n) => n);
    expect((await page(0)).items).toHaveLength(1);
    expect((await page(-5)).items).toHaveLength(1);
    expect((await page(2.9)).items).toHaveLength(2);
    expect((await page(1_000)).items).toHaveLength(200);
    expect((await page(Number.POSITIVE_INFINITY)).items).toHaveLength(200);
  });

  test('a cursor that the store did not give is refused', async () => {
    await fill(bench.store, 6, (n) => n);
    const { next = '' } = await page(3);
    const forged = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const bad = [
      '',
      'x',
      'あ',
      `${next}!`,
      ` ${next}`,
      next.slice(0, -3),
      forged(null),
      forged([1]),
      forged(['1', 2]),
    ];
    for (const cursor of bad)
      expect([cursor, await refusal(page(3, cursor))]).toEqual([cursor, 'bad-cursor']);
  });
}
