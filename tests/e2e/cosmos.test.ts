import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { cosmosSettings } from '../../infra/local/cosmosServer/start.ts';
import { openCosmosStore } from '../../services/store/cosmos/openCosmosStore.ts';
import type { Key, Stored } from '../../services/store/store.ts';
import { openBrowser } from './harness/browser.ts';
import type { Run } from './harness/npmStart.ts';
import { allGone, npmStart } from './harness/npmStart.ts';
import { openWindow } from './harness/stage.ts';

/** `npm start -- --store cosmos --fresh`, beside a database of the embedded store that is none of its business. */
const OWN = 'the database of the usual runs';
let folder: string;
let browser: Browser;
let run: Run;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mamori-cosmos-'));
  await writeFile(join(folder, 'mamori.sqlite'), OWN);
  browser = await openBrowser();
  // Settings of the terminal that lead elsewhere have no part in it.
  const elsewhere = { COSMOS_ENDPOINT: 'https://city.documents.azure.com/', COSMOS_CONTAINER: 'other' };
  run = npmStart({ MAMORI_DATA: folder, PORT: '0', ...elsewhere }, '--store', 'cosmos', '--fresh');
  await run.ready();
}, 120_000);

afterAll(async () => {
  run.child.kill('SIGTERM');
  await run.ended;
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

test('says that cases vanish when it stops', () => {
  expect(run.printed()).toContain('止めると、事案も報告もすべて消え');
});

test('a call reaches the second member of staff, and is on the Cosmos server', async () => {
  const { windowUrls } = await run.ready();
  const [first = '', second = ''] = windowUrls;
  const reporter = await openWindow(browser, '佐藤', first);
  const colleague = await openWindow(browser, '鈴木', second);
  await reporter.type('応援 2番窓口');
  await colleague.seesLast('佐藤 美咲さんが呼んでいます');
  await colleague.press('向かいます');
  await reporter.seesLast('鈴木 健太さんが確認・向かっています');

  const [code = ''] = /K-[0-9A-Z]+/.exec((await reporter.messages()).at(-1) ?? '') ?? [];
  const call = await kept({ kind: 'call', id: code });
  expect(JSON.stringify(call?.body)).toContain('2番窓口');
}, 60_000);

test('when the server ends by itself, says so, stops the rest and fails; the usual database is as it was', async () => {
  const all = run.started();
  expect(all).toHaveLength(6);
  process.kill(all[0] ?? 0, 'SIGKILL');
  expect(await run.ended).toBe(1);
  expect(run.printed()).toContain('手元の Cosmos サーバーが終了しました（シグナル SIGKILL）');
  await allGone(all);
  expect(await readFile(join(folder, 'mamori.sqlite'), 'utf8')).toBe(OWN);
}, 60_000);

/** What the Cosmos server holds, read past the bot. */
async function kept(key: Key): Promise<Stored | undefined> {
  const [, endpoint = ''] = /保存先 \/ store\s+(http:\S+)/.exec(run.printed()) ?? [];
  const store = await openCosmosStore(cosmosSettings(endpoint));
  const document = await store.read(key);
  await store.close();
  return document;
}
