import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import { type Document, type DocumentStore, Undecodable } from '../../../services/store/store.ts';
import { useFolder } from './folder.ts';

const document = (id: string): Document => ({
  kind: 'call',
  id,
  dueAt: 1,
  terms: ['open'],
  sortAt: 1,
  summary: { id },
  body: '土下座しろと言われた',
});

describe('a document damaged by hand', () => {
  const path = useFolder();
  let store: DocumentStore;

  beforeEach(async () => {
    store = await openSqliteStore({ path: path('mamori.db') });
    for (const id of ['A', 'B', 'C']) await store.create(document(id));
  });
  afterEach(() => store.close());

  /** As an operator would with the command line of SQLite. */
  function damage(column: 'body' | 'summary'): void {
    const database = new DatabaseSync(path('mamori.db'));
    database.exec(`UPDATE documents SET ${column} = replace(${column}, '"', '') || '{' WHERE id = 'B'`);
    database.close();
  }

  test.each(['body', 'summary'] as const)(
    'its %s: reading it names the key and quotes nothing',
    async (column) => {
      damage(column);
      const error: unknown = await store.read({ kind: 'call', id: 'B' }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Undecodable);
      expect(error).toMatchObject({
        key: { kind: 'call', id: 'B' },
        message: expect.stringMatching(/call\/B/),
      });
      expect(`${error instanceof Error ? `${error.stack} ${error.cause}` : ''}`).not.toMatch(/土下座/);
    },
  );

  test.each(['body', 'summary'] as const)(
    'its %s: the others are read, due and listed as ever',
    async (column) => {
      damage(column);
      expect(await store.read({ kind: 'call', id: 'A' })).toMatchObject(document('A'));
      expect((await store.due(1, 10)).map(({ id }) => id)).toEqual(['A', 'B', 'C']);
      const { items } = await store.list({ kind: 'call', term: 'open', limit: 10 });
      expect(items.map(({ summary }) => summary)).toEqual([
        { id: 'A' },
        column === 'summary' ? null : { id: 'B' },
        { id: 'C' },
      ]);
    },
  );

  test('a sound document can take its place', async () => {
    damage('body');
    const error: unknown = await store.read({ kind: 'call', id: 'B' }).catch((thrown: unknown) => thrown);
    await store.replace(document('B'), error instanceof Undecodable ? error.etag : '');
    expect(await store.read({ kind: 'call', id: 'B' })).toMatchObject(document('B'));
  });
});
