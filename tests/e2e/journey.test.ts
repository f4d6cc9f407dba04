import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { GENERAL_AFFAIRS, HEAD, REPORTER, SECOND } from './harness/people.ts';
import type { Stage } from './harness/stage.ts';
import { openStage } from './harness/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close(), 30_000);

/** Each test goes on where the one before stopped: one morning at counter 2. */
test('one word calls the second member of staff and General Affairs at once (R4)', async () => {
  const reporter = stage.of(REPORTER);
  const second = stage.of(SECOND);
  const generalAffairs = stage.of(GENERAL_AFFAIRS);
  await reporter.type('応援 2番窓口');
  await reporter.seesLast('応援を受け付けました');
  await reporter.seesLast('まだ誰も確認していません');
  await reporter.seesLast('1人で対応中');
  await Promise.all([
    second.seesLast(/2番窓口.*佐藤 美咲さんが呼んでいます/s),
    generalAffairs.seesLast(/2番窓口.*佐藤 美咲さんが呼んでいます/s),
  ]);
  await reporter.screenshot('journey-1-reporter-called');
  await second.screenshot('journey-1-second-paged');
  await generalAffairs.screenshot('journey-1-general-affairs-paged');
  await Promise.all([reporter.fits(), second.fits(), generalAffairs.fits()]);
  expect(await stage.of(HEAD).messages()).not.toContainEqual(expect.stringContaining('佐藤 美咲'));
}, 120_000);

test('「向かいます」 shows on every card without touching it', async () => {
  await stage.of(SECOND).press('向かいます');
  await stage.of(SECOND).seesLast('向かうと回答しました');
  await Promise.all([
    stage.of(REPORTER).seesLast('鈴木 健太さんが確認・向かっています'),
    stage.of(GENERAL_AFFAIRS).seesLast('鈴木 健太さんが確認・向かっています'),
  ]);
  await stage.of(REPORTER).screenshot('journey-2-reporter-acknowledged');
  await stage.of(SECOND).screenshot('journey-2-second-going');
}, 60_000);

test('General Affairs is silent: the next step is paged, and the reporter sees it', async () => {
  const reporter = stage.of(REPORTER);
  await reporter.seesLast('総務課の当番：応答がありません', 40_000);
  await reporter.seesLast(/総務課の職員：/);
  await reporter.screenshot('journey-3-reporter-next-step');
  await reporter.fits();
}, 90_000);

test('「到着しました」: nobody is alone any more', async () => {
  await stage.of(SECOND).press('到着しました');
  const reporter = stage.of(REPORTER);
  await reporter.seesLast(/鈴木 健太さんが到着しました/);
  expect((await reporter.messages()).at(-1)).not.toContain('1人で対応中');
}, 60_000);

test('a short report: the suggestion quotes the words for 暴言 and 脅迫 (P9, P11)', async () => {
  const reporter = stage.of(REPORTER);
  await reporter.press('報告する');
  await reporter.sees('ひとこと');
  await reporter.fill('ひとこと', '窓口で大声で「ばかやろう」と怒鳴り続け、「殺すぞ」と言われた。');
  await reporter.screenshot('journey-4-report-form');
  await reporter.fits();
  // Cards that change meanwhile, and a window that changes, leave what was typed alone.
  expect(await reporter.value('ひとこと')).toContain('殺すぞ');
  await reporter.press('送信');
  await reporter.sees('報告を保存しました');
  await reporter.seesLast('行為のタイプ（案）');
  await reporter.seesLast(/暴言.*ばかやろう|ばかやろう.*暴言/s);
  await reporter.seesLast(/脅迫.*殺すぞ|殺すぞ.*脅迫/s);
  await reporter.screenshot('journey-5-suggestion');
  await reporter.fits();
}, 90_000);

test('confirmed, the card with the quotes turns neutral (promise 7)', async () => {
  const reporter = stage.of(REPORTER);
  await reporter.press('この案でよい');
  await reporter.seesLast('案のとおり確認しました');
  const last = (await reporter.messages()).at(-1);
  expect(last).not.toContain('殺すぞ');
  await reporter.screenshot('journey-6-confirmed');
}, 60_000);
