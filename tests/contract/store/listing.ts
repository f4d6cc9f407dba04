import { expect, test } from '@jest/globals';
import { inOrder } from '../../../services/store/paging.ts';
import type { Listed } from '../../../services/store/store.ts';
import { aDocument, type Bench, created, replaced } from './bench.ts';

export function describeListing(bench: Bench): void {
  const list = async (term: string, kind = 'call'): Promise<readonly Listed[]> =>
    (await bench.store.list({ kind, term, limit: 200 })).items;
  const ids = async (term: string, kind = 'call'): Promise<string[]> =>
    (await list(term, kind)).map(({ id }) => id);

  test('a list shows key, place in the order and summary, not the body', async () => {
    await bench.store.create(aDocument());
    expect(await list('open')).toEqual([
      { kind: 'call', id: 'K-7F3Q', sortAt: 1_000, summary: { code: 'K-7F3Q', level: 'assist' } },
    ]);
  });

  test('documents are found by each of their terms, and only by these', async () => {
    await bench.store.create(aDocument({ id: 'A', terms: ['open', 'caller:sato'] }));
    await bench.store.create(aDocument({ id: 'B', terms: ['open', 'caller:suzuki'] }));
    await bench.store.create(aDocument({ id: 'C', terms: [] }));
    expect(await ids('open')).toEqual(['A', 'B']);
    expect(await ids('caller:suzuki')).toEqual(['B']);
    expect(await ids('caller')).toEqual([]);
    expect(await ids('OPEN')).toEqual([]);
    expect(await ids('%')).toEqual([]);
  });

  test('a list holds one kind', async () => {
    await bench.store.create(aDocument({ kind: 'call' }));
    await bench.store.create(aDocument({ kind: 'record', summary: 'record' }));
    expect(await list('open', 'record')).toMatchObject([{ kind: 'record', summary: 'record' }]);
    expect(await list('open', 'meeting')).toEqual([]);
  });

  test('the newest stands first, equal ones by id', async () => {
    await bench.store.create(aDocument({ id: 'B', sortAt: 2_000 }));
    await bench.store.create(aDocument({ id: 'old', sortAt: 1_000 }));
    await bench.store.create(aDocument({ id: 'A', sortAt: 2_000 }));
    await bench.store.create(aDocument({ id: 'new', sortAt: 3_000 }));
    expect(await ids('open')).toEqual(['new', 'A', 'B', 'old']);
  });

  test('changed terms move a document from list to list', async () => {
    const written = await created(bench.store, aDocument({ terms: ['open', 'caller:sato'] }));
    const closed = await replaced(bench.store, aDocument({ terms: ['closed', 'caller:sato'] }), written.etag);
    expect([await ids('open'), await ids('closed'), await ids('caller:sato')]).toEqual([
      [],
      ['K-7F3Q'],
      ['K-7F3Q'],
    ]);
    await bench.store.replace(aDocument({ terms: [] }), closed.etag);
    expect([await ids('open'), await ids('closed'), await ids('caller:sato')]).toEqual([[], [], []]);
  });

  test('a changed sortAt moves a document within its lists', async () => {
    const a = await created(bench.store, aDocument({ id: 'A', sortAt: 1_000 }));
    await bench.store.create(aDocument({ id: 'B', sortAt: 2_000 }));
    await bench.store.replace(aDocument({ id: 'A', sortAt: 3_000 }), a.etag);
    expect(await ids('open')).toEqual(['A', 'B']);
    expect(await ids('caller:sato')).toEqual(['A', 'B']);
  });

  test('a changed summary is shown', async () => {
    const written = await created(bench.store, aDocument());
    await bench.store.replace(aDocument({ summary: { level: 'emergency' } }), written.etag);
    expect(await list('open')).toMatchObject([{ summary: { level: 'emergency' } }]);
  });

  test('a term said twice lists a document once', async () => {
    const written = await created(bench.store, aDocument({ terms: ['open', 'open'] }));
    expect(written.terms).toEqual(['open', 'open']);
    expect(await ids('open')).toEqual(['K-7F3Q']);
    await bench.store.replace(aDocument({ terms: ['closed', 'closed'], sortAt: 2_000 }), written.etag);
    expect([await ids('open'), await ids('closed')]).toEqual([[], ['K-7F3Q']]);
  });

  test('a refused write leaves the lists alone', async () => {
    const written = await created(bench.store, aDocument({ terms: ['open'] }));
    await bench.store.replace(aDocument({ terms: ['open'] }), written.etag);
    await expect(bench.store.replace(aDocument({ terms: ['x'] }), written.etag)).rejects.toThrow();
    await expect(bench.store.create(aDocument({ terms: ['x'] }))).rejects.toThrow();
    expect([await ids('open'), await ids('x')]).toEqual([['K-7F3Q'], []]);
  });

  test('equal times are ordered by id code point by code point', async () => {
    // U+FF21 stands before U+20BB7, whose first half (U+D842) stands before U+FF21.
    for (const id of ['\u{20bb7}', '\uff21', 'か', 'a', 'B']) await bench.store.create(aDocument({ id }));
    expect(await ids('open')).toEqual(['B', 'a', 'か', '\uff21', '\u{20bb7}']);
  });

  test('whatever the ids are, equal times are in the one order, in lists and in due', async () => {
    const characters = [...'\u0000 !-./09:;AZ\\^_`az~\u007féか\uff21\u{20bb7}'];
    const drawn = characters.flatMap((one, n) => [one, `${one}${characters.at(n - 7)}`, `a${one}`]);
    for (const each of new Set(drawn)) await bench.store.create(aDocument({ id: each, dueAt: 1 }));
    const ordered = [...new Set(drawn)]
      .map((each) => ({ id: each, sortAt: 0 }))
      .sort(inOrder)
      .map((at) => at.id);
    expect(await ids('open')).toEqual(ordered);
    expect((await bench.store.due(1, 100)).map((key) => key.id)).toEqual(ordered);
  });
}
