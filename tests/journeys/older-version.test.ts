import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Document } from '../../services/store/store.ts';
import { type Casework, openCasework } from '../harness/casework.ts';
import { quickFolder } from '../harness/city.ts';
import { stores } from '../harness/stores.ts';

/**
 * Everything that version 1 of the documents had stored at 10:00:09: an accepted report with a number, a call that
 * 鈴木 is on the way to and General Affairs has not answered, and a saved emergency of which nothing has been sent.
 * Never written again: what a city has stored must be served by every later program (docs/adr/0014).
 */
const STORED = join(import.meta.dirname, '../fixtures/documents/version-1.jsonl');

let city: Casework;
beforeEach(async () => {
  const folder = await quickFolder();
  const store = await stores().open(folder);
  const lines = (await readFile(STORED, 'utf8')).trim().split('\n');
  for (const line of lines) await store.create(JSON.parse(line) as Document);
  city = await openCasework({ folder, store, at: '2026-11-24T10:00:09+09:00' });
});
afterEach(() => city.world.close());

const codeOf = (person: string) => city.world.codeOf(person);

test('what it owed is sent', async () => {
  const { world, kato, shimizu } = city;
  const code = await codeOf(kato);
  const alerts = world.alerts(shimizu).filter(({ summary }) => summary.includes(code));
  expect(alerts.length).toBeGreaterThan(0);
  expect(city.card(kato)).toContain('緊急');
});

test('its timers fire: the next officer is called, and the lane that was answered stays silent', async () => {
  const { world, ito, hayashi, takahashi } = city;
  await world.pass(1);
  const code = await codeOf(ito);
  await world.pass(60);
  const pagesFor = (person: string) => world.alerts(person).filter(({ summary }) => summary.includes(code));
  expect(pagesFor(hayashi).length).toBeGreaterThan(0);
  expect(pagesFor(takahashi)).toEqual([]);
});

test('people go on with its cases to the end', async () => {
  const { world, ito, suzuki, shimizu } = city;
  const code = await codeOf(ito);
  await world.says(suzuki, `到着 ${code}`);
  await world.says(shimizu, `向かいます ${code}`);
  await world.says(ito, '対応終了');
  await world.pass(2);
  expect(city.card(ito)).toContain('対応終了');
  await city.opens(shimizu, code);
  await world.presses(shimizu, '受付する');
  expect((await world.app.calls.read(code))?.handling?.number).toEqual({ year: 2026, n: 2 });
});

test('its record is read, and written on', async () => {
  const { world, sato } = city;
  const code = await codeOf(sato);
  expect(await city.values(code)).toMatchObject({ attendants: '鈴木 健太（10:35到着）' });
  await city.writes(sato, code);
  await world.presses(sato, 'いつ・どこ・だれ');
  expect(city.form(sato).values).toMatchObject({ attendants: '鈴木 健太（10:35到着）' });
  await world.presses(sato, '保存して終わる', { aloneReason: '昼休み' });
  expect(await city.values(code)).toMatchObject({
    aloneReason: '昼休み',
    attendants: '鈴木 健太（10:35到着）',
  });
});

test('its lists hold what they held', async () => {
  const { world, shimizu } = city;
  await world.says(shimizu, '事案一覧');
  expect(city.card(shimizu)).toContain('令和8年度-0001');
});
