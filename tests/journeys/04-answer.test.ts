import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type City, COUNTER, openCity, running } from '../harness/city.ts';

let city: City;
let code: string;
beforeEach(async () => {
  city = await openCity();
  await city.world.says(city.sato, '応援 2番窓口');
  code = await city.world.codeOf(city.sato);
});
afterEach(() => city.world.close());

const NEXT = ['takahashi', 'tanaka'];

describe('向かいます, 電話で支援します, 到着しました', () => {
  test('by button: everybody sees it, the lane is silent, the next button is 到着しました', async () => {
    const { world, sato, suzuki, shimizu } = city;
    expect(await city.ring(() => world.presses(suzuki, '向かいます'))).toEqual([]);
    expect(city.card(suzuki)).toContain('向かうと回答しました');
    expect(city.buttons(suzuki)[0]).toBe('到着しました');
    expect(city.card(sato)).toContain('鈴木 健太さんが確認・向かっています');
    expect(city.card(sato)).toContain('1人で対応中');
    expect(city.card(shimizu)).toContain('鈴木 健太さんが確認・向かっています');
    await world.presses(suzuki, '到着しました');
    expect(city.card(sato)).toContain('鈴木 健太さんが到着しました');
    expect(city.card(sato)).not.toContain('1人で対応中');
    expect(city.buttons(suzuki)).not.toContain('到着しました');
  });

  test.each([
    ['応答 CODE', '鈴木 健太さんが確認・向かっています'],
    ['向かいます', '鈴木 健太さんが確認・向かっています'],
    ['到着しました', '鈴木 健太さんが到着しました'],
    ['到着 CODE', '鈴木 健太さんが到着しました'],
  ])('by text: 「%s」', async (text, shown) => {
    const { world, sato, suzuki } = city;
    await world.says(suzuki, text.replace('CODE', code));
    expect(city.card(sato)).toContain(shown);
    expect(city.card(suzuki)).toContain(shown.replace('鈴木 健太さん', 'あなた'));
    expect(await city.ring(() => world.pass(50))).not.toContain('takahashi');
  });

  test('電話で支援します counts for General Affairs, by button or text, and for nobody else', async () => {
    const { world, sato, suzuki, shimizu } = city;
    expect(city.buttons(suzuki)).not.toContain('電話で支援します');
    await world.says(suzuki, `電話で支援します ${code}`);
    expect(world.screen(suzuki)).toContain('今の立場ではできません');
    expect(city.card(sato)).not.toContain('電話で支援します');
    await world.presses(shimizu, '電話で支援します');
    expect(city.card(sato)).toContain('清水 陽子さんが電話で支援します');
    // Nobody is expected to arrive who supports by telephone.
    expect(await city.ring(() => world.pass(600))).not.toContain('shimizu');
  });

  test('a colleague who hears it and comes unasked is counted', async () => {
    await city.world.says(city.takahashi, `応答 ${code}`);
    expect(city.card(city.sato)).toContain('高橋 直樹さんが確認・向かっています');
    expect(city.buttons(city.takahashi)).toContain('到着しました');
    expect(await city.ring(() => city.world.pass(60))).not.toContain('suzuki');
  });

  test('without a code where several calls are open: which one is asked, nothing changes', async () => {
    const { world, sato, tanaka, suzuki } = city;
    await world.says(tanaka, '応援 3番窓口');
    await world.says(suzuki, '向かいます');
    expect(city.card(suzuki)).toContain(code);
    expect(city.card(suzuki)).toContain(await world.codeOf(tanaka));
    expect(city.card(sato)).not.toContain('向かっています');
    await world.says(suzuki, `向かいます ${code}`);
    expect(city.card(sato)).toContain('鈴木 健太さんが確認・向かっています');
    expect(city.card(tanaka)).not.toContain('向かっています');
  });
});

describe('one effect per tap', () => {
  test('a second press and a redelivery with a new id change nothing and say so', async () => {
    const { world, sato, suzuki } = city;
    const page = world.last(suzuki);
    const [button] = page.card.buttons;
    const tap = world.tap(suzuki, page.activityId, { ...button?.data });
    await world.receive(tap);
    await world.pass(2);
    const before = world.last(sato).updates;
    for (const id of ['second', 'third']) {
      const { body } = await world.receive({ ...tap, id });
      expect(running(JSON.stringify(body))).toContain('この操作はすでに受け付けています。');
    }
    await world.pass(2);
    expect(world.last(sato).updates).toBe(before);
    expect(world.screen(suzuki)).toContain('向かうと回答しました');
  });

  test('向かいます delivered late, after 行けません, does not bring the answer back', async () => {
    const { world, sato, suzuki } = city;
    const page = world.last(suzuki);
    const tap = world.tap(suzuki, page.activityId, { ...page.card.buttons[0]?.data });
    await world.pressesOn(suzuki, page, '向かいます');
    await world.presses(suzuki, '行けません');
    await world.receive({ ...tap, id: 'late' });
    await world.pass(5);
    expect(city.card(sato)).not.toContain('鈴木');
  });
});

describe('行けません', () => {
  test('calls the next people at once, asks no reason and names nobody', async () => {
    const { world, sato, suzuki } = city;
    expect(await city.ring(() => world.presses(suzuki, '行けません'))).toEqual(NEXT);
    expect(city.card(suzuki)).toContain('「行けません」を受け付けました');
    expect(world.last(suzuki).card.inputs).toEqual([]);
    expect(city.card(sato)).not.toContain('鈴木');
    expect(city.card(sato)).not.toContain('行けません');
    expect(await city.ring(() => world.pass(120))).not.toContain('suzuki');
  });

  test('by text, and after 向かいます it reopens the lane at once', async () => {
    const { world, sato, suzuki } = city;
    await world.presses(suzuki, '向かいます');
    expect(await city.ring(() => world.says(suzuki, '行けません'))).toEqual(NEXT);
    expect(city.card(sato)).not.toContain('鈴木');
    expect(city.card(sato)).toContain('まだ誰も確認していません');
    await world.says(suzuki, `向かいます ${code}`);
    expect(city.card(sato)).toContain('鈴木 健太さんが確認・向かっています');
  });

  test('leaves the lane alone while another one is coming', async () => {
    const { world, sato, suzuki, takahashi } = city;
    await world.pass(30);
    await world.presses(suzuki, '向かいます');
    await world.presses(takahashi, '向かいます');
    const rung = await city.ring(async () => {
      await world.presses(suzuki, '行けません');
      await world.pass(25);
    });
    expect(rung).toEqual([]);
    expect(city.card(sato)).toContain('高橋 直樹さんが確認・向かっています');
  });
});

describe('wrong hands change nothing', () => {
  const NOT_YOURS = 'この操作ができるのは、この事案の関係者だけです。';
  const WRONG_ROLE = 'この操作は、今の立場ではできません。';

  test.each(['応答', '到着', '行けません', '対応終了', '私が110番します', '取消'])(
    '「%s」 by somebody of another section who was not called',
    async (word) => {
      const { world, sato, inoue } = city;
      await world.pass(1);
      const before = city.card(sato);
      expect(await city.ring(() => world.says(inoue, `${word} ${code}`))).toEqual([]);
      expect(world.screen(inoue)).toMatch(/関係者だけです|今の立場ではできません/);
      await world.pass(5);
      expect(city.card(sato)).toBe(before);
      expect(world.screen(inoue)).not.toContain('2番窓口');
    },
  );

  test('「緊急」 with somebody else’s code is a cry for help of one’s own: that case stays as it was', async () => {
    const { world, sato, inoue } = city;
    expect(await city.ring(() => world.says(inoue, `緊急 ${code}`))).toContain('kimura');
    expect(city.card(inoue)).toContain('緊急を受け付けました');
    expect(await world.codeOf(inoue)).not.toBe(code);
    expect(city.card(sato)).toContain('応援を受け付けました');
  });

  test('a button’s data of somebody else’s card is no authority', async () => {
    const { world, sato, inoue, suzuki } = city;
    await world.pass(1);
    const before = city.card(sato);
    for (const { data } of world.last(suzuki).card.buttons.slice(0, 3)) {
      const { body } = await world.receive(world.tap(inoue, 'message-1', { ...data, by: suzuki }));
      expect(JSON.stringify(body)).toContain(NOT_YOURS);
    }
    await world.pass(5);
    expect(city.card(sato)).toBe(before);
  });

  test('a counter account cannot come; the caller cannot answer their own call; a responder cannot take it back', async () => {
    const { world, sato, suzuki } = city;
    await world.says(COUNTER, `応答 ${code}`);
    expect(world.screen(COUNTER)).toContain(NOT_YOURS);
    await world.says(sato, `応答 ${code}`);
    expect(world.screen(sato)).toContain(WRONG_ROLE);
    await world.says(suzuki, `取消 ${code}`);
    expect(world.screen(suzuki)).toContain(WRONG_ROLE);
    await world.says(suzuki, `来てくれた ${code}`);
    expect(city.card(sato)).not.toMatch(/向かっています|到着|取消/);
  });

  test('a wrong code, and an answer after the end, get a sentence', async () => {
    const { world, sato, suzuki } = city;
    await world.says(suzuki, '応答 K-0000');
    expect(world.screen(suzuki)).toContain('事案が見つかりません。');
    await world.says(sato, '対応終了');
    await world.says(suzuki, `向かいます ${code}`);
    expect(world.screen(suzuki)).toContain('対応が終わっています');
  });
});
