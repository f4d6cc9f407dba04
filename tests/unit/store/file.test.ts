import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
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
const mode = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

describe('the file of the embedded store', () => {
  const path = useFolder();

  test('a new file and its folders are for their owner only, the log too', async () => {
    const store = await openSqliteStore({ path: path('deep', 'data', 'mamori.db') });
    await store.create(document);
    expect([await mode(path('deep')), await mode(path('deep', 'data'))]).toEqual(['700', '700']);
    for (const suffix of ['', '-wal', '-shm']) {
      expect(await mode(path('deep', 'data', `mamori.db${suffix}`))).toBe('600');
    }
    await store.close();
  });

  test('what the operator set on an existing folder and file stays', async () => {
    await mkdir(path('data'));
    await chmod(path('data'), 0o750);
    await (await openSqliteStore({ path: path('data', 'mamori.db') })).close();
    await chmod(path('data', 'mamori.db'), 0o640);
    await (await openSqliteStore({ path: path('data', 'mamori.db') })).close();
    expect([await mode(path('data')), await mode(path('data', 'mamori.db'))]).toEqual(['750', '640']);
  });

  test('closing leaves everything in the one file', async () => {
    const store = await openSqliteStore({ path: path('mamori.db') });
    await store.create(document);
    await store.close();
    await rename(path('mamori.db'), path('elsewhere.db'));
    const moved = await openSqliteStore({ path: path('elsewhere.db') });
    expect(await moved.read(document)).toMatchObject({ body: 1 });
    await moved.close();
  });

  test('opened ten times at once, a new file is made once', async () => {
    const stores = await Promise.all(
      Array.from({ length: 10 }, () => openSqliteStore({ path: path('mamori.db') })),
    );
    await Promise.all(stores.map((store, n) => store.create({ ...document, id: String(n) })));
    expect(await stores[0]?.due(1, 100)).toHaveLength(10);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('a file removed while in use is noticed by ping', async () => {
    const store = await openSqliteStore({ path: path('mamori.db') });
    await store.ping();
    await rm(path('mamori.db'));
    await expect(store.ping()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/removed/),
    });
    await store.close();
  });
});

describe('a file that is not ours to open', () => {
  const path = useFolder();

  test('of a newer version: a sentence says so, and the file is left as it was', async () => {
    await (await openSqliteStore({ path: path('mamori.db') })).close();
    change(path('mamori.db'), 'PRAGMA user_version = 99');
    const before = await readFile(path('mamori.db'));
    await expect(openSqliteStore({ path: path('mamori.db') })).rejects.toMatchObject({
      name: 'StoreError',
      code: 'incompatible',
      message: expect.stringMatching(/mamori\.db was written by a newer version of Mamori \(schema 99;/),
    });
    expect((await readFile(path('mamori.db'))).equals(before)).toBe(true);
  });

  test('of another program: a sentence says so, and the file is left as it was', async () => {
    change(path('other.db'), 'CREATE TABLE bookmarks (url TEXT)');
    const before = await readFile(path('other.db'));
    await expect(openSqliteStore({ path: path('other.db') })).rejects.toMatchObject({
      code: 'incompatible',
      message: expect.stringMatching(/other\.db is the database of another program/),
    });
    expect((await readFile(path('other.db'))).equals(before)).toBe(true);
  });

  test('no database at all', async () => {
    await writeFile(path('notes.txt'), '電話メモ '.repeat(1_000));
    await expect(openSqliteStore({ path: path('notes.txt') })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/notes\.txt cannot be used: file is not a database/),
    });
  });

  test('where no file can be', async () => {
    await writeFile(path('file'), '');
    await expect(openSqliteStore({ path: path('file', 'mamori.db') })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/mamori\.db cannot be opened/),
    });
  });
});

function change(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}
