import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { GENERAL_AFFAIRS, HEAD, REPORTER } from './harness/people.ts';
import type { Stage } from './harness/stage.ts';
import { openStage } from './harness/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close(), 30_000);

/** Each test goes on where the one before stopped: one record, written by two people at the same time. */
test('two people change the same field: the second sees who changed what, and keeps their own words', async () => {
  const reporter = stage.of(REPORTER);
  const generalAffairs = stage.of(GENERAL_AFFAIRS);
  await generalAffairs.press('報告する');
  await generalAffairs.sees('だれの報告か');
  await generalAffairs.fill('だれの報告か', '佐藤 美咲');
  await generalAffairs.fill('どこ', '2番窓口');
  await generalAffairs.fill('ひとこと', '電話で聞き取り。窓口で大声を出されたとのこと。');
  await generalAffairs.screenshot('contributors-1-on-behalf');
  await generalAffairs.fits();
  await generalAffairs.press('送信');
  await generalAffairs.sees('報告を保存しました');
  await reporter.sees('報告を受け付けました');
  await reporter.screenshot('contributors-2-employee-learns-of-it');
  await reporter.press('記録と経過');
  await reporter.seesLast('事案 K-');
  await reporter.press('報告を記入する');
  await reporter.press('要求と言動');
  await reporter.seesLast('3／7　要求と言動');
  await generalAffairs.press('報告を記入する');
  await generalAffairs.press('要求と言動');
  await generalAffairs.sees('3／8　要求と言動');

  await reporter.fill('相手の要求', '延滞金を取り消してほしい');
  await reporter.press('保存して終わる');
  await reporter.seesLast('保存しました');
  await reporter.screenshot('contributors-3-reporter-case');
  await generalAffairs.fill('相手の要求', '延滞金の減額');
  await generalAffairs.press('保存して次へ');
  await generalAffairs.sees(/佐藤 美咲さんが.*「延滞金を取り消してほしい」へ変更しました/);
  expect(await generalAffairs.value('相手の要求')).toBe('延滞金の減額');
  await generalAffairs.screenshot('contributors-4-conflict');
  await generalAffairs.fits();
  await generalAffairs.press('保存して終わる');
  await generalAffairs.sees('保存しました');
}, 120_000);

test('the head of the department finds the case from the acceptance on, and only reads', async () => {
  const generalAffairs = stage.of(GENERAL_AFFAIRS);
  const head = stage.of(HEAD);
  await head.type('事案一覧');
  await head.seesLast('当てはまる事案はありません');
  await generalAffairs.press('受付する');
  await generalAffairs.sees('管理番号 令和8年度-0001');
  await head.type('事案一覧');
  await head.seesLast('令和8年度-0001');
  await head.press('開く');
  await head.seesLast('事案 K-');
  await head.screenshot('contributors-5-head');
  await head.fits();
  expect((await head.messages()).at(-1)).not.toMatch(/受付する|報告を記入する|対応終了\n/);
  await head.press('記録を読む');
  await head.seesLast(/（代筆）.*延滞金の減額.*訂正前：延滞金を取り消してほしい/s);
  await head.screenshot('contributors-6-head-record');
  await head.press('記録を閉じる');
  await head.seesLast('事案 K-');
}, 90_000);
