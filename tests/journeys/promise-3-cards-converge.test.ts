import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { World } from '../harness/world.ts';

/** What the torture runs found: a card that goes on saying 「呼んでいます」 when all is over. */

let world: World;
let sato: string;
let suzuki: string;
let shimizu: string;

beforeEach(async () => {
  world = await World.open();
  [sato, suzuki, shimizu] = [world.who('佐藤 美咲'), world.who('鈴木 健太'), world.who('清水 陽子')];
  await world.installs(sato, suzuki, shimizu);
});
afterEach(() => world.close());

const RETIRED = '最新のカードは下にあります';
const throttled = { kind: 'retry', reason: 'HTTP 429', retryAfterMs: 1_000, why: 'throttled' } as const;

describe('an update under way while its message is replaced by a newer one', () => {
  /** Suzuki's card is about to be updated when a new one is asked for; the old one is retired first. */
  async function overtaken(before: () => void = () => {}): Promise<void> {
    await world.says(sato, '応援 2番窓口');
    const [old] = world.alerts(suzuki);
    const code = await world.codeOf(sato);
    let isOvertaken = false;
    world.channel.before = async (to, message) => {
      if (isOvertaken || to !== suzuki || message.alert) return;
      isOvertaken = true;
      await world.app.receive(world.activity(suzuki, { type: 'message', text: code }));
      while (old?.card.text.includes(RETIRED) !== true) await new Promise((resolve) => setImmediate(resolve));
      before();
    };
    await world.presses(shimizu, '向かいます');
    await world.pass(20);
    expect(isOvertaken).toBe(true);
    expect(old?.card.text).toContain(RETIRED);
    expect(world.last(suzuki).card.text).toContain('清水 陽子さん');
  }

  test('does not bring the old card back to life', () => overtaken());

  test('nor when its own answer gets lost', () => overtaken(() => world.channel.fail(suzuki, 'answer-lost')));
});

describe('a page that may have arrived', () => {
  test('is remembered when it is repeated: its person gets a card that follows', async () => {
    world.channel.fail(suzuki, 'answer-lost', ...Array(300).fill(throttled));
    await world.says(sato, '応援 2番窓口');
    await world.pass(70);
    expect(world.alerts(suzuki)).toHaveLength(1);
    await world.presses(sato, '対応終了');
    await world.pass(300);
    expect(world.last(suzuki).card.text).toContain('対応終了');
  });

  test('is remembered when the lane begins anew without its person', async () => {
    const kato = world.who('加藤 翔');
    await world.installs(kato);
    world.channel.fail(kato, 'answer-lost', ...Array(300).fill(throttled));
    await world.says(sato, '応援 2番窓口');
    await world.pass(65);
    expect(world.alerts(kato)).toHaveLength(1);
    await world.presses(sato, '緊急に切り替える');
    await world.presses(sato, '対応終了');
    await world.pass(400);
    expect(world.last(kato).card.text).toContain('対応終了');
  });
});

test('the card of a closed case is not given up for a quarter of a minute of throttling', async () => {
  await world.says(sato, '応援 2番窓口');
  world.channel.fail(suzuki, ...Array(14).fill(throttled));
  await world.presses(sato, '対応終了');
  await world.pass(30);
  expect(world.last(suzuki).card.text).toContain('対応終了');
});
