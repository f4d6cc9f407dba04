import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BRANCH_COUNTER, type City, COUNTER, GUEST, openCity } from '../harness/city.ts';
import { World } from '../harness/world.ts';

let city: City;
beforeEach(async () => {
  city = await openCity();
});
afterEach(() => city.world.close());

describe('one word brings help', () => {
  test('「応援 2番窓口」 pages the second member of staff and General Affairs at once, without a question', async () => {
    const { world, sato, suzuki, shimizu } = city;
    expect(await city.ring(() => world.says(sato, '応援 2番窓口'))).toEqual(['shimizu', 'suzuki']);
    const code = await world.codeOf(sato);
    for (const responder of [suzuki, shimizu]) {
      expect(world.last(responder).summary).toMatch(
        new RegExp(`^【応援】2番窓口\\s佐藤 美咲さん\\s${code}$`),
      );
      expect(city.card(responder)).toContain('2番窓口本庁舎 1階 税務課佐藤 美咲さんが呼んでいます');
      expect(city.buttons(responder)).toContain('向かいます');
    }
    expect(city.card(sato)).toContain('応援を受け付けました2番窓口');
    expect(city.card(sato)).toContain(`${code}　10:00:00 受付`);
    expect(city.card(sato)).toContain('1人で対応中');
    await world.pass(1);
    expect(city.card(sato)).toMatch(/応援職員当番：送信済み・未確認.*まだ誰も確認していません/);
    expect(world.messages(sato)).toHaveLength(1);
  });

  test('「相談」 tells General Affairs alone, and says so', async () => {
    expect(await city.ring(() => city.world.says(city.sato, '相談'))).toEqual(['shimizu']);
    expect(city.card(city.sato)).toContain('相談のため呼び出していません');
    expect(await city.ring(() => city.world.presses(city.sato, '応援を呼ぶ'))).toEqual(['shimizu', 'suzuki']);
    expect(city.card(city.sato)).toContain('応援を受け付けました');
  });

  test('a section’s code phrase calls without a word that a visitor would notice', async () => {
    const { world, sato, kato } = city;
    expect(await city.ring(() => world.says(sato, '7番の資料をお願いします。'))).toEqual([
      'shimizu',
      'suzuki',
    ]);
    expect(await city.ring(() => world.says(kato, '7番の資料をお願いします'))).toEqual([]);
  });

  test('nothing is shown when nothing could be saved, and the caller is told whom to ring', async () => {
    const { world, sato } = city;
    await world.store.close();
    await world.app.receive(world.activity(sato, { type: 'message', text: '応援' }));
    expect(world.channel.messages).toHaveLength(1);
    expect(world.last(`chat-${sato}`).card.text).toMatch(/今は保存.*すぐに内線2119へ電話してください。/);
  });
});

describe('who calls, and for whom', () => {
  test('a colleague calls for somebody: the other one stays unpaged and gets the caller’s card', async () => {
    const { world, sato, suzuki } = city;
    const rung = await city.ring(() => world.says(sato, '応援 2番 鈴木さん'));
    expect(rung).toEqual(['shimizu', 'takahashi', 'tanaka']);
    expect(world.last(city.takahashi).summary).toContain('佐藤 美咲さん');
    expect(city.card(city.takahashi)).toContain('対応している職員：鈴木 健太さん');
    expect(city.card(sato)).toContain('鈴木 健太さんが1人で対応中');
    expect(city.card(suzuki)).toContain('呼び出した人：佐藤 美咲さん');
    await world.presses(suzuki, '来てくれた');
    expect(city.card(sato)).toContain('応援職員が到着しています');
    expect(await city.ring(() => world.pass(600))).not.toContain('suzuki');
  });

  test('a name that fits nobody in the directory may be the visitor’s: it is on no page', async () => {
    await city.world.says(city.sato, '応援 2番 黒木さん');
    expect(city.card(city.suzuki)).toContain('応援　2番');
    expect(city.world.channel.messages.map(({ card, summary }) => card.text + summary).join()).not.toContain(
      '黒木',
    );
  });

  test('a counter account calls for its place', async () => {
    const { world, suzuki } = city;
    expect(await city.ring(() => world.says(COUNTER, '応援'))).toEqual(['shimizu', 'suzuki']);
    expect(world.last(suzuki).summary).toMatch(/^【応援】税務課2番窓口\sK-/);
    expect(world.last(COUNTER).card.text).toContain('税務課2番窓口');
    expect(await city.ring(() => world.says(BRANCH_COUNTER, '応援'))).toEqual(['inoue', 'kimura', 'shimizu']);
  });

  test('somebody who is not in the directory can call: General Affairs is paged', async () => {
    const { world, shimizu } = city;
    expect(await city.ring(() => world.says(GUEST, '応援 1階ロビー'))).toEqual(['shimizu']);
    expect(world.last(shimizu).summary).toMatch(/^【応援】1階ロビー\sClient Nameさん\sK-/);
    expect(city.card(GUEST)).toContain('職員名簿に登録がないため、総務課だけを呼んでいます');
    await world.presses(shimizu, '向かいます');
    expect(city.card(GUEST)).toContain('清水 陽子さんが確認・向かっています');
    await world.presses(GUEST, '対応終了');
    expect(city.card(GUEST)).toContain('対応終了');
  });
});

describe('a second call while one’s own is open', () => {
  test('joins it: same code, nobody is paged twice', async () => {
    const { world, sato } = city;
    await world.says(sato, '応援 2番窓口');
    const code = await world.codeOf(sato);
    expect(await city.ring(() => world.says(sato, 'おうえん'))).toEqual([]);
    expect(city.card(sato)).toContain(code);
    expect(city.card(sato)).toContain('2番窓口');
    expect(world.messages(sato)[0]?.card.text).toContain('最新のカードは下にあります');
  });

  test('has a current card for whoever types its code, even while the old card is being updated', async () => {
    const { world, sato, suzuki } = city;
    await world.says(sato, '応援');
    const asked = world.activity(sato, { type: 'message', text: await world.codeOf(sato) });
    world.channel.before = async (to) => {
      if (to !== sato) return;
      world.channel.before = () => {};
      await world.app.receive(asked);
    };
    await world.presses(suzuki, '向かいます');
    await world.pass(5);
    expect(city.card(sato)).toContain('鈴木 健太さんが確認・向かっています');
    expect(city.buttons(sato)).toContain('対応終了');
  });

  test('raises the level if it is higher, never lowers it', async () => {
    const { world, sato, suzuki } = city;
    await world.says(sato, '応援 2番窓口');
    const code = await world.codeOf(sato);
    const rung = await city.ring(() => world.says(sato, '緊急'));
    expect(rung).toEqual(expect.arrayContaining(['channel', 'ito', 'kobayashi', 'shimizu', 'suzuki']));
    expect(world.last(suzuki).summary).toMatch(new RegExp(`^【緊急】2番窓口\\s佐藤 美咲さん\\s${code}$`));
    expect(await city.ring(() => world.says(sato, '応援'))).toEqual([]);
    expect(city.card(sato)).toContain('緊急を受け付けました');
  });

  test('adds the place: everybody sees where the caller is now', async () => {
    const { world, sato, suzuki } = city;
    await world.says(sato, '応援 2番窓口');
    await world.says(sato, '応援 納税相談室');
    expect(city.card(suzuki)).toContain('納税相談室');
    expect(city.card(sato)).toContain('前の場所：2番窓口');
  });

  test('is a new case once the first has ended', async () => {
    const { world, sato } = city;
    await world.says(sato, '応援');
    const first = await world.codeOf(sato);
    await world.says(sato, '対応終了');
    expect(await city.ring(() => world.says(sato, '応援'))).toEqual(['shimizu', 'suzuki']);
    expect(await world.codeOf(sato)).not.toBe(first);
  });

  test('is the same call when Teams delivers it again, with the same id or a new one', async () => {
    const { world, sato } = city;
    const said = world.activity(sato, { type: 'message', text: '応援' });
    await world.receive(said);
    expect(await city.ring(() => world.receive(said))).toEqual([]);
    expect(world.messages(sato)).toHaveLength(1);
    expect(await city.ring(() => world.receive({ ...said, id: 'again' }))).toEqual([]);
  });

  test('two taps at the very same time are one call', async () => {
    const { world, sato } = city;
    const rung = await city.ring(() =>
      Promise.all([world.says(sato, '応援'), world.says(sato, '緊急 2番窓口'), world.says(sato, '応援')]),
    );
    const { items } = await world.app.calls.casesOf(sato, 9);
    expect(items).toMatchObject([{ level: 'emergency', place: '2番窓口' }]);
    expect(rung).toEqual(expect.arrayContaining(['suzuki', 'shimizu', 'ito']));
    expect(city.card(sato)).toMatch(/緊急を受け付けました.*2番窓口/);
  });

  test('and over two instances on one store', async () => {
    const { world, sato } = city;
    const { folder, clock, channel } = world;
    const other = await World.open({ folder, clock, channel });
    const said = (id: string, text: string) => world.activity(sato, { type: 'message', text, id });
    const rung = await city.ring(() =>
      Promise.all([world.receive(said('a', '応援')), other.receive(said('b', '応援 2番窓口'))]),
    );
    await Promise.all([world.app.engine.runDue(), other.app.engine.runDue()]);
    expect(rung).toEqual(['shimizu', 'suzuki']);
    expect((await other.app.calls.casesOf(sato, 9)).items).toHaveLength(1);
    expect(city.card(sato)).toContain('2番窓口');
    await other.store.close();
  });
});
