import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { GENERAL_AFFAIRS, HEAD, REPORTER, SECOND } from './harness/people.ts';
import type { Stage } from './harness/stage.ts';
import { openStage } from './harness/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close(), 30_000);

test('「行けません」: no reason is asked and the next people are called at once', async () => {
  const reporter = stage.of(REPORTER);
  const second = stage.of(SECOND);
  await reporter.press('応援を呼ぶ');
  await second.seesLast('佐藤 美咲さんが呼んでいます');
  await second.press('行けません');
  await second.seesLast('「行けません」を受け付けました。ほかの職員を呼びます。');
  // Nobody else of the section has the bot here: passed at once, up to everybody in the department.
  await reporter.seesLast('届きませんでした');
  await stage.of(HEAD).seesLast('佐藤 美咲さんが呼んでいます', 40_000);
  // Promise 8: a refusal is nobody's business.
  expect((await reporter.messages()).at(-1)).not.toMatch(/鈴木 健太/);
  await reporter.screenshot('answers-1-reporter-declined');
  await second.screenshot('answers-1-second-declined');
  await stage.of(HEAD).screenshot('answers-1-head-paged');
  await Promise.all([reporter.fits(), second.fits(), stage.of(HEAD).fits()]);
}, 120_000);

test('General Affairs helps by telephone', async () => {
  await stage.of(GENERAL_AFFAIRS).press('電話で支援します');
  await stage.of(REPORTER).seesLast('清水 陽子さんが電話で支援します');
}, 60_000);

test('an old button does no harm: it answers with the state and a sentence', async () => {
  const head = stage.of(HEAD);
  head.loseUpdates();
  await stage.of(REPORTER).press('対応終了');
  await stage.of(REPORTER).seesLast('対応終了');
  await head.press('向かいます');
  await head.seesLast(/対応が終わっています/);
  expect((await stage.of(REPORTER).messages()).at(-1)).not.toContain('中村 浩一');
  await head.screenshot('answers-2-head-old-button');
}, 60_000);

test('two calls in a row are one case', async () => {
  const reporter = stage.of(REPORTER);
  await reporter.type('おうえん');
  await reporter.seesLast('応援を受け付けました');
  const code = /K-[0-9A-Z]{4,}/.exec((await reporter.messages()).at(-1) ?? '')?.[0] ?? '';
  await reporter.type('緊急 3番窓口');
  await stage.of(GENERAL_AFFAIRS).sees(new RegExp(`緊急.*3番窓口.*${code}`, 's'));
}, 60_000);
