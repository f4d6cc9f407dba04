import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { GENERAL_AFFAIRS, REPORTER, SECOND } from './harness/people.ts';
import type { Stage } from './harness/stage.ts';
import { openStage } from './harness/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close(), 30_000);

const WHAT = '昨日と同じ人から、また同じ苦情の電話があった。';

test('a mistake is shown at its field, and nothing typed is lost', async () => {
  const reporter = stage.of(REPORTER);
  await reporter.press('報告する');
  await reporter.sees('ひとこと');
  await reporter.fill('どこ', '');
  await reporter.fill('ひとこと', WHAT);
  await reporter.press('送信');
  await reporter.seesLast('どこでのことか入力してください');
  expect(await reporter.value('ひとこと')).toBe(WHAT);
  await reporter.screenshot('forms-1-error-at-field');
  await reporter.fits();
  await reporter.fill('どこ', '税務課の電話');
  await reporter.press('送信');
  await reporter.sees('報告を保存しました');
  await reporter.screenshot('forms-2-saved');
}, 90_000);

test('a report without 「今も危険」 pages nobody; with it, help is called', async () => {
  const reporter = stage.of(REPORTER);
  expect(await stage.of(SECOND).messages()).not.toContainEqual(expect.stringContaining('佐藤 美咲'));
  await reporter.type('報告する');
  await reporter.seesLast('ひとこと');
  await reporter.fill('どこ', '2番窓口');
  await reporter.fill('ひとこと', 'カウンターを叩いて怒鳴っている');
  await reporter.tick('今も危険');
  await reporter.press('送信');
  await stage.of(SECOND).sees(/緊急.*佐藤 美咲さん/s);
  await stage.of(GENERAL_AFFAIRS).sees(/緊急.*佐藤 美咲さん/s);
  await reporter.screenshot('forms-3-reported-danger');
}, 90_000);

test('a person switches to English and back; the others keep Japanese', async () => {
  const generalAffairs = stage.of(GENERAL_AFFAIRS);
  await generalAffairs.type('English');
  await generalAffairs.seesLast('日本語');
  await generalAffairs.screenshot('forms-4-english');
  await generalAffairs.fits();
  await stage.of(REPORTER).type('ホーム');
  await stage.of(REPORTER).seesLast('応援を呼ぶ');
  await generalAffairs.type('日本語');
  await generalAffairs.seesLast('応援を呼ぶ');
}, 60_000);
