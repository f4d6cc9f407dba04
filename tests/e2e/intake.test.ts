import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { GENERAL_AFFAIRS, REPORTER } from './harness/people.ts';
import type { Stage } from './harness/stage.ts';
import { openStage } from './harness/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close(), 30_000);

const WHAT = '窓口で「責任者を出せ」と大声で怒鳴られ、机を何度もたたかれました。';

/** Each test goes on where the one before stopped: one case from the short report to its end. */
test('a short report is in the list of General Affairs, and the acceptance gives it a number (R6)', async () => {
  const reporter = stage.of(REPORTER);
  const generalAffairs = stage.of(GENERAL_AFFAIRS);
  await reporter.press('報告する');
  await reporter.sees('ひとこと');
  await reporter.fill('どこ', '2番窓口');
  await reporter.fill('ひとこと', WHAT);
  await reporter.press('送信');
  await reporter.sees('報告を保存しました');
  await generalAffairs.sees('報告が届きました');
  await generalAffairs.type('事案一覧');
  await generalAffairs.seesLast(/事案一覧（要対応）.*報告　2番窓口.*未受付/s);
  await generalAffairs.screenshot('intake-1-list');
  await generalAffairs.fits();
  await generalAffairs.press('開く');
  await generalAffairs.seesLast(/事案 K-.*未受付/s);
  await generalAffairs.screenshot('intake-2-case-new');
  await generalAffairs.fits();
  await generalAffairs.press('受付する');
  await generalAffairs.seesLast('管理番号 令和8年度-0001');
  await generalAffairs.seesLast('受付：清水 陽子さん');
  await generalAffairs.screenshot('intake-3-accepted');
  await generalAffairs.fits();
  await reporter.sees('総務課が受け付けました（令和8年度-0001）');
  await reporter.screenshot('intake-3-reporter-sees-acceptance');
}, 120_000);

test('General Affairs writes the full report on behalf, step by step', async () => {
  const generalAffairs = stage.of(GENERAL_AFFAIRS);
  await generalAffairs.press('報告を記入する');
  await generalAffairs.seesLast('代筆として記録されます');
  await generalAffairs.screenshot('intake-4-steps');
  await generalAffairs.fits();
  await generalAffairs.press('いつ・どこ・だれ');
  await generalAffairs.seesLast('1／8　いつ・どこ・だれ');
  expect(await generalAffairs.value('場所')).toBe('2番窓口');
  // Before anything is chosen: the local client forgets a choice when its window changes size.
  await generalAffairs.screenshot('intake-5-step-basics');
  await generalAffairs.fits();
  await generalAffairs.choose('受付経路', '窓口');
  await generalAffairs.fill('開始', '10:20');
  await generalAffairs.press('保存して次へ');
  await generalAffairs.seesLast('2／8　行為者');
  await generalAffairs.choose('行為者の区分', '市民');
  await generalAffairs.press('保存して次へ');
  await generalAffairs.seesLast('3／8　要求と言動');
  expect(await generalAffairs.value('言動【事実】')).toBe(WHAT);
  await generalAffairs.fill('相手の要求', '延滞金を取り消すこと');
  await generalAffairs.screenshot('intake-6-step-events');
  await generalAffairs.fits();
  await generalAffairs.press('保存して終わる');
  await generalAffairs.seesLast('短い報告 1件、記入 3／8項目');
  await generalAffairs.press('記録を読む');
  await generalAffairs.seesLast(/記録.*この閲覧は記録されました.*（代筆）.*延滞金を取り消すこと/s);
  await generalAffairs.screenshot('intake-7-record');
  await generalAffairs.fits();
  await generalAffairs.press('記録を閉じる');
  await generalAffairs.seesLast('事案 K-');
  expect((await generalAffairs.messages()).join('\n')).not.toContain('延滞金を取り消すこと');
}, 120_000);

test('the types are corrected, a judgement is proposed, and the case is closed', async () => {
  const generalAffairs = stage.of(GENERAL_AFFAIRS);
  await generalAffairs.press('行為のタイプ');
  await generalAffairs.seesLast('当てはまるものをすべて選んでください');
  await generalAffairs.screenshot('intake-8-types');
  await generalAffairs.fits();
  await generalAffairs.tick('時間拘束');
  await generalAffairs.press('保存');
  await generalAffairs.seesLast(/行為のタイプ：.*時間拘束.*清水 陽子さんが設定/s);
  await generalAffairs.press('判断の提案');
  await generalAffairs.seesLast('決裁までは提案です');
  await generalAffairs.screenshot('intake-9-propose');
  await generalAffairs.choose('判断', 'カスタマーハラスメントに当たる');
  await generalAffairs.fill('理由', '大声と威圧が続き、業務が止まったため');
  await generalAffairs.press('保存');
  await generalAffairs.seesLast('判断の提案：カスタマーハラスメントに当たる');
  await generalAffairs.press('担当を決める');
  await generalAffairs.seesLast('担当する職員');
  await generalAffairs.press('保存');
  await generalAffairs.seesLast('担当：清水 陽子さん');
  await generalAffairs.press('対応終了');
  await generalAffairs.seesLast(/対応終了にしました.*対応終了：清水 陽子さん/s);
  await generalAffairs.screenshot('intake-10-closed');
  await generalAffairs.fits();
  await generalAffairs.press('一覧に戻る');
  await generalAffairs.seesLast('対応が必要な事案はありません');
  await generalAffairs.press('すべて');
  await generalAffairs.seesLast('令和8年度-0001');
  await generalAffairs.press('条件で探す');
  await generalAffairs.seesLast('事案を探す');
  await generalAffairs.fill('番号', 'R8-1');
  await generalAffairs.screenshot('intake-11-search');
  await generalAffairs.fits();
  await generalAffairs.press('探す');
  await generalAffairs.seesLast('管理番号 令和8年度-0001');
  await stage.of(REPORTER).sees('総務課の対応は終了しました');
  await stage.of(REPORTER).screenshot('intake-12-reporter-end');
}, 120_000);
