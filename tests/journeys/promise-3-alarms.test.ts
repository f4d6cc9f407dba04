import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type City, openCity } from '../harness/city.ts';

let city: City;
let channel: string;
beforeEach(async () => {
  city = await openCity();
  channel = city.world.directory.generalAffairsChannel ?? '';
});
afterEach(() => city.world.close());

const HOUR = 3_600;
const posts = () => city.world.messages(channel);

describe('an alarm is owed until somebody has it', () => {
  test('the channel answers 502 for ever: people of General Affairs are told instead', async () => {
    const { world, sato, hayashi, saito, mori } = city;
    world.channel.fail(
      channel,
      ...Array.from({ length: 500 }, () => ({ kind: 'uncertain' as const, reason: '502' })),
    );
    await world.says(sato, '緊急 2番窓口');
    await world.pass(HOUR);
    const told = [hayashi, saito, mori].filter((id) =>
      world.messages(id).some(({ alert, card }) => alert && card.buttons.length === 0),
    );
    expect(told.length).toBeGreaterThan(0);
  });

  test('nobody can be reached at first: the alarm arrives when the channel is back', async () => {
    const { world, sato } = city;
    for (const id of [channel, ...world.directory.generalAffairsFallback(world.clock.now())]) {
      world.channel.unreachable.add(id);
    }
    await world.says(sato, '緊急 2番窓口');
    await world.pass(600);
    expect(posts()).toEqual([]);
    world.channel.unreachable.delete(channel);
    await world.pass(120);
    expect(posts().length).toBeGreaterThan(0);
  });

  test('danger read in a report reaches the channel, and the next person when the duty person cannot be reached', async () => {
    const { world, sato, shimizu, saito } = city;
    world.channel.unreachable.add(shimizu);
    await world.says(sato, '報告');
    await world.presses(sato, '送信', { where: '2番窓口', what: '包丁を見せて「殺すぞ」と言われました。' });
    await world.pass(5);
    expect(posts().at(-1)?.card.text).toContain('危険を示す記述');
    expect(city.card(saito)).toContain('危険を示す記述');
  });
});

describe('cards that could not be updated', () => {
  test('the caller’s card is refused once: a new one follows the state', async () => {
    const { world, sato, suzuki } = city;
    await world.says(sato, '応援 2番窓口');
    world.channel.fail(sato, { kind: 'rejected', reason: 'HTTP 400' });
    await world.pass(31);
    await world.presses(suzuki, '向かいます');
    await world.pass(100);
    expect(city.card(sato)).toContain('鈴木 健太さんが確認・向かっています');
  });

  test('a page that may have arrived does not go on asking after the call was taken back', async () => {
    const { world, sato, suzuki } = city;
    world.channel.fail(suzuki, 'answer-lost');
    await world.says(sato, '応援 2番窓口');
    await world.says(sato, '取消');
    await world.pass(60);
    expect(city.card(suzuki)).toContain('取消');
    expect(city.buttons(suzuki)).not.toContain('向かいます');
  });

  test.each(['取消', '対応終了'])('nor one that was under way while the caller said %s', async (words) => {
    const { world, sato, suzuki } = city;
    world.channel.fail(suzuki, 'answer-lost');
    let said = false;
    world.channel.before = async (to) => {
      if (to !== suzuki || said) return;
      said = true;
      await world.app.receive(world.activity(sato, { type: 'message', text: words }));
    };
    await world.says(sato, '応援 2番窓口');
    await world.pass(60);
    expect(world.messages(suzuki).length).toBeGreaterThan(1);
    expect(city.buttons(suzuki)).not.toContain('向かいます');
  });

  test('a closed case is not sent after for ever', async () => {
    const { world, sato, takahashi } = city;
    let tries = 0;
    world.channel.unreachable.add(takahashi);
    await world.says(sato, '応援 2番窓口 高橋さん');
    await world.says(sato, '対応終了');
    world.channel.before = (to) => {
      if (to === takahashi) tries += 1;
    };
    await world.pass(3 * HOUR);
    expect(tries).toBeLessThan(15);
  });
});

test('the post in the channel follows the end: nobody is sent there any more', async () => {
  const { world, sato } = city;
  await world.says(sato, '緊急 2番窓口');
  expect(posts()[0]?.card.text).toContain('現場へ向かってください');
  await world.says(sato, '取消');
  await world.pass(1);
  expect(posts()[0]?.card.text).toContain('取り消されました');
  expect(posts()[0]?.card.text).not.toContain('現場へ向かってください');
});

test('danger in a report that is written after the end still reaches the channel', async () => {
  const { world, sato } = city;
  await world.says(sato, '応援 2番窓口');
  await world.presses(sato, '対応終了');
  await world.presses(sato, '報告する');
  await world.presses(sato, '送信', { what: '包丁を見せて「殺すぞ」と言われました。' });
  await world.pass(5);
  expect(posts().at(-1)?.card.text).toContain('危険を示す記述');
});
