import { expect, test } from '@jest/globals';
import { aDocument, type Bench, created, refusal, replaced } from './bench.ts';

export function describeLifecycle(bench: Bench): void {
  test('opened again, everything is there: documents, wake-ups, lists', async () => {
    const first = await created(bench.store, aDocument({ id: 'A', dueAt: 5_000 }));
    const written = await created(bench.store, aDocument({ id: 'B' }));
    const second = await replaced(bench.store, aDocument({ id: 'B', terms: ['closed'] }), written.etag);
    await bench.store.close();

    const reopened = await bench.another();
    expect(await reopened.read(first)).toEqual(first);
    expect(await reopened.read(second)).toEqual(second);
    expect(await reopened.due(5_000, 10)).toEqual([{ kind: 'call', id: 'A' }]);
    expect((await reopened.list({ kind: 'call', term: 'closed', limit: 5 })).items).toMatchObject([
      { id: 'B' },
    ]);
    expect(await refusal(reopened.create(aDocument({ id: 'A' })))).toBe('already-exists');
    await expect(reopened.replace(aDocument({ id: 'A' }), first.etag)).resolves.toBeDefined();
  });

  test('ping answers while the store can be read', async () => {
    await expect(bench.store.ping()).resolves.toBeUndefined();
    await bench.store.create(aDocument());
    await expect(bench.store.ping()).resolves.toBeUndefined();
  });

  test('closed twice is closed once, and the other stores go on', async () => {
    const other = await bench.another();
    await bench.store.close();
    await expect(bench.store.close()).resolves.toBeUndefined();
    await expect(other.create(aDocument())).resolves.toBeDefined();
  });

  test('a closed store says so to everyone', async () => {
    const { store } = bench;
    const etag = await store.create(aDocument());
    await store.close();
    const attempts = [
      store.create(aDocument({ id: 'K-0000' })),
      store.read(aDocument()),
      store.replace(aDocument(), etag),
      store.due(1, 1),
      store.nextDue(),
      store.list({ kind: 'call', term: 'open', limit: 1 }),
      store.all(undefined, 1),
      store.ping(),
    ];
    for (const attempt of attempts.map(refusal)) expect(await attempt).toBe('unavailable');
  });
}
