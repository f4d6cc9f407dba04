import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Writes } from '../../../services/engine/writes.ts';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import type { Document } from '../../../services/store/store.ts';
import { FaultyStore } from '../../harness/faultyStore.ts';

/** A write whose answer got lost: what is there tells whether it happened. */

let folder: string;
let store: FaultyStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mamori-writes-'));
  store = new FaultyStore(await openSqliteStore({ path: join(folder, 'writes.sqlite') }));
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const document = (text: string): Document => ({
  kind: 'note',
  id: 'a',
  dueAt: null,
  terms: [],
  sortAt: 0,
  summary: null,
  body: { text },
});

/** Half a character is kept as U+FFFD: that is no write of somebody else's. */
test.each([
  ['whole text', '𠮷野家'],
  ['half a character', '\ud842野家'],
  ['quotes', '\\"\\ud842"'],
])('it happened: %s', async (_, text) => {
  const writes = new Writes(store);
  store.fault = (count) => (count === 1 ? 'lost' : undefined);
  const created = await writes.create(document(text), () => false);
  expect((await store.read(created))?.etag).toBe(created.etag);
  store.fault = (count) => (count === 2 ? 'lost' : undefined);
  const replaced = await writes.replace(document(`${text}!`), created.etag);
  expect((await store.read(created))?.etag).toBe(replaced.etag);
  expect(store.writes).toBe(2);
});

test('it did not happen: it is made once more', async () => {
  const writes = new Writes(store);
  store.fault = (count) => (count === 1 ? 'fails' : undefined);
  const created = await writes.create(document('x'), () => false);
  expect((await store.read(created))?.etag).toBe(created.etag);
  expect(store.writes).toBe(2);
});

test('somebody else wrote since: it is stale', async () => {
  const writes = new Writes(store);
  const { etag } = await writes.create(document('x'), () => false);
  store.fault = (count) => (count === 2 ? 'fails' : undefined);
  const mine = writes.replace(document('mine'), etag);
  await store.replace(document('theirs'), etag);
  await expect(mine).rejects.toMatchObject({ code: 'stale' });
});
