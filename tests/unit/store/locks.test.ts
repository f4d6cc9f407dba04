import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import type { Document } from '../../../services/store/store.ts';
import { useFolder } from './folder.ts';

const document: Document = {
  kind: 'call',
  id: 'A',
  dueAt: 1,
  terms: ['open'],
  sortAt: 1,
  summary: 1,
  body: 1,
};

describe('while another program holds the lock of the file', () => {
  const path = useFolder();

  /** A store and, on the same file, a writer that does not let go until it is told to. */
  async function lockedStore(lockDeadlineMs?: number) {
    const file = path('mamori.db');
    const store = await openSqliteStore({
      path: file,
      ...(lockDeadlineMs === undefined ? {} : { lockDeadlineMs }),
    });
    const holder = new DatabaseSync(file);
    holder.exec('BEGIN IMMEDIATE');
    return { store, holder };
  }

  test('a write waits without freezing the process, and succeeds once the lock is gone', async () => {
    const { store, holder } = await lockedStore();
    const writing = store.create(document);
    // Were the wait synchronous, this turn would come only after the write had failed.
    await turn();
    holder.close();
    const etag = await writing;
    expect(await store.read(document)).toEqual({ ...document, etag });
    await store.close();
  });

  test('past its deadline a write is refused as unavailable, and nothing was written', async () => {
    const { store, holder } = await lockedStore(1);
    await expect(store.create(document)).rejects.toMatchObject({ name: 'StoreError', code: 'unavailable' });
    holder.close();
    expect(await store.read(document)).toBeUndefined();
    await expect(store.create(document)).resolves.toEqual(expect.any(String));
    await store.close();
  });

  test('reads do not wait for it', async () => {
    const { store, holder } = await lockedStore(0);
    expect(await store.read(document)).toBeUndefined();
    expect(await store.due(1, 1)).toEqual([]);
    await store.ping();
    holder.close();
    await store.close();
  });

  test('a write that still waits when the store is closed is refused', async () => {
    const { store, holder } = await lockedStore();
    const refused = expect(store.create(document)).rejects.toMatchObject({ code: 'unavailable' });
    await store.close();
    holder.close();
    await refused;
  });
});
