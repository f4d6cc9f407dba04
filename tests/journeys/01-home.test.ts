import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type City, COUNTER, GUEST, openCity } from '../harness/city.ts';

const HOME = ['緊急', '応援を呼ぶ', '相談', '報告する', '自分の事案', 'English'];

let city: City;
beforeEach(async () => {
  city = await openCity();
});
afterEach(() => city.world.close());

describe('the home card', () => {
  test('comes on install, in Japanese whatever the client says, with what to do when nothing answers', async () => {
    await city.world.installs(city.sato);
    expect(city.buttons(city.sato)).toEqual(HOME);
    expect(city.card(city.sato)).toContain('3秒で受付カードが出なければ 内線2119');
    expect(city.card(city.sato)).toContain('カードが出ていなければ、まだ誰も呼べていません。');
    expect(city.world.messages(city.sato)).toHaveLength(1);
  });

  test.each(['ホーム', 'help', 'ヘルプ', 'HELP!'])('comes on 「%s」', async (text) => {
    await city.world.says(city.sato, text);
    expect(city.buttons(city.sato)).toEqual(HOME);
    expect(city.card(city.sato)).not.toContain('まだ誰も呼んでいません');
  });

  test.each(['今日は暑いですね', 'あああ', '🙂', 'select * from calls'])(
    'comes on 「%s」, which nobody understands, and says that nobody has been called',
    async (text) => {
      expect(await city.ring(() => city.world.says(city.sato, text))).toEqual([]);
      expect(city.buttons(city.sato)).toEqual(HOME);
      expect(city.card(city.sato)).toContain('まだ誰も呼んでいません');
    },
  );

  test('does not come when the app is removed, and comes again with the next installation', async () => {
    const { world, sato } = city;
    await world.installs(sato);
    await world.receive(world.activity(sato, { type: 'installationUpdate', action: 'remove' }));
    expect(world.messages(sato)).toHaveLength(1);
    await world.installs(sato);
    expect(city.buttons(sato)).toEqual(HOME);
    expect(world.messages(sato)).toHaveLength(2);
  });

  test('a counter and somebody outside the directory see what they can use, no more', async () => {
    await city.world.installs(COUNTER, GUEST);
    for (const who of [COUNTER, GUEST]) {
      expect(city.buttons(who)).toEqual(['緊急', '応援を呼ぶ', '相談', 'English']);
      expect(city.card(who)).toContain('内線2119');
    }
  });
});

describe('its buttons', () => {
  beforeEach(() => city.world.installs(city.sato));

  test.each([
    ['緊急', '緊急を受け付けました'],
    ['応援を呼ぶ', '応援を受け付けました'],
    ['相談', '相談を受け付けました'],
  ])('%s calls at once, and the home card says so', async (title, received) => {
    await city.world.presses(city.sato, title);
    const [home] = city.world.messages(city.sato);
    const code = await city.world.codeOf(city.sato);
    expect(home?.card.text).toContain(`呼び出しを受け付けました（${code}）`);
    expect(home?.card.buttons.map((b) => b.title)).toEqual(['事案を開く', ...HOME]);
    expect(city.card(city.sato)).toContain(received);
    expect(city.card(city.sato)).toContain(code);
  });

  test('報告する opens the short form', async () => {
    await city.world.presses(city.sato, '報告する');
    for (const label of ['いつ', 'どこ', 'ひとこと']) expect(city.card(city.sato)).toContain(label);
    expect(city.buttons(city.sato)).toContain('送信');
  });

  test('自分の事案 lists one’s own cases', async () => {
    await city.world.presses(city.sato, '自分の事案');
    expect(city.card(city.sato)).toContain('自分の事案はまだありません');
  });

  test('a counter that asks for a report or for cases is told why not, and nobody is called', async () => {
    const rung = await city.ring(async () => {
      await city.world.says(COUNTER, '報告');
      expect(city.card(COUNTER)).toContain('窓口端末からは報告できません');
      await city.world.says(COUNTER, '自分の事案');
      expect(city.card(COUNTER)).toContain('今の立場ではできません');
      await city.world.says(GUEST, '自分の事案');
      expect(city.card(GUEST)).toContain('職員名簿に登録がないため');
    });
    expect(rung).toEqual([]);
  });
});

describe('the language', () => {
  test('is the organisation’s until a person switches, by word or by button, and back', async () => {
    const { world, sato } = city;
    await world.says(sato, 'English');
    expect(city.card(sato)).toContain('Cards are now in English.');
    expect(city.buttons(sato)).toHaveLength(HOME.length);
    expect(city.buttons(sato).join()).not.toMatch(/緊急|応援|相談/);
    await world.presses(sato, '日本語');
    expect(city.card(sato)).toContain('表示を日本語にしました。');
    expect(city.buttons(sato)).toEqual(HOME);
  });

  test('is kept per person and over a restart: the caller reads Japanese, the responder English', async () => {
    const { world, sato, suzuki } = city;
    await world.says(suzuki, 'English');
    const again = await world.restart();
    city = { ...city, world: again };
    await again.says(sato, '応援 2番窓口');
    expect(again.last(sato).card.text).toContain('応援を受け付けました');
    const page = again.last(suzuki);
    expect(page.summary).toContain('[Assist]');
    expect(page.card.text).toContain('Nobody has answered yet');
    expect(page.card.text).not.toMatch(/呼んでいます|送信済み/);
    await again.says(suzuki, '日本語');
    await again.says(suzuki, '向かいます');
    expect(again.last(suzuki).card.text).toContain('向かうと回答しました');
  });
});
