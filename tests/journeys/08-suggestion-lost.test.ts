import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type City, openCity } from '../harness/city.ts';

const WORDS = '窓口で「殺すぞ」と言われました';
const QUOTE = /殺すぞ/;

let city: City;
beforeEach(async () => {
  city = await openCity();
  await city.world.installs(city.sato, city.shimizu);
});
afterEach(() => city.world.close());

const quoting = () => city.world.messages(city.sato).filter((m) => QUOTE.test(m.card.text));
const titled = (title: string) =>
  city.world.messages(city.sato).find((m) => m.card.buttons.some((b) => b.title === title));

/** The suggestion arrives, but the answer that it did is lost: it is sent again. */
async function reports(): Promise<void> {
  const { world, sato } = city;
  await world.presses(sato, '報告する');
  let isFirst = true;
  const { send } = world.channel;
  world.channel.send = async (to, message) => {
    const outcome = await send.call(world.channel, to, message);
    if (!QUOTE.test(JSON.stringify(message.card)) || !isFirst) return outcome;
    isFirst = false;
    return { kind: 'uncertain', reason: 'reset' };
  };
  await world.presses(sato, '送信', { what: WORDS, where: '2番窓口' });
  await world.pass(60);
}

test('sent twice, the second carries no quotes and leads to them by a tap, which is logged', async () => {
  const { world, sato } = city;
  await reports();
  expect(quoting()).toHaveLength(1);
  const second = titled('案を見る');
  expect(second?.card.text).not.toMatch(QUOTE);
  const views = async () => (await world.app.views.list(await world.codeOf(sato), 50)).items.length;
  const before = await views();
  await world.presses(sato, '案を見る');
  expect(second?.card.text).toMatch(QUOTE);
  expect(second?.card.buttons.map((b) => b.title)).toEqual(['この案でよい', '修正する']);
  expect(await views()).toBe(before + 1);
});

test('answered on the first, no quotes are left and the second has nothing more to open', async () => {
  const { world, sato } = city;
  await reports();
  const [first] = quoting();
  if (first === undefined) throw new Error('no quotes');
  await world.pressesOn(sato, first, 'この案でよい');
  await world.pass(60);
  expect(quoting()).toEqual([]);
  expect(titled('案を見る')).toBeUndefined();
});

test('both opened, answered on one: the other turns neutral too', async () => {
  const { world, sato } = city;
  await reports();
  const [first] = quoting();
  if (first === undefined) throw new Error('no quotes');
  await world.pressesOn(sato, first, '修正する');
  await world.presses(sato, '案を見る');
  const second = titled('この案でよい');
  if (second === undefined) throw new Error('not opened');
  await world.pressesOn(sato, second, 'この案でよい');
  await world.pass(60);
  expect(quoting()).toEqual([]);
});

test('nobody else opens it, and once it is answered nobody does', async () => {
  const { world, sato, shimizu } = city;
  await reports();
  const second = titled('案を見る');
  const open = second?.card.buttons.find((b) => b.title === '案を見る')?.data ?? {};
  const opens = async (who: string) =>
    JSON.stringify((await world.receive(world.tap(who, second?.activityId ?? '', { ...open }))).body);
  expect(await opens(shimizu)).not.toMatch(QUOTE);
  const [first] = quoting();
  if (first === undefined) throw new Error('no quotes');
  await world.pressesOn(sato, first, 'この案でよい');
  expect(await opens(sato)).not.toMatch(QUOTE);
  expect(await opens(sato)).toContain('この案は確認済みです');
});
