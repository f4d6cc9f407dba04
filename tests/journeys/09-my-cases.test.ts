import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { World } from '../harness/world.ts';

let world: World;
let sato: string;
let suzuki: string;
const COUNTER = '00000000-0000-4000-8000-000000000901';

beforeEach(async () => {
  world = await World.open();
  [sato, suzuki] = [world.who('佐藤 美咲'), world.who('鈴木 健太')];
  await world.installs(sato, suzuki, COUNTER);
});
afterEach(() => world.close());

const list = (person: string) => world.messages(person).findLast((m) => m.summary === '自分の事案');

async function callsAndEnds(person: string, words: string, how = '対応終了'): Promise<string> {
  await world.says(person, words);
  const code = await world.codeOf(person);
  await world.presses(person, how);
  await world.pass(2);
  return code;
}

test('nothing yet is said in so many words', async () => {
  await world.presses(sato, '自分の事案');
  expect(list(sato)?.card.text).toContain('自分の事案はまだありません');
});

test('one line for each case: level, place, code, state; the newest first', async () => {
  const first = await callsAndEnds(sato, '応援 2番窓口');
  const second = await callsAndEnds(sato, '相談', '取消（押し間違い）');
  await world.says(sato, '緊急 1階ロビー');
  const third = await world.codeOf(sato);
  await world.says(sato, '自分の事案');
  const text = list(sato)?.card.text ?? '';
  expect(text).toMatch(
    new RegExp(
      `緊急　1階ロビー.*${third}.*対応中.*相談.*${second}.*取消.*応援　2番窓口.*${first}.*対応終了`,
      's',
    ),
  );
});

test('the state is the one of now, each time it is opened', async () => {
  await world.says(sato, '応援 2番窓口');
  await world.says(sato, '自分の事案');
  expect(list(sato)?.card.text).toContain('対応中');
  await world.presses(sato, '対応終了');
  await world.says(sato, '自分の事案');
  expect(list(sato)?.card.text).toContain('対応終了');
});

test('one tap leads to the case as it is now', async () => {
  const code = await callsAndEnds(sato, '応援 2番窓口');
  await world.says(sato, '相談');
  await world.says(sato, '自分の事案');
  const card = list(sato);
  const open = card?.card.buttons.find((b) => b.data.code === code);
  await world.receive(world.tap(sato, card?.activityId ?? '', { ...open?.data }));
  await world.pass(1);
  expect(world.last(sato).card.text).toMatch(new RegExp(`対応終了.*2番窓口.*${code}`, 's'));
});

test('written reports and cases that somebody else called for me are mine too', async () => {
  await world.says(suzuki, '応援 2番 佐藤美咲さん');
  await world.presses(suzuki, '対応終了');
  await world.says(sato, '報告');
  await world.presses(sato, '送信', { where: '電話', what: '長い電話でした。' });
  await world.says(sato, '自分の事案');
  const text = list(sato)?.card.text ?? '';
  expect(text).toContain('自分が対応した事案');
  expect(text).toContain('報告した事案');
  expect(text).toContain('報告済み');
});

test('no words of a report, and nobody else’s cases', async () => {
  await world.presses(sato, '報告する');
  await world.presses(sato, '送信', { where: '2番窓口', what: '「殺すぞ」と言われました。' });
  await callsAndEnds(suzuki, '応援 収税窓口');
  await world.says(sato, '自分の事案');
  expect(list(sato)?.card.text).not.toMatch(/殺す|収税窓口/);
  await world.says(suzuki, '自分の事案');
  expect(list(suzuki)?.card.text).not.toContain('2番窓口');
});

test('when there are many, the newest are shown and a button leads on to the older ones, and back', async () => {
  const codes: string[] = [];
  for (let i = 0; i < 9; i++) codes.unshift(await callsAndEnds(sato, '相談'));
  const shown = () => codes.filter((code) => list(sato)?.card.text.includes(code));
  await world.says(sato, '自分の事案');
  expect(shown()).toEqual(codes.slice(0, 8));
  await world.presses(sato, '続きを見る');
  expect(shown()).toEqual(codes.slice(8));
  expect(list(sato)?.card.buttons.map((b) => b.title)).not.toContain('続きを見る');
  await world.presses(sato, '最新の事案に戻る');
  expect(shown()).toEqual(codes.slice(0, 8));
});

test('a place in the list that the store did not give leads to the newest', async () => {
  const code = await callsAndEnds(sato, '相談');
  await world.says(sato, '自分の事案');
  const tap = world.tap(sato, list(sato)?.activityId ?? '', { verb: 'cases.open', cursor: 'forged' });
  expect(JSON.stringify((await world.receive(tap)).body)).toContain(code);
});

test('a counter account and a guest have none: they are told why, and nothing else', async () => {
  const guest = '00000000-0000-4000-8000-0000000009ff';
  for (const who of [COUNTER, guest]) {
    await world.says(who, '応援');
    await world.says(who, '自分の事案');
    expect(list(who)).toBeUndefined();
    expect(world.last(who).card.text).toMatch(/できません|登録がないため/);
  }
});
