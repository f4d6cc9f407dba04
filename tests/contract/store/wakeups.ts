import { expect, test } from '@jest/globals';
import type { DocumentStore } from '../../../services/store/store.ts';
import { aDocument, type Bench, created, numbered, replaced } from './bench.ts';

const dueIds = async (store: DocumentStore, now: number, limit = 100): Promise<string[]> =>
  (await store.due(now, limit)).map(({ id }) => id);

export function describeWakeups(bench: Bench): void {
  test('due: what has come due, to the millisecond', async () => {
    await bench.store.create(aDocument({ dueAt: 5_000 }));
    expect(await bench.store.due(4_999, 10)).toEqual([]);
    expect(await bench.store.due(5_000, 10)).toEqual([{ kind: 'call', id: 'K-7F3Q' }]);
  });

  test('due: the longest due first, then by key', async () => {
    await bench.store.create(aDocument({ id: 'C', dueAt: 300 }));
    await bench.store.create(aDocument({ id: 'B', dueAt: 200 }));
    await bench.store.create(aDocument({ id: 'A', dueAt: 200 }));
    await bench.store.create(aDocument({ id: 'Z', dueAt: 200, kind: 'alarm' }));
    await bench.store.create(aDocument({ id: 'D', dueAt: 100 }));
    expect(await dueIds(bench.store, 1_000)).toEqual(['D', 'Z', 'A', 'B', 'C']);
    expect(await dueIds(bench.store, 1_000, 2)).toEqual(['D', 'Z']);
    expect(await dueIds(bench.store, 1_000, 0)).toEqual([]);
  });

  test('a document without a wake-up is never due', async () => {
    await bench.store.create(aDocument({ dueAt: null }));
    expect(await bench.store.due(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
    expect(await bench.store.nextDue()).toBeUndefined();
  });

  test('a wake-up at the epoch is a wake-up', async () => {
    await bench.store.create(aDocument({ dueAt: 0 }));
    expect(await dueIds(bench.store, 0)).toEqual(['K-7F3Q']);
    expect(await bench.store.nextDue()).toBe(0);
  });

  test('nextDue is the earliest wake-up of all, past or to come', async () => {
    expect(await bench.store.nextDue()).toBeUndefined();
    await bench.store.create(aDocument({ id: 'A', dueAt: 9_000_000_000_000 }));
    expect(await bench.store.nextDue()).toBe(9_000_000_000_000);
    const earlier = await created(bench.store, aDocument({ id: 'B', dueAt: 500 }));
    expect(await bench.store.nextDue()).toBe(500);
    await bench.store.replace(aDocument({ id: 'B', dueAt: null }), earlier.etag);
    expect(await bench.store.nextDue()).toBe(9_000_000_000_000);
  });

  test('a replacement moves the wake-up', async () => {
    const written = await created(bench.store, aDocument({ dueAt: 100 }));
    const later = await replaced(bench.store, aDocument({ dueAt: 900 }), written.etag);
    expect(await dueIds(bench.store, 500)).toEqual([]);
    const stopped = await replaced(bench.store, aDocument({ dueAt: null }), later.etag);
    expect(await dueIds(bench.store, 1_000)).toEqual([]);
    await bench.store.replace(aDocument({ dueAt: 50 }), stopped.etag);
    expect(await dueIds(bench.store, 1_000)).toEqual(['K-7F3Q']);
  });

  test('nobody starves: small takes, each moving what it took forward, serve everyone, new ones coming in or not', async () => {
    const waiting = Array.from({ length: 23 }, (_, n) => numbered(n));
    for (const [n, id] of waiting.entries()) await bench.store.create(aDocument({ id, dueAt: 1_000 - n }));
    const served = new Set<string>();
    for (let take = 0; take < 5; take += 1) {
      const now = 2_000 + take;
      await bench.store.create(aDocument({ id: `new-${take}`, dueAt: now }));
      for (const key of await bench.store.due(now, 5)) {
        served.add(key.id);
        const stored = await bench.store.read(key);
        if (stored !== undefined) await bench.store.replace({ ...stored, dueAt: now }, stored.etag);
      }
    }
    expect([...served].filter((id) => waiting.includes(id)).sort()).toEqual(waiting);
  });

  test('a limit takes the longest due of all kinds, and never more', async () => {
    for (let n = 0; n < 12; n += 1) {
      const kind = n % 2 === 0 ? 'call' : 'record';
      await bench.store.create(aDocument({ kind, id: numbered(n), dueAt: 1_000 - n }));
    }
    for (const limit of [1, 5, 12, 50]) {
      const expected = Array.from({ length: Math.min(limit, 12) }, (_, n) => numbered(11 - n));
      expect(await dueIds(bench.store, 1_000, limit)).toEqual(expected);
    }
    expect(await dueIds(bench.store, 990, 50)).toEqual(['K-0011', 'K-0010']);
  });

  test('documents that nobody moves keep their place; the limit must be larger than they are many', async () => {
    for (let n = 0; n < 3; n += 1) await bench.store.create(aDocument({ id: `stuck-${n}`, dueAt: n }));
    await bench.store.create(aDocument({ id: 'sound', dueAt: 10 }));
    for (let poll = 0; poll < 2; poll += 1) {
      expect(await dueIds(bench.store, 10, 3)).toEqual(['stuck-0', 'stuck-1', 'stuck-2']);
      expect(await dueIds(bench.store, 10, 4)).toContain('sound');
    }
  });
}
