import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { GENERAL_AFFAIRS, REPORTER, SECOND } from './harness/people.ts';
import type { Stage } from './harness/stage.ts';
import { openStage } from './harness/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close(), 30_000);

test('緊急 puts the 110 task with its words on every responder’s card (R11)', async () => {
  const reporter = stage.of(REPORTER);
  await reporter.press('緊急');
  await reporter.seesLast('緊急を受け付けました');
  await reporter.seesLast('相手から離れ、安全な場所へ移動してください');
  for (const responder of [stage.of(SECOND), stage.of(GENERAL_AFFAIRS)]) {
    await responder.seesLast(/緊急/);
    await responder.seesLast('みなと市中央1丁目1番1号');
    await responder.seesLast('正面玄関');
    await responder.seesLast('外線番号 0 に続けて 110');
    await responder.seesLast('事件です。');
    await responder.fits();
  }
  await reporter.screenshot('emergency-1-reporter');
  await stage.of(SECOND).screenshot('emergency-1-second');
  await stage.of(GENERAL_AFFAIRS).screenshot('emergency-1-general-affairs');
}, 120_000);

test('General Affairs’ channel is told at once', async () => {
  const { page } = stage.of(GENERAL_AFFAIRS);
  await page.getByRole('treeitem', { name: /カスハラ対応/ }).click();
  await page.getByText('緊急の呼び出しがありました').waitFor();
  await page.screenshot({ path: 'tests/e2e/screenshots/emergency-1-channel.png' });
  await page.getByRole('treeitem', { name: 'Personal Chat' }).click();
}, 60_000);

test('claimed on one card, it shows on the others; then 通報済み on all', async () => {
  const [reporter, second, generalAffairs] = [REPORTER, SECOND, GENERAL_AFFAIRS].map((who) => stage.of(who));
  await second?.press('私が110番します');
  await generalAffairs?.seesLast('鈴木 健太さんが110番します');
  await reporter?.seesLast(/110番通報：鈴木 健太さんが通報します/);
  await generalAffairs?.screenshot('emergency-2-general-affairs-claimed');
  await second?.press('通報済み');
  await generalAffairs?.seesLast(/通報済み　鈴木 健太さん/);
  await reporter?.seesLast(/通報済み　鈴木 健太さん/);
  await reporter?.screenshot('emergency-3-reporter-done');
}, 90_000);

test('対応終了 reaches those who were called as a new message', async () => {
  const second = stage.of(SECOND);
  await second.press('向かいます');
  await stage.of(REPORTER).seesLast('鈴木 健太さんが確認・向かっています');
  const before = (await second.messages()).length;
  await stage.of(REPORTER).press('対応終了');
  await second.seesLast('向かう必要はありません');
  expect((await second.messages()).length).toBeGreaterThan(before);
  await second.screenshot('emergency-4-second-ended');
  await stage.of(REPORTER).screenshot('emergency-4-reporter-ended');
}, 90_000);
