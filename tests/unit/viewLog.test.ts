import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../services/store/sqlite/sqliteStore.ts';
import type { DocumentStore } from '../../services/store/store.ts';
import { createViewLog } from '../../services/views/viewLog.ts';
import { quickFolder } from '../harness/city.ts';
import { FaultyStore } from '../harness/faultyStore.ts';

let store: DocumentStore;
let folder = '';
let now = 0;
const clock = { now: () => now };

beforeEach(async () => {
  now = 1_000;
  folder = await quickFolder();
  store = await openSqliteStore({ path: `${folder}/mamori.sqlite` });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const SATO = { id: 'sato', name: '佐藤 美咲' };
const MORI = { id: 'mori', name: '森 智子' };

test('keeps every opening, newest first, for its case alone, page by page (promise 7)', async () => {
  const views = createViewLog(store, clock);
  for (const [who, what] of [
    [SATO, 'suggestion'],
    [SATO, 'suggestion'],
    [MORI, 'record'],
  ] as const) {
    now += 1_000;
    await views.write('K-7F3Q', who, what);
  }
  await views.write('K-OTHR', MORI, 'record');
  const first = await views.list('K-7F3Q', 2);
  expect(first.items.map(({ at, name, what }) => [at, name, what])).toEqual([
    [4_000, '森 智子', 'record'],
    [3_000, '佐藤 美咲', 'suggestion'],
  ]);
  const second = await views.list('K-7F3Q', 2, first.next);
  expect(second.items.map(({ at }) => at)).toEqual([2_000]);
  expect(second.next).toBeUndefined();
});

test('a write whose answer got lost is one view; one that is never answered is an error, so nothing is shown', async () => {
  const faulty = new FaultyStore(store);
  const views = createViewLog(faulty, clock);
  faulty.fault = (count) => (count === 1 ? 'lost' : undefined);
  await views.write('K-7F3Q', SATO, 'record');
  expect((await views.list('K-7F3Q', 10)).items).toHaveLength(1);
  faulty.fault = () => 'fails';
  await expect(views.write('K-7F3Q', SATO, 'record')).rejects.toMatchObject({ code: 'unavailable' });
  expect((await views.list('K-7F3Q', 10)).items).toHaveLength(1);
});
