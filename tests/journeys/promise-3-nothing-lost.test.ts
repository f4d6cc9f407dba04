import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FaultyStore, type WriteFault } from '../harness/faultyStore.ts';
import { stores } from '../harness/stores.ts';
import { World } from '../harness/world.ts';

let world: World;
let sato: string;
let suzuki: string;
let shimizu: string;

async function openWorld(): Promise<FaultyStore> {
  const folder = await mkdtemp(join(tmpdir(), 'mamori-'));
  const store = new FaultyStore(await stores().open(folder));
  world = await World.open({ folder, store });
  [sato, suzuki, shimizu] = [world.who('佐藤 美咲'), world.who('鈴木 健太'), world.who('清水 陽子')];
  await world.installs(sato, suzuki, shimizu);
  return store;
}

afterEach(() => world.close());

const codeOn = (text: string): string | undefined => /K-[0-9A-Z]{4,8}/.exec(text)?.[0];

describe('what Teams does to a page', () => {
  beforeEach(openWorld);

  test('throttled: sent once, when Teams allows it', async () => {
    world.channel.fail(
      suzuki,
      { kind: 'retry', reason: '429', retryAfterMs: 7_000 },
      { kind: 'retry', reason: '429', retryAfterMs: 5_000 },
    );
    await world.says(sato, '応援 2番窓口');
    await world.pass(11);
    expect(world.alerts(suzuki)).toEqual([]);
    await world.pass(2);
    expect(world.alerts(suzuki)).toHaveLength(1);
    await world.pass(15);
    expect(world.alerts(suzuki)).toHaveLength(1);
  });

  test('reset before it arrived: sent again within seconds, nobody else waits', async () => {
    world.channel.fail(suzuki, { kind: 'uncertain', reason: 'reset' });
    await world.says(sato, '応援 2番窓口');
    expect(world.alerts(shimizu)).toHaveLength(1);
    await world.pass(5);
    expect(world.alerts(suzuki)).toHaveLength(1);
  });

  test('arrived, but the answer got lost: at most one duplicate, with the same code, and one live card', async () => {
    world.channel.fail(suzuki, 'answer-lost');
    await world.says(sato, '応援 2番窓口');
    await world.pass(20);
    const pages = world.alerts(suzuki);
    expect(pages).toHaveLength(2);
    expect(new Set(pages.map((page) => codeOn(page.card.text))).size).toBe(1);
    // The one whose id nobody learnt still answers, with the state of now.
    await world.presses(shimizu, '電話で支援します');
    const [stray] = pages;
    await world.pressesOn(suzuki, stray ?? world.last(suzuki), '向かいます');
    await world.pass(2);
    expect(world.last(sato).card.text).toContain('鈴木 健太さんが確認・向かっています');
  });

  test('a duplicate comes only after an attempt whose outcome nobody knows', async () => {
    world.channel.fail(shimizu, { kind: 'retry', reason: '429' });
    await world.says(sato, '緊急 2番窓口');
    await world.pass(14);
    for (const person of world.channel.messages.map((m) => m.to)) {
      const pages = world.alerts(person).filter((m) => m.card.text.includes('呼んでいます'));
      expect(pages.length).toBeLessThanOrEqual(1);
    }
    expect(world.alerts(shimizu)).toHaveLength(1);
  });

  test('down for two minutes: everything owed arrives afterwards', async () => {
    const down = { kind: 'uncertain', reason: 'HTTP 503' } as const;
    let isDown = true;
    const broken = () => (isDown ? down : undefined);
    for (const person of [sato, suzuki, shimizu]) world.channel.fail(person, ...Array(200).fill(broken));
    await world.says(sato, '応援 2番窓口');
    await world.pass(120);
    for (const person of [suzuki, shimizu]) expect(world.alerts(person)).toEqual([]);
    isDown = false;
    await world.pass(65);
    for (const person of [suzuki, shimizu]) expect(world.alerts(person).length).toBeGreaterThan(0);
    expect(world.screen(sato)).toContain('応援を受け付けました');
  });
});

/** A call, the card that says its pages have gone, and the first answer; stops at the first act that a dead process refuses. */
async function story(): Promise<void> {
  await world.says(sato, '応援 2番窓口');
  await world.pass(2);
  await world.presses(suzuki, '向かいます');
  await world.pass(2);
}

async function writesOfStory(): Promise<number> {
  const store = await openWorld();
  const before = store.writes;
  await story();
  const count = store.writes - before;
  await world.close();
  return count;
}

async function killAt(n: number, how: WriteFault): Promise<void> {
  const store = await openWorld();
  const start = store.writes;
  store.fault = (count) => (count === start + n ? how : undefined);
  await story().catch(() => {});
  expect(store.isDown).toBe(true);
  const promised = world.screen(sato).includes('応援を受け付けました');
  world = await world.restart();
  const saved = (await world.app.calls.casesOf(sato, 5)).items;
  if (promised) expect(saved).toHaveLength(1);
  // Whoever got no reception card calls again, as the home card says.
  if (saved.length === 0) await world.says(sato, '応援 2番窓口');
  // Longer than a claim of the dead process.
  await world.pass(17);

  expect((await world.app.calls.casesOf(sato, 5)).items).toHaveLength(1);
  const code = await world.codeOf(sato);
  for (const person of [suzuki, shimizu]) {
    const pages = world.alerts(person);
    expect(pages.length).toBeGreaterThan(0);
    for (const page of pages)
      if (page.card.text.includes('2番窓口')) expect(codeOn(page.card.text)).toBe(code);
  }
  // Every promise made on a card was kept: what the responder was told is what the caller sees.
  if (world.screen(suzuki).includes('向かうと回答しました')) {
    expect(world.screen(sato)).toContain('鈴木 健太さんが確認・向かっています');
  } else {
    await world.presses(suzuki, '向かいます');
    await world.pass(2);
    expect(world.screen(sato)).toContain('鈴木 健太さんが確認・向かっています');
  }
  await world.close();
}

describe('the process dies between any two writes and is started again', () => {
  test.each(['dies', 'dies-after'] as const)(
    '(%s)',
    async (how) => {
      const count = await writesOfStory();
      expect(count).toBeGreaterThan(7);
      for (let n = 1; n <= count; n++) {
        try {
          await killAt(n, how);
        } catch (error) {
          throw new Error(`killed at write ${n} of ${count}: ${(error as Error).message}`, { cause: error });
        }
      }
      await openWorld();
    },
    60_000,
  );
});

describe('two instances on one store', () => {
  test('take turns with one call: every page once, every answer seen by both', async () => {
    await openWorld();
    const { folder, clock, channel } = world;
    const other = await World.open({ folder, clock, channel });
    await world.app.receive(world.activity(sato, { type: 'message', text: '応援 2番窓口' }));
    await Promise.all([world.app.engine.runDue(), other.app.engine.runDue()]);
    for (const person of [suzuki, shimizu]) expect(world.alerts(person)).toHaveLength(1);
    for (let turn = 0; turn < 6; turn++) {
      clock.set(clock.now() + 6_000);
      await Promise.all([world.app.engine.runDue(), other.app.engine.runDue()]);
    }
    const takahashi = world.who('高橋 直樹');
    expect(world.alerts(takahashi)).toHaveLength(1);
    await other.presses(suzuki, '向かいます');
    await world.presses(shimizu, '電話で支援します');
    await other.pass(2);
    expect(world.last(sato).card.text).toContain('鈴木 健太さんが確認・向かっています');
    expect(world.last(sato).card.text).toContain('清水 陽子さんが電話で支援します');
    const before = channel.messages.filter((m) => m.alert).length;
    await other.presses(sato, '対応終了');
    await world.pass(600);
    expect(channel.messages.filter((m) => m.alert).length - before).toBe(2);
    await other.store.close();
  });

  test('the same tap delivered to both is one tap; two calls at the same moment are one case', async () => {
    await openWorld();
    const { folder, clock, channel } = world;
    const other = await World.open({ folder, clock, channel });
    const text = { type: 'message', text: '応援 2番窓口' };
    const [one, two] = [world.activity(sato, text), { ...other.activity(sato, text), id: 'redelivered' }];
    await Promise.all([world.app.receive(one), other.app.receive(two)]);
    await Promise.all([world.app.engine.runDue(), other.app.engine.runDue()]);
    expect((await world.app.calls.casesOf(sato, 5)).items).toHaveLength(1);
    expect(world.alerts(suzuki)).toHaveLength(1);
    const page = world.last(suzuki);
    const declined = page.card.buttons.find((b) => b.title === '行けません');
    const tap = () => world.tap(suzuki, page.activityId, { ...declined?.data });
    await Promise.all([world.app.receive(tap()), other.app.receive(tap())]);
    await Promise.all([world.app.engine.runDue(), other.app.engine.runDue()]);
    expect(world.alerts(world.who('高橋 直樹'))).toHaveLength(1);
    expect(world.alerts(world.who('加藤 翔'))).toEqual([]);
    await other.store.close();
  });

  test('one of them dies after it claimed a page: the other sends it', async () => {
    const store = await openWorld();
    const { folder, clock, channel } = world;
    const other = await World.open({ folder, clock, channel });
    // The claim is written, the send never happens.
    channel.before = (to) => {
      if (to === suzuki) store.isDown = true;
      if (store.isDown) throw new Error('killed');
    };
    await world.says(sato, '応援 2番窓口').catch(() => {});
    channel.before = () => {};
    expect(world.alerts(suzuki)).toEqual([]);
    await other.pass(16);
    expect(world.alerts(suzuki)).toHaveLength(1);
    await other.store.close();
  });
});
