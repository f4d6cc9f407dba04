import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { World } from '../harness/world.ts';

let world: World;
let sato: string;
let suzuki: string;
let shimizu: string;
const ABUSE = '大声で怒鳴られ、「殺すぞ」と言われました。';

beforeEach(async () => {
  world = await World.open();
  [sato, suzuki, shimizu] = [world.who('佐藤 美咲'), world.who('鈴木 健太'), world.who('清水 陽子')];
  await world.installs(sato, suzuki, shimizu);
  await world.says(sato, '応援 2番窓口');
  await world.presses(sato, '報告する');
  await world.presses(sato, '送信', { what: ABUSE });
  await world.pass(1);
});
afterEach(() => world.close());

const everything = () => world.channel.messages.map((m) => `${m.summary}\n${m.card.text}`).join('\n');
const entry = async () => (await world.app.reports.read(await world.codeOf(sato)))?.entries[0];

test('nothing anywhere says that it is harassment: it is called a proposal, and that people judge', () => {
  expect(everything()).toContain('ハラスメントに当たるかどうかは、人が判断します。');
  expect(everything()).not.toMatch(/ハラスメントです|ハラスメントと認定|該当します|と判定しました/);
});

test('the suggestion changes nothing of the case: no level, no page, no state', async () => {
  const call = await world.app.calls.read(await world.codeOf(sato));
  expect(call?.level).toBe('assist');
  expect(world.alerts(suzuki)).toHaveLength(1);
});

test('nobody but the reporter sees what is suggested, before or after they answer', async () => {
  await world.presses(sato, 'この案でよい');
  await world.pass(60);
  for (const person of [suzuki, shimizu]) expect(world.screen(person)).not.toMatch(/暴言|脅迫|行為のタイプ/);
});

test('words and clause are cited beside each type', async () => {
  const suggestion = (await entry())?.suggestion;
  for (const { evidence, clause } of suggestion?.labels ?? []) {
    expect(clause).toMatch(/^P(7|8|9|1[0-6])$/);
    expect(evidence.length).toBeGreaterThan(0);
    for (const { start, end, text } of evidence) expect(ABUSE.slice(start, end)).toBe(text);
  }
  expect(suggestion?.labels.map(({ id }) => id)).toEqual(expect.arrayContaining(['verbal-abuse', 'threat']));
});

test("the reporter's word is kept beside the suggestion, not instead of it, and is not final either", async () => {
  await world.presses(sato, '修正する');
  await world.presses(sato, '修正を保存', { labels: 'other' });
  const kept = await entry();
  expect(kept?.suggestion?.labels.map(({ id }) => id)).toContain('threat');
  expect(kept?.judgement).toMatchObject({ outcome: 'corrected', labels: ['other'], by: { id: sato } });
  expect(kept?.what).toBe(ABUSE);
  expect(everything()).toContain('決定ではありません。このあと組織として判断します。');
});

test('a confirmation survives a restart, and a second word does not replace the first', async () => {
  await world.presses(sato, 'この案でよい');
  world = await world.restart();
  const again = world.tap(sato, 'x', {
    verb: 'suggestion.correct',
    code: await world.codeOf(sato),
    draft: (await entry())?.draft,
    labels: 'other',
  });
  await world.receive(again);
  expect((await entry())?.judgement?.outcome).toBe('confirmed');
});
