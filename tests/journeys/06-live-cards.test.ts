import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { World } from '../harness/world.ts';

let world: World;
let sato: string;
let suzuki: string;
let shimizu: string;
let takahashi: string;
const COUNTER = '00000000-0000-4000-8000-000000000901';

beforeEach(async () => {
  world = await World.open();
  [sato, suzuki] = [world.who('佐藤 美咲'), world.who('鈴木 健太')];
  [shimizu, takahashi] = [world.who('清水 陽子'), world.who('高橋 直樹')];
  await world.installs(sato, suzuki, shimizu, takahashi, COUNTER);
});
afterEach(() => world.close());

const shown = (person: string): string => world.last(person).card.text;

describe('each lane says what is known, with the time, and no more', () => {
  test('sent is not confirmed, confirmed is not arrived', async () => {
    await world.says(sato, '応援 2番窓口');
    expect(shown(sato)).toMatch(/応援職員\n当番：呼び出しています\s+10:00:00/);
    await world.pass(1);
    expect(shown(sato)).toMatch(/応援職員\n当番：送信済み・未確認.*まだ誰も確認していません.*総務課/s);
    expect(shown(sato)).toContain('1人で対応中');

    await world.pass(11);
    await world.presses(suzuki, '向かいます');
    expect(shown(sato)).toMatch(/鈴木 健太さんが確認・向かっています\s+10:00:12/);
    expect(shown(sato)).toContain('1人で対応中');
    expect(shown(sato)).toContain('総務課の当番：送信済み・未確認');

    await world.pass(10);
    await world.presses(suzuki, '到着しました');
    expect(shown(sato)).toMatch(/鈴木 健太さんが到着しました\s+10:00:22/);
    expect(shown(sato)).not.toContain('1人で対応中');
  });

  test('nobody answers: the next people are being called, and the card says so', async () => {
    await world.says(sato, '応援 2番窓口');
    await world.pass(31);
    expect(shown(sato)).toMatch(/当番：応答がありません。次の職員を呼んでいます\s+10:00:30/);
    expect(shown(sato)).toContain('同じ課の職員：送信済み・未確認');
  });

  test('a page that cannot be delivered is said to be undelivered, and the next people are called at once', async () => {
    world.channel.unreachable.add(suzuki);
    await world.says(sato, '応援 2番窓口');
    expect(shown(sato)).toContain('当番：届きませんでした。次の職員を呼んでいます');
    expect(world.alerts(takahashi)).toHaveLength(1);
  });

  test('「行けません」 is never shown, only that the next people are called', async () => {
    await world.says(sato, '応援 2番窓口');
    await world.presses(suzuki, '行けません');
    expect(shown(sato)).toContain('同じ課の職員：呼び出しています');
    await world.pass(1);
    expect(shown(sato)).toContain('同じ課の職員：送信済み・未確認');
    expect(world.screen(sato)).not.toContain('行けません');
    expect(shown(sato)).not.toContain('鈴木');
  });
});

describe('all copies follow the state', () => {
  test('the caller and both lanes see the same answers', async () => {
    await world.says(sato, '応援 2番窓口');
    await world.presses(suzuki, '向かいます');
    await world.presses(shimizu, '電話で支援します');
    // Whoever has just pressed gets the answer to that first, and the next state a second later.
    await world.pass(1);
    for (const person of [sato, shimizu])
      expect(shown(person)).toContain('鈴木 健太さんが確認・向かっています');
    for (const person of [sato, suzuki]) expect(shown(person)).toContain('清水 陽子さんが電話で支援します');
  });

  test('the caller has one card, changed in place, which never makes a sound', async () => {
    await world.says(sato, '応援 2番窓口');
    await world.presses(suzuki, '向かいます');
    await world.pass(40);
    await world.presses(shimizu, '電話で支援します');
    expect(world.messages(sato).filter((m) => m.card.text.includes('受け付けました'))).toHaveLength(1);
    expect(world.alerts(sato)).toEqual([]);
  });

  test('whoever presses sees the new state in the same card, and so does their other device', async () => {
    await world.says(sato, '応援 2番窓口');
    const page = world.last(suzuki);
    await world.presses(suzuki, '向かいます');
    expect(page.card.text).toContain('あなたが確認・向かっています');
    await world.pass(2);
    expect(page.updates).toBeGreaterThan(0);
    expect(page.card.text).toContain('あなたが確認・向かっています');
  });

  test('a throttled or lost update is made up for', async () => {
    await world.says(sato, '応援 2番窓口');
    world.channel.fail(sato, { kind: 'retry', reason: '429', retryAfterMs: 2_000 }, 'answer-lost', {
      kind: 'uncertain',
      reason: 'timeout',
    });
    await world.presses(suzuki, '向かいます');
    await world.pass(29);
    expect(shown(sato)).toContain('鈴木 健太さんが確認・向かっています');
  });

  test('a caller who deleted the card gets a new one with the next change', async () => {
    await world.says(sato, '応援 2番窓口');
    world.channel.forget(world.last(sato).activityId);
    const before = world.messages(sato).length;
    await world.presses(suzuki, '向かいます');
    expect(world.messages(sato)).toHaveLength(before + 1);
    expect(shown(sato)).toContain('鈴木 健太さんが確認・向かっています');
  });
});

describe('an old button', () => {
  test('answers with the current state and a sentence, and changes nothing', async () => {
    await world.says(sato, '応援 2番窓口');
    const old = world.last(suzuki);
    const going = old.card.buttons.find((button) => button.title === '向かいます');
    await world.presses(shimizu, '対応終了');
    const alerts = world.channel.messages.filter((m) => m.alert).length;

    const reply = await world.receive(world.tap(suzuki, old.activityId, { ...going?.data }));
    expect(JSON.stringify(reply.body)).toMatch(/対応が終わっています/);
    expect(JSON.stringify(reply.body)).toMatch(/清水 陽子さん/);
    expect(shown(sato)).not.toContain('向かっています');
    expect(world.channel.messages.filter((m) => m.alert)).toHaveLength(alerts);
  });

  test('of a card that was replaced leads to the newest one', async () => {
    await world.says(sato, '応援 2番窓口');
    const old = world.last(suzuki);
    await world.pass(61);
    expect(world.last(suzuki).activityId).not.toBe(old.activityId);
    expect(old.card.text).toContain('最新のカードは下にあります');
    await world.pressesOn(suzuki, old, '事案を開く');
    expect(shown(suzuki)).toContain('2番窓口');
    expect(world.last(suzuki).card.buttons.map((b) => b.title)).toContain('向かいます');
  });
});

describe('switches and ends reach those who are already going as a new, sounding message', () => {
  beforeEach(async () => {
    await world.says(sato, '応援 2番窓口');
    await world.presses(suzuki, '向かいます');
  });

  test('緊急に切り替える by General Affairs', async () => {
    const before = world.alerts(suzuki).length;
    await world.presses(shimizu, '緊急に切り替える');
    expect(world.alerts(suzuki)).toHaveLength(before + 1);
    expect(shown(suzuki)).toContain('緊急に切り替わりました');
    expect(world.last(suzuki).card.buttons.map((b) => b.title)).toContain('私が110番します');
    expect(shown(sato)).toContain('緊急を受け付けました');
    expect(shown(sato)).toContain('鈴木 健太さんが確認・向かっています');
  });

  test.each(['対応終了', '取消（押し間違い）'])('%s by the caller', async (title) => {
    const [going, silent] = [world.messages(suzuki).length, world.messages(shimizu).length];
    await world.presses(sato, title);
    expect(world.messages(suzuki)).toHaveLength(going + 1);
    expect(world.last(suzuki).alert).toBe(true);
    expect(shown(suzuki)).toContain('向かう必要はありません');
    // Whoever has not answered sees it on the card they have.
    expect(world.messages(shimizu)).toHaveLength(silent);
    expect(shown(shimizu)).toContain(title);
    for (const person of [sato, suzuki, shimizu]) {
      expect(world.last(person).card.buttons.map((b) => b.title)).not.toContain('向かいます');
    }
    const alerts = world.channel.messages.filter((m) => m.alert).length;
    await world.pass(900);
    expect(world.channel.messages.filter((m) => m.alert)).toHaveLength(alerts);
  });
});

describe('quiet display at a counter, where the visitor may see the screen', () => {
  test('no red, a neutral preview, no sound; the 110 text is folded away', async () => {
    await world.says(COUNTER, '緊急');
    await world.pass(1);
    const card = world.last(COUNTER);
    expect(card.alert).toBe(false);
    expect(card.summary).toMatch(/^確認依頼 K-[0-9A-Z]+$/);
    const drawn = JSON.stringify(card.json);
    expect(drawn).not.toMatch(/"(style|color)":"(attention|destructive)"/);
    expect(card.card.text).not.toContain('110');
    expect(card.card.folded).toContain('110');
    expect(card.card.text).toContain('送信済み・未確認');
  });

  test('an end is shown as quietly', async () => {
    await world.says(COUNTER, '応援');
    await world.presses(COUNTER, '対応終了');
    expect(world.alerts(COUNTER)).toEqual([]);
    expect(world.last(COUNTER).card.text).toContain('対応終了');
  });
});
