import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from './harness/browser.ts';
import type { Run } from './harness/npmStart.ts';
import { allGone, npmStart } from './harness/npmStart.ts';
import { openWindow } from './harness/stage.ts';

/** A port that is taken, so that the bot has to find another. */
const taken = createServer();
let folder: string;
let environment: Record<string, string>;
let browser: Browser;
let run: Run;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mamori-start-'));
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  environment = { MAMORI_DATA: folder, PORT: String((taken.address() as AddressInfo).port) };
  browser = await openBrowser();
  run = npmStart(environment, '--fresh');
  await run.ready();
}, 120_000);

afterAll(async () => {
  run.child.kill('SIGTERM');
  await run.ended;
  await browser.close();
  taken.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

test('prints the addresses; a free port is taken where one is taken', async () => {
  const { demoUrl, windowUrls } = await run.ready();
  expect(demoUrl).not.toContain(`:${environment.PORT}/`);
  expect(new Set(windowUrls).size).toBe(4);
  for (const name of ['佐藤 美咲', '鈴木 健太', '清水 陽子', '中村 浩一'])
    expect(run.printed()).toContain(name);
});

test('/demo shows the four windows side by side under name and post', async () => {
  const { demoUrl } = await run.ready();
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  await page.goto(demoUrl);
  const headings = await page.locator('main').getByRole('heading', { level: 2 }).allInnerTexts();
  expect(headings).toEqual([
    '佐藤 美咲 税務課 主任',
    '鈴木 健太 税務課 主事',
    '清水 陽子 総務課 主査',
    '中村 浩一 税務部長',
  ]);
  const frames = page.locator('iframe');
  for (const n of [0, 1, 2, 3]) {
    await frames.nth(n).contentFrame().getByRole('button', { name: '応援を呼ぶ' }).last().waitFor();
  }
  const tops = await Promise.all([0, 1, 2, 3].map(async (n) => (await frames.nth(n).boundingBox())?.y));
  expect(new Set(tops).size).toBe(1);
  await page.screenshot({ path: 'tests/e2e/screenshots/demo.png' });
  await page.setViewportSize({ width: 1000, height: 900 });
  const rows = await Promise.all([0, 1, 2, 3].map(async (n) => (await frames.nth(n).boundingBox())?.y));
  expect(new Set(rows).size).toBe(2);
  await page.close();
}, 60_000);

test('a page reaches somebody whose window is not open yet, and is still there after a reload', async () => {
  const { windowUrls } = await run.ready();
  const [first = '', second = ''] = windowUrls;
  const reporter = await openWindow(browser, '佐藤', first);
  await reporter.type('応援 2番窓口');
  await reporter.seesLast('送信済み・未確認');
  const late = await openWindow(browser, '鈴木', second);
  await late.seesLast('佐藤 美咲さんが呼んでいます');
  await late.page.reload();
  await late.seesLast('佐藤 美咲さんが呼んでいます');
  await reporter.press('取消（押し間違い）');
  await late.sees('向かう必要はありません');
}, 60_000);

test('the same folder is not used twice', async () => {
  const again = npmStart(environment);
  expect(await again.ended).toBe(1);
  expect(again.printed()).toContain('別の実行');
}, 60_000);

test('when one part ends by itself, says which, stops the rest and fails', async () => {
  const all = run.started();
  expect(all).toHaveLength(5);
  process.kill(all.at(-1) ?? 0, 'SIGKILL');
  expect(await run.ended).toBe(1);
  expect(run.printed()).toMatch(/Teams の窓（.+）が終了しました（シグナル SIGKILL）/);
  await allGone(all);
}, 60_000);

test('Ctrl+C stops everything it started; so does the end of the terminal', async () => {
  run = npmStart(environment);
  await run.ready();
  const all = run.started();
  run.child.kill('SIGINT');
  expect(await run.ended).toBe(0);
  await allGone(all);

  run = npmStart(environment);
  await run.ready();
  const orphans = run.started();
  run.child.kill('SIGKILL');
  await allGone(orphans);
}, 120_000);
