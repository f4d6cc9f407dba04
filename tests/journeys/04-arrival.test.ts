import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type City, openCity } from '../harness/city.ts';

let city: City;
beforeEach(async () => {
  city = await openCity();
});
afterEach(() => city.world.close());

const ASKED = '到着しましたか';

describe('来てくれた', () => {
  test('the caller says that help is there: the lane is silent, General Affairs’ goes on', async () => {
    const { world, sato, suzuki } = city;
    await world.says(sato, '応援 2番窓口');
    await world.presses(sato, '来てくれた');
    expect(city.card(sato)).toContain('応援職員が到着しています');
    expect(city.buttons(sato)).not.toContain('来てくれた');
    expect(city.card(suzuki)).toContain('到着しました（現場で確認）');
    const rung = await city.ring(() => world.pass(600));
    expect(rung).toContain('shimizu');
    expect(rung).not.toContain('suzuki');
    expect(rung).not.toContain('takahashi');
  });

  test('by text, and once', async () => {
    const { world, sato } = city;
    await world.says(sato, '応援 2番窓口');
    await world.says(sato, '来てくれた');
    expect(city.card(sato)).toContain('到着しました（現場で確認）');
    await world.says(sato, '来てくれました');
    expect(world.screen(sato)).toContain('この操作はすでに受け付けています。');
  });
});

describe('nobody has arrived in the expected time', () => {
  beforeEach(async () => {
    await city.world.says(city.sato, '応援 2番窓口');
    await city.world.presses(city.shimizu, '電話で支援します');
    await city.world.presses(city.suzuki, '向かいます');
  });

  test('after 3 minutes the responder is asked, 60 seconds later the lane pages again', async () => {
    const { world, sato, suzuki } = city;
    expect(await city.ring(() => world.pass(179))).toEqual([]);
    expect(await city.ring(() => world.pass(1))).toEqual(['suzuki']);
    expect(city.card(suzuki)).toContain(ASKED);
    expect(world.last(suzuki).summary).toContain('到着の確認');
    expect(city.buttons(suzuki).slice(0, 3)).toEqual(['到着しました', '向かいます', '行けません']);
    expect(city.card(sato)).toContain('到着したかどうかを確認しています');
    expect(await city.ring(() => world.pass(59))).toEqual([]);
    expect(await city.ring(() => world.pass(1))).toEqual(['suzuki', 'takahashi', 'tanaka']);
    expect(city.card(sato)).toContain('鈴木 健太さんの到着が未確認です');
    await world.pass(1);
    expect(city.card(sato)).toContain('まだ誰も確認していません');
    await world.presses(suzuki, '到着しました');
    expect(city.card(sato)).toContain('鈴木 健太さんが到着しました');
    expect(await city.ring(() => world.pass(600))).toEqual([]);
  });

  test('到着しました, before or after the question, ends the asking', async () => {
    const { world, suzuki } = city;
    await world.pass(180);
    await world.presses(suzuki, '到着しました');
    expect(await city.ring(() => world.pass(1200))).toEqual([]);
  });

  test('来てくれた answers it too', async () => {
    await city.world.pass(180);
    await city.world.presses(city.sato, '来てくれた');
    expect(await city.ring(() => city.world.pass(1200))).toEqual([]);
  });

  test('向かいます pressed again after the question is news: three more minutes', async () => {
    const { world, sato, suzuki } = city;
    await world.pass(180);
    await world.presses(suzuki, '向かいます');
    expect(city.card(sato)).not.toContain('確認しています');
    expect(await city.ring(() => world.pass(179))).toEqual([]);
    expect(await city.ring(() => world.pass(1))).toEqual(['suzuki']);
    expect(await city.ring(() => world.pass(60))).toEqual(['suzuki', 'takahashi', 'tanaka']);
  });
});

test('a far place has its own expected time', async () => {
  const { world, sato, suzuki } = city;
  await world.says(sato, '応援 北駐車場');
  await world.presses(city.shimizu, '電話で支援します');
  await world.presses(suzuki, '向かいます');
  expect(await city.ring(() => world.pass(299))).toEqual([]);
  expect(await city.ring(() => world.pass(1))).toEqual(['suzuki']);
  expect(city.card(suzuki)).toContain(ASKED);
});
