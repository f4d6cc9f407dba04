import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Local } from '../../infra/local/local.ts';
import { startLocal } from '../../infra/local/local.ts';
import { openBrowser } from './harness/browser.ts';
import { openWindow } from './harness/stage.ts';

let folder: string;
let browser: Browser;
let local: Local;

/** @param windows port of the first window */
const start = (windows: number) =>
  startLocal({
    dataFolder: folder,
    organizationFile: 'infra/local/organization.yaml',
    windowsFile: 'infra/local/windows.yaml',
    ports: { bot: 0, windows },
    fresh: false,
    store: 'cosmos',
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mamori-restart-'));
  browser = await openBrowser();
  local = await start(0);
}, 120_000);

afterAll(async () => {
  await local?.stop();
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

test('a window left open says that it is cut off, and opens again without the cards of cases that are gone', async () => {
  const { url = '' } = local.windows[0] ?? {};
  const reporter = await openWindow(browser, '佐藤', url);
  await reporter.type('応援 2番窓口');
  await reporter.seesLast('送信済み・未確認');
  const [code = ''] = /K-[0-9A-Z]+/.exec((await reporter.messages()).at(-1) ?? '') ?? [];

  await local.stop();
  await reporter.page.getByText('まもりとの接続が切れました').waitFor();
  local = await start(Number(new URL(url).port));
  expect(local.windows[0]?.url).toBe(url);
  await reporter.page.getByText('まもりとの接続が切れました').waitFor({ state: 'detached' });
  await reporter.seesLast('応援を呼ぶ');
  expect(await reporter.messages()).toHaveLength(1);

  await reporter.type(`応答 ${code}`);
  await reporter.seesLast('事案が見つかりません');
}, 120_000);
