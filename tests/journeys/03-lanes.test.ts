import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type City, openCity } from '../harness/city.ts';
import { OPEN_HOURS } from '../harness/world.ts';

const START = Date.parse(OPEN_HOURS);
const ZEIMU = ['takahashi', 'tanaka'];
const NEAR = ['kato', 'kobayashi', 'satoIchiro', 'watanabe', 'yamamoto'];

let city: City;
beforeEach(async () => {
  city = await openCity();
});
afterEach(() => city.world.close());

const sorted = (...names: string[]): string[] => names.sort();

describe('応援: each lane widens step by step, 30 seconds apart', () => {
  test('duty, own section, floor and neighbours, head, department; beside it General Affairs', async () => {
    const { world, sato } = city;
    expect(await city.ring(() => world.says(sato, '応援 2番窓口'))).toEqual(['shimizu', 'suzuki']);
    expect(await city.ring(() => world.pass(29))).toEqual([]);
    expect(await city.ring(() => world.pass(1))).toEqual(sorted(...ZEIMU, 'hayashi', 'mori'));
    expect(city.card(sato)).toMatch(/当番：応答がありません。次の職員を呼んでいます.*10:00:30/);
    expect(city.card(sato)).toMatch(/同じ課の職員：呼び出しています.*10:00:30/);
    expect(await city.ring(() => world.pass(29))).toEqual([]);
    expect(city.card(sato)).toMatch(/同じ課の職員：送信済み・未確認.*10:00:30/);
    // The reminder of everybody called so far falls together with the next step.
    const third = await city.ring(() => world.pass(1));
    expect(third).toEqual(sorted('shimizu', 'suzuki', ...ZEIMU, 'hayashi', 'mori', ...NEAR, 'saito'));
    expect(await city.ring(() => world.pass(30))).toEqual(['channel', 'ito']);
    const fifth = await city.ring(() => world.pass(30));
    expect(fifth).toContain('nakamura');
    await world.pass(1);
    expect(city.card(sato)).toContain('部の全員：送信済み・未確認');
    expect(city.card(sato)).toMatch(/所属長：応答がありません。次の職員を呼んでいます.*10:02:00/);
  });

  test('those of earlier steps are reminded after 60 s, then ever more slowly, up to 5 minutes', async () => {
    await city.world.says(city.sato, '応援 2番窓口');
    await city.world.pass(1300);
    expect(city.alertedAt(city.suzuki, START)).toEqual([0, 60, 120, 240, 420, 660, 960, 1260]);
  });

  test('one lane’s answer silences that lane alone', async () => {
    const { world, sato, suzuki } = city;
    await world.says(sato, '応援 2番窓口');
    await world.presses(suzuki, '向かいます');
    const rung = await city.ring(() => world.pass(120));
    expect(new Set(rung)).toEqual(new Set(['shimizu', 'hayashi', 'mori', 'saito', 'channel']));
    expect(city.card(sato)).toContain('鈴木 健太さんが確認・向かっています');
    expect(city.card(sato)).toContain('総務課長：応答がありません。');
    await world.presses(city.mori, '電話で支援します');
    await world.presses(suzuki, '到着しました');
    expect(await city.ring(() => world.pass(3600))).toEqual([]);
  });

  test('after the last step repetition goes on and General Affairs’ channel is alarmed', async () => {
    const { world, sato } = city;
    await world.says(sato, '応援 2番窓口');
    await world.pass(149);
    const channel = world.directory.generalAffairsChannel ?? '';
    expect(world.alerts(channel)).toHaveLength(1);
    await world.pass(1);
    expect(world.alerts(channel)).toHaveLength(2);
    const code = await world.codeOf(sato);
    const post = world.last(channel);
    expect(post.summary).toMatch(new RegExp(`^【応援】2番窓口\\s${code}$`));
    expect(city.card(channel)).toContain('呼び出した職員から応答がありません。');
    expect(city.card(channel)).toContain(`「応答 ${code}」`);
    expect(post.card.buttons).toEqual([]);
    expect(city.card(sato)).toContain('全員を呼びましたが、まだ誰も確認していません。繰り返し呼んでいます。');
    expect(city.card(sato)).toContain('内線2119へ電話してください。');
    expect(await city.ring(() => world.pass(600))).toEqual(expect.arrayContaining(['suzuki', 'nakamura']));
    expect(world.alerts(channel)).toHaveLength(2);
    await world.says(city.hayashi, `応答 ${code}`);
    expect(city.card(sato)).toContain('林 大輔さんが確認・向かっています');
  });
});

describe('緊急: the near ones at once, the rest 20 seconds apart', () => {
  test('everyone in the section and on the floor and the head, General Affairs, and its channel', async () => {
    const { world, sato } = city;
    const floor = ['kato', 'kobayashi', 'satoIchiro'];
    const affairs = ['hayashi', 'mori', 'shimizu'];
    const first = await city.ring(() => world.says(sato, '緊急 2番窓口'));
    expect(first).toEqual(sorted('suzuki', ...ZEIMU, 'ito', ...floor, ...affairs, 'channel'));
    await world.pass(19);
    expect(world.alerts(city.watanabe)).toEqual([]);
    await world.pass(1);
    for (const next of [city.watanabe, city.yamamoto, city.saito])
      expect(city.alertedAt(next, START)).toEqual([20]);
    await world.pass(20);
    expect(city.alertedAt(city.nakamura, START)).toEqual([40]);
    expect(world.alerts(city.sato)).toEqual([]);
  });
});

describe('who is called', () => {
  test('the caller never is, and one person never fills both lanes', async () => {
    const { world, hayashi, shimizu } = city;
    await world.says(hayashi, '応援 第1会議室');
    await world.pass(300);
    expect(world.alerts(hayashi)).toEqual([]);
    for (const { json } of world.messages(shimizu)) expect(JSON.stringify(json)).not.toContain('call.came');
    // 総務課 is the caller's own section too: each of them is called once a round, in one lane.
    expect(city.alertedAt(shimizu, START)).toEqual([0, 60, 120, 240]);
    const second = city.card(hayashi).split('総務課');
    expect(second[0]).not.toContain('清水');
  });

  test('an empty step is passed at once and shown', async () => {
    const { world, suzuki } = city;
    expect(await city.ring(() => world.says(suzuki, '応援 2番窓口'))).toEqual(['sato', 'shimizu', ...ZEIMU]);
    expect(city.card(suzuki)).toMatch(/当番：呼べる職員がいません。.*10:00:00/);
  });

  test('an unreachable step is passed at once and shown; whoever becomes reachable is reminded', async () => {
    const { world, sato, suzuki } = city;
    world.channel.unreachable.add(suzuki);
    const rung = await city.ring(() => world.says(sato, '応援 2番窓口'));
    expect(rung).toEqual(sorted('shimizu', ...ZEIMU));
    expect(city.card(sato)).toMatch(/当番：届きませんでした。次の職員を呼んでいます.*10:00:00/);
    world.channel.unreachable.delete(suzuki);
    expect(await city.ring(() => world.pass(60))).toContain('suzuki');
  });

  test('nobody can be reached at all: the caller is told to ring, and the engine goes on trying', async () => {
    const { world, sato, suzuki } = city;
    for (const id of [...new Set(Object.values(city))]) {
      if (typeof id === 'string' && id !== sato) world.channel.unreachable.add(id);
    }
    await world.says(sato, '応援 2番窓口');
    await world.pass(30);
    expect(city.card(sato)).toContain('呼び出しが届いた職員がいません。繰り返し呼んでいます。');
    expect(city.card(sato)).toContain('内線2119へ電話してください。');
    world.channel.unreachable.clear();
    await world.pass(60);
    expect(world.alerts(suzuki)).toHaveLength(1);
    expect(city.card(sato)).toContain('送信済み・未確認');
  });

  test.each([
    '応援 2番窓口 課長以外',
    '応援 2番窓口 伊藤課長を除く',
    '応援 2番窓口 伊藤さんに知らせないで',
    '応援 2番窓口 伊藤 誠さんに知らせないで',
  ])('「%s」 leaves the head out of every step', async (text) => {
    await city.world.says(city.sato, text);
    await city.world.pass(200);
    expect(city.world.messages(city.ito)).toEqual([]);
    expect(city.world.alerts(city.nakamura)).not.toEqual([]);
  });

  test('a name that fits nobody is not left out in silence', async () => {
    await city.world.says(city.sato, '応援 2番窓口 黒木さん以外');
    expect(city.world.screen(city.sato)).toContain('「黒木」に当たる職員が見つかりません。');
    expect(city.world.screen(city.sato)).toContain('応援を受け付けました');
  });
});
