import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type City, COUNTER, openCity, running } from '../harness/city.ts';

const CLAIM = '私が110番します';
const DONE = '通報済み';
const ASSIST_FIRST = ['shimizu', 'suzuki'];

let city: City;
let paged: string[];
beforeEach(async () => {
  city = await openCity();
  const { suzuki, takahashi, tanaka, ito, kobayashi, kato, satoIchiro, shimizu, hayashi, mori } = city;
  paged = [suzuki, takahashi, tanaka, ito, kobayashi, kato, satoIchiro, shimizu, hayashi, mori];
});
afterEach(() => city.world.close());

describe('the 110 task', () => {
  beforeEach(() => city.world.says(city.sato, '緊急 2番窓口'));

  test('stands on every responder’s card with what to say and where the police are to come', () => {
    for (const responder of paged) {
      const card = city.card(responder);
      expect(card).toContain('110番通報引き受けた職員はまだいません。');
      expect(card).toContain('外線番号 0 に続けて 110');
      expect(card).toContain(
        '「事件です。みなと市役所 本庁舎、1階 税務課 2番窓口で、職員の身に危険が及んでいます。',
      );
      expect(card).toContain('住所：みなと市中央1丁目1番1号 みなと市役所 本庁舎');
      expect(card).toContain('入口：正面玄関（中央通り側）');
      expect(city.buttons(responder)).toContain(CLAIM);
    }
  });

  test('the caller reads first how to get away', async () => {
    await city.world.pass(1);
    const card = city.card(city.sato);
    expect(card).toContain('避難：職員用通路から東側階段を使い、北駐車場へ避難してください。');
    expect(card.indexOf('相手から離れ')).toBeLessThan(card.indexOf('送信済み'));
    expect(card).toContain('110番通報：引き受けた職員はまだいません');
  });

  test('who takes it and that it is done is shown on all cards', async () => {
    const { world, sato, suzuki, ito } = city;
    await world.presses(suzuki, CLAIM);
    for (const other of paged.filter((id) => id !== suzuki)) {
      expect(city.card(other)).toContain('鈴木 健太さんが110番します（10:00:00）');
      expect(city.buttons(other)).not.toContain(CLAIM);
    }
    expect(city.card(sato)).toContain('鈴木 健太さんが通報します');
    expect(await city.ring(() => world.pass(15))).toEqual([]);
    await world.says(ito, `${CLAIM} ${await world.codeOf(sato)}`);
    expect(world.screen(ito)).toContain('110番は鈴木 健太さんが引き受けています。');
    await world.presses(suzuki, DONE);
    for (const who of [...paged, sato]) {
      expect(running(world.screen(who))).toMatch(/通報済み　鈴木 健太さん（10:00:15）/);
      const buttons = world.messages(who).flatMap(({ card }) => card.buttons.map(({ title }) => title));
      expect(buttons).not.toContain(CLAIM);
      expect(buttons).not.toContain(DONE);
    }
  });

  test('unclaimed after 15 s it is repeated to all, again and again until it is claimed', async () => {
    const { world, tanaka } = city;
    expect(await city.ring(() => world.pass(14))).toEqual([]);
    const again = await city.ring(() => world.pass(1));
    expect(again).toHaveLength(paged.length);
    for (const who of paged) expect(city.card(who)).toContain('110番をする人がまだ決まっていません。');
    await world.pass(60);
    expect(city.card(tanaka)).toContain('110番をする人がまだ決まっていません。');
    const count = world.alerts(tanaka).length;
    await world.presses(tanaka, CLAIM);
    await world.presses(tanaka, '向かいます');
    await world.presses(tanaka, DONE);
    await world.pass(170);
    expect(world.alerts(tanaka)).toHaveLength(count);
  });

  test('claimed but not done within a minute it is offered to all again', async () => {
    const { world, suzuki, ito } = city;
    await world.presses(suzuki, CLAIM);
    await world.pass(60);
    expect(city.card(ito)).toContain('引き受けた職員はまだいません');
    expect(city.buttons(ito)).toContain(CLAIM);
  });

  test('the caller who rang in person says so with one tap', async () => {
    await city.world.presses(city.sato, DONE);
    expect(city.card(city.suzuki)).toContain('通報済み　佐藤 美咲さん');
  });
});

describe('緊急に切り替える', () => {
  beforeEach(async () => {
    await city.world.says(city.sato, '応援 2番窓口');
    await city.world.presses(city.suzuki, '向かいます');
  });

  test.each([
    ['the caller', 'sato'],
    ['General Affairs', 'shimizu'],
  ] as const)('by %s: those going get a new alerting message, everybody else is paged', async (_, who) => {
    const { world, sato, suzuki } = city;
    const rung = await city.ring(() => world.presses(city[who], '緊急に切り替える'));
    expect(rung).toEqual(expect.arrayContaining(['channel', 'ito', 'kobayashi', 'mori', 'suzuki', 'tanaka']));
    expect(rung.filter((name) => name === 'suzuki')).toHaveLength(1);
    expect(world.last(suzuki).summary).toMatch(/^【緊急】2番窓口/);
    expect(city.card(suzuki)).toContain('向かうと回答しました');
    expect(city.buttons(suzuki)).toContain(CLAIM);
    expect(city.card(sato)).toContain('鈴木 健太さんが確認・向かっています');
    expect(city.card(sato)).toContain('緊急を受け付けました');
    expect(city.buttons(sato)).not.toContain('緊急に切り替える');
  });

  test('by a responder, by button or by text, once', async () => {
    const { world, sato, suzuki } = city;
    const code = await world.codeOf(sato);
    expect(await city.ring(() => world.says(suzuki, `緊急 ${code}`))).toContain('ito');
    expect(city.card(sato)).toContain('緊急を受け付けました');
    expect(await city.ring(() => world.says(city.ito, `緊急に切り替える ${code}`))).toEqual([]);
    expect(world.screen(city.ito)).toContain('緊急に切り替わっています');
    expect(await city.ring(() => world.pass(14))).toEqual([]);
  });
});

describe('対応終了', () => {
  test.each([
    ['a responder', 'suzuki'],
    ['General Affairs', 'shimizu'],
    ['the caller', 'sato'],
  ] as const)(
    'by %s: those going are told by a new alerting message, and nothing rings any more',
    async (_, who) => {
      const { world, sato, takahashi, suzuki } = city;
      await world.says(sato, '緊急 2番窓口');
      await world.presses(takahashi, '向かいます');
      expect(await city.ring(() => world.presses(city[who], '対応終了'))).toEqual(['takahashi']);
      expect(city.card(takahashi)).toContain('対応終了になりました。');
      for (const person of [sato, suzuki, city.shimizu]) {
        expect(city.card(person)).toContain('対応終了');
        const work = person === city.shimizu ? ['事案を処理する'] : [];
        expect(city.buttons(person)).toEqual(['報告する', ...work]);
      }
      expect(await city.ring(() => world.pass(3600))).toEqual([]);
    },
  );

  test('取消（押し間違い） by the caller does the same', async () => {
    const { world, sato, suzuki } = city;
    expect(await city.ring(() => world.says(sato, '応援'))).toEqual(ASSIST_FIRST);
    await world.presses(suzuki, '向かいます');
    expect(await city.ring(() => world.presses(sato, '取消（押し間違い）'))).toEqual(['suzuki']);
    expect(city.card(suzuki)).toContain('呼び出しは取り消されました（押し間違い）。');
    expect(await city.ring(() => world.pass(3600))).toEqual([]);
  });
});

test('a counter’s screen stays quiet: neutral preview, no red, the guidance folded, no alert', async () => {
  const { world, ito } = city;
  await world.installs(COUNTER);
  await world.says(COUNTER, '緊急');
  await world.presses(ito, '向かいます');
  await world.pass(20);
  expect(world.alerts(COUNTER)).toEqual([]);
  const card = world.last(COUNTER);
  expect(card.summary).toMatch(/^確認依頼 K-/);
  expect(JSON.stringify(world.messages(COUNTER).map(({ json }) => json))).not.toMatch(
    /"attention"|"destructive"|"warning"/,
  );
  expect(card.card.text).not.toMatch(/110|避難/);
  expect(card.card.folded).toContain('避難：職員用通路から東側階段を使い');
  expect(card.card.folded).toContain('110番通報：引き受けた職員はまだいません');
  expect(card.card.text).toContain('伊藤 誠さんが確認・向かっています');
  expect(city.buttons(COUNTER)).toContain('来てくれた');
});
