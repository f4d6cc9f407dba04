import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import type { Document, DocumentStore } from '../../../services/store/store.ts';

const document = (id: string, body: unknown = {}): Document => ({
  kind: 'test',
  id,
  dueAt: null,
  terms: [],
  sortAt: 0,
  summary: null,
  body,
});

const LOCK_DEADLINE_MS = 1_000;

let folder: string;
let store: DocumentStore;
let other: DocumentStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mamori-'));
  const path = join(folder, 'mamori.sqlite');
  store = await openSqliteStore({ path });
  other = await openSqliteStore({ path, lockDeadlineMs: LOCK_DEADLINE_MS });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await store.close();
  await other.close();
  await rm(folder, { recursive: true, force: true });
});

const commits = () => {
  const exec = jest.spyOn(DatabaseSync.prototype, 'exec');
  return () => exec.mock.calls.filter(([sql]) => sql === 'COMMIT').length;
};

test('writes that come together are committed together, each with its own condition and result', async () => {
  const etag = await store.create(document('a'));
  const count = commits();
  const outcomes = await Promise.allSettled([
    store.replace(document('a', 1), etag),
    store.replace(document('a', 2), etag),
    store.create(document('b')),
    store.create(document('b')),
    store.create(document('c')),
  ]);
  expect(outcomes.map((one) => (one.status === 'fulfilled' ? 'written' : one.reason.code))).toEqual([
    'written',
    'stale',
    'written',
    'already-exists',
    'written',
  ]);
  expect(count()).toBe(1);
  const bodies = await Promise.all(['a', 'b', 'c'].map((id) => other.read(document(id))));
  expect(bodies.map((found) => found?.body)).toEqual([1, {}, {}]);
});

test('a single one goes without a transaction around it', async () => {
  const count = commits();
  await store.create(document('a'));
  expect(count()).toBe(0);
  expect((await other.read(document('a')))?.body).toEqual({});
});

test('what cannot be committed together is tried one by one: a fault of one is no fault of the others', async () => {
  const real = DatabaseSync.prototype.exec;
  jest.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql: string) {
    if (sql === 'COMMIT') throw new Error('a defect');
    real.call(this, sql);
  });
  const etags = await Promise.all([store.create(document('a')), store.create(document('b'))]);
  jest.restoreAllMocks();
  const found = await Promise.all([other.read(document('a')), other.read(document('b'))]);
  expect(found.map((one) => one?.etag)).toEqual(etags);
});

test('one that the disk has no room for is refused alone: those that came with it are written', async () => {
  const exec = jest.spyOn(DatabaseSync.prototype, 'exec');
  await Promise.all([store.create(document('a')), store.create(document('b'))]);
  const [connection] = exec.mock.contexts as DatabaseSync[];
  const pages = Number(connection?.prepare('PRAGMA page_count').get()?.page_count);
  connection?.exec(`PRAGMA max_page_count = ${pages + 20}`);
  const outcomes = await Promise.allSettled([
    store.create(document('c')),
    store.create(document('d', 'x'.repeat(1_000_000))),
    store.create(document('e')),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({ reason: { code: 'unavailable' } });
  expect(await other.read(document('c'))).toBeDefined();
  expect(await other.read(document('d'))).toBeUndefined();
  expect(await other.read(document('e'))).toBeDefined();
});

test('another process that does not let go of the lock: all are refused, and wait for it only once', async () => {
  const holder = new DatabaseSync(join(folder, 'mamori.sqlite'));
  holder.exec('BEGIN IMMEDIATE');
  const began = performance.now();
  const outcomes = await Promise.allSettled(['a', 'b', 'c', 'd'].map((id) => other.create(document(id))));
  const waited = performance.now() - began;
  holder.close();
  for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: 'unavailable' } });
  expect(waited).toBeLessThan(3 * LOCK_DEADLINE_MS);
});

test('a store that has been closed refuses all of them', async () => {
  const writes = ['a', 'b'].map((id) => store.create(document(id)));
  const refused = Promise.allSettled(writes);
  await store.close();
  for (const outcome of await refused) expect(outcome).toMatchObject({ reason: { code: 'unavailable' } });
});

test('another process that holds the lock is waited for, and those that come meanwhile go next', async () => {
  const holder = new DatabaseSync(join(folder, 'mamori.sqlite'));
  holder.exec('BEGIN IMMEDIATE');
  const first = [store.create(document('a')), store.create(document('b'))];
  await new Promise((resolve) => setTimeout(resolve, 60));
  const later = [store.create(document('c')), store.create(document('d'))];
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(await other.read(document('a'))).toBeUndefined();
  holder.exec('ROLLBACK');
  holder.close();
  const etags = await Promise.all([...first, ...later]);
  const found = await Promise.all(['a', 'b', 'c', 'd'].map((id) => other.read(document(id))));
  expect(found.map((one) => one?.etag)).toEqual(etags);
});
