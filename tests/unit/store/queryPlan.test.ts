import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ALL, DUE, LIST, NEXT_DUE, READ, REPLACE } from '../../../services/store/sqlite/schema.ts';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import { useFolder } from './folder.ts';

describe('with many documents every statement stays fast', () => {
  const path = useFolder();
  let database: DatabaseSync;

  beforeEach(async () => {
    await (await openSqliteStore({ path: path('mamori.db') })).close();
    database = new DatabaseSync(path('mamori.db'));
  });
  afterEach(() => database.close());

  const plan = (sql: string): string[] =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => String(detail));

  test('due and nextDue walk the index of wake-ups, in its order', () => {
    expect(plan(DUE)).toEqual(['SEARCH documents USING COVERING INDEX documents_due (due_at<?)']);
    expect(plan(NEXT_DUE)).toEqual(['SEARCH documents USING COVERING INDEX documents_due (due_at>?)']);
  });

  test('list starts at the cursor, in the order of the listing, without sorting', () => {
    expect(plan(LIST)).toEqual([
      'SEARCH l USING PRIMARY KEY (kind=? AND term=? AND sort_at>? AND sort_at<?)',
      expect.stringMatching(/^SEARCH d USING INDEX \S+ \(kind=\? AND id=\?\)$/),
    ]);
  });

  test('all starts behind a key, in the order of the keys, without sorting', () => {
    expect(plan(ALL)).toEqual([
      expect.stringMatching(/^SEARCH documents USING INDEX \S+ \(\(kind,id\)>\(\?,\?\)\)$/),
    ]);
  });

  test('read and replace find the document by its key', () => {
    for (const sql of [READ, REPLACE]) {
      expect(plan(sql)).toEqual([
        expect.stringMatching(/^SEARCH documents USING INDEX \S+ \(kind=\? AND id=\?\)$/),
      ]);
    }
  });
});
