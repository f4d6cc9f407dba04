import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './harness/browser.ts';
import type { Run } from './harness/npmStart.ts';
import { npmStart } from './harness/npmStart.ts';

let folder: string;
let run: Run;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mamori-alarms-'));
  browser = await openBrowser();
  run = npmStart({ MAMORI_DATA: folder, PORT: '0' }, '--fresh');
  const { demoUrl } = await run.ready();
  page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  await page.goto(demoUrl);
}, 120_000);
afterAll(async () => {
  run?.child.kill('SIGTERM');
  await run?.ended;
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

/** As `npm start` says it is done, in another terminal. */
async function press(...more: string[]): Promise<string> {
  const [, place = '', url = ''] = /npm run trigger -- --place (\S+) --url (\S+)/.exec(run.printed()) ?? [];
  const args = ['infra/trigger.ts', '--place', place, '--url', url, ...more];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, MAMORI_DATA: folder },
  });
  return stdout;
}

test('/demo shows what went to telephone and broadcast, newest first, and draws nothing anew without news', async () => {
  const strip = page.getByRole('complementary', { name: '代替連絡' });
  await strip.getByText('まだありません').waitFor();
  const code = /K-[0-9A-Z]+/.exec(await press('--level', 'emergency'))?.[0] ?? '';
  const emergency = strip.getByRole('listitem').filter({ hasText: '緊急の呼び出しです。' });
  await emergency.waitFor();
  expect(await emergency.textContent()).toContain(`場所は、本庁舎1階、市民課、証明コーナーです。`);
  expect(await emergency.textContent()).toContain(code);
  await page.screenshot({ path: 'tests/e2e/screenshots/demo-alarm.png' });
  const element = await emergency.elementHandle();

  await strip.getByRole('listitem').filter({ hasText: 'まだ応答していません' }).first().waitFor();
  const items = await strip.getByRole('listitem').allTextContents();
  expect(items.length).toBeGreaterThan(1);
  expect(items.at(-1)).toContain('緊急の呼び出しです。');
  // Only new ones are drawn: what is being read stays in its place.
  expect(await element?.evaluate((node) => (node as unknown as { isConnected: boolean }).isConnected)).toBe(
    true,
  );
  const heading = await strip.getByRole('heading').textContent();
  expect(heading).toBe('代替連絡（電話・放送）に送った内容');
}, 120_000);
