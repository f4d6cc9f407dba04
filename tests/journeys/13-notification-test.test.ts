import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type City, openCity } from '../harness/city.ts';

const CHANNEL = '19:general-affairs@thread.tacv2';
const HOUR = 3_600;
const DAY = 24 * HOUR;
/** The last working day of November, an hour before the day's end; the test is due on Tuesday, 1 December, 10:00. */
const BEFORE = '2026-11-30T17:00:00+09:00';
const TO_TEST = 17 * HOUR;

let city: City;
beforeEach(async () => {
  city = await openCity({ at: BEFORE });
  await city.world.app.onOrganizationChanged();
  await city.world.installs(city.shimizu, city.suzuki);
});
afterEach(() => city.world.close());

const cardsOf = (person: string) =>
  city.world
    .messages(person)
    .filter(({ summary, card }) => /通知テスト|Notification test/.test(summary + card.text));
const begun = () => city.world.pass(TO_TEST + 10);
const result = async (): Promise<string> => {
  await city.world.says(city.shimizu, '通知テスト');
  return city.card(city.shimizu);
};
const confirms = (...people: string[]) =>
  people.reduce<Promise<unknown>>(
    (before, person) => before.then(() => city.world.presses(person, '確認しました')),
    Promise.resolve(),
  );

describe('on the first working day of the month', () => {
  test('everybody who may be paged gets a card that does not look like a call', async () => {
    const { world, suzuki, sato } = city;
    await begun();
    const people = world.directory.pageable('2026-12-01', 14);
    for (const { id } of people) expect(cardsOf(id)).toHaveLength(1);
    const [card] = cardsOf(suzuki);
    expect(card?.summary).toBe('通知テスト');
    expect(card?.alert).toBe(true);
    expect(card?.card.text).toContain('これは呼び出しではありません');
    expect(`${card?.summary}${card?.card.text}`).not.toMatch(/応援|緊急|相談|K-|窓口|向かいます|応答/);
    expect(card?.card.buttons.map(({ title }) => title)).toEqual(['確認しました']);
    expect(new Date(card?.at ?? 0).getUTCHours()).toBe(1);
    expect(world.messages(CHANNEL)).toHaveLength(0);
    expect(cardsOf(sato)).toHaveLength(1);
  });

  test('a press is noted once, on the card itself; a second one and one on an old copy say so', async () => {
    const { world, suzuki } = city;
    await begun();
    const [card] = cardsOf(suzuki);
    if (card === undefined) throw new Error('no card');
    await world.pressesOn(suzuki, card, '確認しました');
    expect(card.card.text).toContain('ありがとうございます');
    expect(card.card.buttons).toEqual([]);
    const again = await world.receive(
      world.tap(suzuki, card.activityId, { verb: 'test.confirm', test: '2026-12-01' }),
    );
    expect(JSON.stringify(again.body)).toContain('すでに確認済み');
    expect(await result()).toContain('20人中 1人');
  });

  test('after three working days those who have not are named to General Affairs, in personal chat', async () => {
    const { world, suzuki, takahashi, shimizu, saito } = city;
    await begun();
    const others = world.directory.pageable('2026-12-01', 14).map(({ id }) => id);
    await confirms(...others.filter((id) => id !== suzuki && id !== takahashi));
    const before = await result();
    expect(before).toContain('未確認：2人');
    expect(before).not.toMatch(/鈴木|高橋/);
    const seen = world.messages(saito).length;
    await world.pass(3 * DAY);
    const listed = world.messages(saito).slice(seen);
    expect(listed).toHaveLength(1);
    expect(listed[0]?.card.text).toContain('通知テストの結果がまとまりました');
    expect(listed[0]?.summary).not.toMatch(/鈴木|高橋/);
    const after = await result();
    expect(after).toMatch(/未確認：2人鈴木.健太、高橋.直樹/);
    expect(after).toContain('20人中 18人');
    expect(world.messages(CHANNEL)).toHaveLength(0);
    // Late is as good: nobody asks when.
    await confirms(takahashi);
    expect(await result()).not.toContain('高橋');
    expect(world.messages(shimizu).length).toBeGreaterThan(0);
  });

  test('nothing that is stored or shown says when or how fast somebody confirmed (promise 8)', async () => {
    const { world, suzuki } = city;
    await begun();
    const shape = async () => JSON.stringify((await world.app.reach.overview()).test?.rows);
    await world.pass(11);
    await confirms(suzuki);
    const early = await shape();
    const stored = JSON.stringify(await world.store.read({ kind: 'reach', id: suzuki }));
    expect(stored).not.toContain(String(world.clock.now()));
    await world.pass(HOUR);
    expect(await shape()).toBe(early);
  });

  test('somebody on leave is shown as such, gets no card, and is not counted as missing', async () => {
    const { world, suzuki, takahashi } = city;
    const away = (person: string, from: string, to: string) => (yaml: string) =>
      yaml.replace(new RegExp(`(  - id: ${person}\\n)`), `$1    away: [{ from: ${from}, to: ${to} }]\n`);
    await world.reorganize((yaml) =>
      away(takahashi, '2026-12-03', '2026-12-03')(away(suzuki, '2026-12-01', '2026-12-02')(yaml)),
    );
    await begun();
    expect(cardsOf(suzuki)).toHaveLength(0);
    expect(cardsOf(takahashi)).toHaveLength(1);
    await world.pass(3 * DAY);
    const card = await result();
    expect(card).toMatch(/休暇・出張など：2人鈴木.健太、高橋.直樹/);
    expect(card).toContain('18人中 0人');
  });

  test('whoever it does not reach is shown with the reason', async () => {
    const { world, suzuki } = city;
    world.channel.unreachable.add(suzuki);
    await begun();
    expect(await result()).toMatch(/届かなかった職員：1人まもりが入っていません鈴木.健太/);
  });

  test('throttled, it is sent later; perhaps arrived, it comes once more and one press does', async () => {
    const { world, suzuki, takahashi } = city;
    world.channel.fail(suzuki, { kind: 'retry', reason: '429', retryAfterMs: 60_000 });
    let lost = 0;
    const { send } = world.channel;
    world.channel.send = async (to, message) => {
      const sent = await send.call(world.channel, to, message);
      const isLost = 'person' in to && to.person === takahashi && lost++ === 0;
      return isLost ? { kind: 'uncertain', reason: 'reset' } : sent;
    };
    // The check of the morning uses the fault of a send up.
    await world.pass(TO_TEST - 60);
    world.channel.fail(suzuki, { kind: 'retry', reason: '429', retryAfterMs: 60_000 });
    await world.pass(80);
    expect(cardsOf(suzuki)).toHaveLength(0);
    await world.pass(60);
    expect(cardsOf(suzuki)).toHaveLength(1);
    expect(cardsOf(takahashi)).toHaveLength(2);
    const [first] = cardsOf(takahashi);
    if (first === undefined) throw new Error('no card');
    await world.pressesOn(takahashi, first, '確認しました');
    expect(await result()).toContain('20人中 1人');
  });

  test('a restart while it is sent leaves nobody out and nobody twice', async () => {
    const { world } = city;
    await world.pass(TO_TEST + 1);
    const next = await world.restart();
    city = { ...city, world: next };
    await next.app.onOrganizationChanged();
    await next.pass(60);
    for (const { id } of next.directory.pageable('2026-12-01', 14)) expect(cardsOf(id)).toHaveLength(1);
  });

  test('a day on which nothing ran is made up for on the next working day', async () => {
    const { world, suzuki } = city;
    world.clock.set(Date.parse('2026-12-01T20:00:00+09:00'));
    await world.app.onOrganizationChanged();
    await world.pass(60);
    expect(cardsOf(suzuki)).toHaveLength(0);
    await world.pass(15 * HOUR);
    expect(cardsOf(suzuki)).toHaveLength(1);
    await world.pass(27 * DAY);
    expect(cardsOf(suzuki)).toHaveLength(1);
  });

  test('next month there is another; the old card says that it is over', async () => {
    const { world, suzuki } = city;
    await begun();
    const [old] = cardsOf(suzuki);
    // 4 January is the first working day after the closure at new year.
    await world.pass(34 * DAY);
    expect(cardsOf(suzuki)).toHaveLength(2);
    if (old === undefined) throw new Error('no card');
    await world.pressesOn(suzuki, old, '確認しました');
    expect(old.card.text).toContain('この通知テストは終わっています');
    expect(await result()).toContain('20人中 0人');
  });

  test('switched off, none comes by itself', async () => {
    const { world, suzuki } = city;
    await world.reorganize((yaml) => yaml.replace('test: "10:00"', 'test: off'));
    await world.pass(40 * DAY);
    expect(cardsOf(suzuki)).toHaveLength(0);
    expect(await result()).toContain('自動では行わない');
  });
});

describe('started by hand', () => {
  test('after a question, once a day, by General Affairs alone', async () => {
    const { world, shimizu, suzuki } = city;
    await world.says(shimizu, '通知テスト');
    await world.presses(shimizu, '通知テストを始める');
    expect(city.card(shimizu)).toContain('20人に「通知テスト」を送ります');
    await world.pass(60);
    expect(cardsOf(suzuki)).toHaveLength(0);
    const question = world.last(shimizu);
    await world.presses(shimizu, '送信する');
    expect(city.card(shimizu)).toContain('通知テストを始めました');
    expect(city.card(shimizu)).toContain('清水 陽子');
    const again = await world.receive(
      world.tap(shimizu, question.activityId, { verb: 'test.start', sure: true }),
    );
    expect(JSON.stringify(again.body)).toContain('1日に1回だけ');
    await world.pass(60);
    expect(cardsOf(suzuki)).toHaveLength(1);
    expect(city.buttons(shimizu)).not.toContain('通知テストを始める');
  });

  test('on the day of the monthly one, that one is not sent as well', async () => {
    const { world, shimizu, suzuki } = city;
    await world.pass(16 * HOUR);
    await world.receive(world.tap(shimizu, 'x', { verb: 'test.start', sure: true }));
    await world.pass(3 * HOUR);
    expect(cardsOf(suzuki)).toHaveLength(1);
  });

  test('やめる sends nothing', async () => {
    const { world, shimizu, suzuki } = city;
    await world.says(shimizu, '通知テスト');
    await world.presses(shimizu, '通知テストを始める');
    await world.presses(shimizu, 'やめる');
    await world.pass(60);
    expect(cardsOf(suzuki)).toHaveLength(0);
  });
});

describe('who may press 確認しました', () => {
  test('somebody who got none, a counter and a guest change nothing', async () => {
    const { world } = city;
    const counter = '00000000-0000-4000-8000-000000000901';
    const guest = '00000000-0000-4000-8000-0000000000ff';
    for (const [person, words] of [
      [city.kimura, 'あなたへの通知テストはありません'],
      [counter, '今の立場ではできません'],
      [guest, '職員名簿に登録がない'],
    ] as const) {
      const reply = await world.receive(world.tap(person, 'x', { verb: 'test.confirm', test: '2026-12-01' }));
      expect(JSON.stringify(reply.body)).toContain(words);
      expect(await world.store.read({ kind: 'reach', id: person })).toBeUndefined();
    }
  });

  test('a forged day is not a test', async () => {
    const { world, suzuki } = city;
    await begun();
    const reply = await world.receive(world.tap(suzuki, 'x', { verb: 'test.confirm', test: '2027-12-01' }));
    expect(JSON.stringify(reply.body)).toContain('終わっています');
    expect(await result()).toContain('20人中 0人');
  });

  test('somebody who has left meanwhile is neither waited for nor heard', async () => {
    const { world, suzuki, takahashi } = city;
    await begun();
    await world.reorganize((yaml) =>
      yaml.replace(new RegExp(`  - id: ${suzuki}\\n(?:    .*\\n)+`), '').replaceAll(suzuki, takahashi),
    );
    const reply = await world.receive(world.tap(suzuki, 'x', { verb: 'test.confirm', test: '2026-12-01' }));
    expect(JSON.stringify(reply.body)).toContain('職員名簿に登録がない');
    await world.pass(3 * DAY);
    expect(await result()).not.toContain('鈴木');
  });

  test('in English', async () => {
    const { world, suzuki } = city;
    await world.says(suzuki, 'English');
    await begun();
    const [card] = cardsOf(suzuki);
    expect(card?.card.text).toContain('This is not a call');
    await world.presses(suzuki, 'I have seen this');
    expect(card?.card.text).toContain('Thank you');
  });
});

test('a real call in the middle of a test pages at once, whoever is slow to take the test', async () => {
  const { world, sato, suzuki, shimizu } = city;
  let held = 0;
  // Nobody who gets a test takes it within the deadline.
  world.channel.before = (_to, message) => {
    if (!message.summary.includes('通知テスト')) return;
    held += 1;
    return new Promise(() => {});
  };
  await world.pass(TO_TEST - 1);
  world.clock.set(world.clock.now() + 1_000);
  void world.app.engine.runDue();
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await until(() => held > 0);
  await world.app.receive(world.activity(sato, { type: 'message', text: '応援 2番窓口' }));
  const pages = (person: string) => world.alerts(person).filter(({ summary }) => summary.includes('応援'));
  await until(() => pages(suzuki).length > 0 && pages(shimizu).length > 0);
  expect(pages(suzuki)).toHaveLength(1);
  expect(pages(shimizu)).toHaveLength(1);
});
