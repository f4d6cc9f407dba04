import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type City, COUNTER, openCity } from '../harness/city.ts';

let city: City;
beforeEach(async () => {
  city = await openCity();
});
afterEach(() => city.world.close());

const MINUTES = 60;
const HOURS = 60 * MINUTES;

describe('a call that nobody ended, and the same caller calls again', () => {
  test('within a moment it is one call: nobody is paged twice', async () => {
    const { world, sato, suzuki, shimizu } = city;
    await world.says(sato, '応援 2番窓口');
    await world.presses(suzuki, '向かいます');
    await world.presses(shimizu, '電話で支援します');
    expect(await city.ring(() => world.says(sato, '応援'))).toEqual([]);
  });

  test('after help had arrived it is a new cry for help: both lanes page', async () => {
    const { world, sato, suzuki, shimizu } = city;
    await world.says(sato, '応援 2番窓口');
    await world.presses(suzuki, '向かいます');
    await world.presses(suzuki, '到着しました');
    await world.presses(shimizu, '電話で支援します');
    await world.pass(20 * MINUTES);
    const rung = await city.ring(() => world.says(sato, '助けて 北駐車場'));
    expect(rung).toEqual(expect.arrayContaining(['suzuki', 'shimizu']));
    expect(city.card(sato)).toContain('1人で対応中');
    expect(city.card(suzuki)).toContain('北駐車場');
  });

  test('a counter calls again the next day: yesterday’s arrival counts for nothing', async () => {
    const { world, suzuki, shimizu } = city;
    await world.says(COUNTER, '応援');
    await world.presses(suzuki, '向かいます');
    await world.presses(suzuki, '到着しました');
    await world.presses(shimizu, '電話で支援します');
    await world.pass(24 * HOURS);
    const rung = await city.ring(() => world.says(COUNTER, '応援'));
    expect(rung).toEqual(expect.arrayContaining(['suzuki', 'shimizu']));
    expect(city.card(COUNTER)).not.toContain('到着しました');
  });

  test('whoever is on the way hears that the place has changed', async () => {
    const { world, sato, suzuki } = city;
    await world.says(sato, '応援 2番窓口');
    await world.presses(suzuki, '向かいます');
    expect(await city.ring(() => world.says(sato, '応援 北駐車場'))).toContain('suzuki');
    expect(city.card(suzuki)).toContain('場所が変わりました');
    expect(city.card(suzuki)).toContain('北駐車場');
  });

  test('somebody named as affected the second time is not paged either', async () => {
    const { world, sato, takahashi, tanaka } = city;
    await world.says(sato, '応援 2番窓口 高橋さん');
    await world.says(sato, '応援 田中さん');
    await world.pass(10 * MINUTES);
    expect(world.alerts(takahashi)).toEqual([]);
    expect(world.alerts(tanaka)).toEqual([]);
  });

  test('whoever was paged before the level and the place changed may still come', async () => {
    const { world, sato, satoIchiro } = city;
    await world.says(sato, '応援 1階ロビー');
    await world.pass(61);
    expect(city.buttons(satoIchiro)).toContain('向かいます');
    await world.says(sato, '緊急 第1会議室');
    await world.presses(satoIchiro, '向かいます');
    expect(city.card(sato)).toContain('佐藤 一郎さんが確認・向かっています');
  });
});
