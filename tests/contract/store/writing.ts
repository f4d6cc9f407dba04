import { expect, test } from '@jest/globals';
import { aDocument, type Bench, created, refusal, replaced } from './bench.ts';

export function describeWriting(bench: Bench): void {
  test('a created document is read as it was given', async () => {
    const document = aDocument({ dueAt: 5_000 });
    const written = await created(bench.store, document);
    expect(written).toEqual({ ...document, etag: expect.any(String) });
    expect(await bench.store.read(document)).toEqual(written);
  });

  test('what was never created is absent', async () => {
    await bench.store.create(aDocument());
    expect(await bench.store.read({ kind: 'call', id: 'K-0000' })).toBeUndefined();
    expect(await bench.store.read({ kind: 'record', id: 'K-7F3Q' })).toBeUndefined();
  });

  test('a taken key is refused and its document stays', async () => {
    const first = await created(bench.store, aDocument());
    const second = aDocument({ body: { schemaVersion: 1, rev: 99 }, terms: ['closed'], dueAt: 1 });
    expect(await refusal(bench.store.create(second))).toBe('already-exists');
    expect(await bench.store.read(first)).toEqual(first);
    expect(await bench.store.due(9_999, 10)).toEqual([]);
  });

  test('the documents of a case share its code and differ in kind', async () => {
    await bench.store.create(aDocument());
    await bench.store.create(aDocument({ kind: 'record', body: 'narrative' }));
    expect((await bench.store.read({ kind: 'record', id: 'K-7F3Q' }))?.body).toBe('narrative');
    expect((await bench.store.read({ kind: 'call', id: 'K-7F3Q' }))?.body).toEqual(aDocument().body);
  });

  test('a replacement takes the place of the whole document', async () => {
    const first = await created(bench.store, aDocument({ dueAt: 5_000 }));
    const next = aDocument({ dueAt: null, terms: [], sortAt: 2_000, summary: null, body: [] });
    const rewritten = await replaced(bench.store, next, first.etag);
    expect(rewritten).toEqual({ ...next, etag: expect.any(String) });
    expect(await bench.store.read(first)).toEqual(rewritten);
  });

  test('a replacement on an old etag is stale, and nothing changes', async () => {
    const first = await created(bench.store, aDocument());
    const second = await replaced(bench.store, aDocument({ body: 'second' }), first.etag);
    const late = aDocument({ body: 'late', terms: ['late'], dueAt: 1 });
    expect(await refusal(bench.store.replace(late, first.etag))).toBe('stale');
    expect(await bench.store.read(first)).toEqual(second);
    expect(await bench.store.due(9_999, 10)).toEqual([]);
    expect((await bench.store.list({ kind: 'call', term: 'late', limit: 10 })).items).toEqual([]);
  });

  test('writing the same content again is a write: the etag before it is stale', async () => {
    const first = await created(bench.store, aDocument());
    const second = await replaced(bench.store, aDocument(), first.etag);
    expect(second.etag).not.toBe(first.etag);
    expect(await refusal(bench.store.replace(aDocument(), first.etag))).toBe('stale');
  });

  test('a replacement of an absent document is stale and creates nothing', async () => {
    const etag = await bench.store.create(aDocument());
    const absent = aDocument({ id: 'K-0000' });
    expect(await refusal(bench.store.replace(absent, etag))).toBe('stale');
    expect(await bench.store.read(absent)).toBeUndefined();
  });

  test('the etag of one document does not open another', async () => {
    const one = await created(bench.store, aDocument());
    await bench.store.create(aDocument({ id: 'K-2222' }));
    expect(await refusal(bench.store.replace(aDocument({ id: 'K-2222', body: 0 }), one.etag))).toBe('stale');
  });

  test.each(['', '*', ' ', '"0"', 'あ', 'a\r\nb'])(
    'an etag that no document has is stale: %j',
    async (etag) => {
      const first = await created(bench.store, aDocument());
      expect(await refusal(bench.store.replace(aDocument({ body: 0 }), etag))).toBe('stale');
      expect(await bench.store.read(first)).toEqual(first);
    },
  );

  test('what the caller does with an object after a write does not reach the store', async () => {
    const body = { places: ['2番窓口'] };
    const written = await created(bench.store, aDocument({ body }));
    body.places.push('3番窓口');
    expect(written.body).toEqual({ places: ['2番窓口'] });
    expect((await bench.store.read(written))?.body).toEqual({ places: ['2番窓口'] });
  });
}
