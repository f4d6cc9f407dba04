import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FaultyStore } from '../harness/faultyStore.ts';
import { stores } from '../harness/stores.ts';
import { World } from '../harness/world.ts';

let world: World;
let store: FaultyStore;
let sato: string;
let suzuki: string;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mamori-'));
  store = new FaultyStore(await stores().open(folder));
  world = await World.open({ folder, store });
  [sato, suzuki] = [world.who('佐藤 美咲'), world.who('鈴木 健太')];
  await world.installs(sato, suzuki, world.who('清水 陽子'));
});
afterEach(() => world.close());

const CLAIMS = /受け付けました|保存しました|送信済み|呼び出しています|確認・向かっています|切り替わりました/;

/** Everything that the person was told from here on: in the chat, and as the answer to what they pressed. */
async function toldDuring(act: () => Promise<unknown>): Promise<string> {
  const before = world.channel.messages.length;
  const screen = world.screen(sato);
  const reply = await act().catch(() => undefined);
  const sent = world.channel.messages.slice(before).map((m) => m.card.text);
  const changed = world.screen(sato) === screen ? '' : world.screen(sato).slice(screen.length);
  return [...sent, changed, JSON.stringify(reply ?? {})].join('\n');
}

/** What a test needs to press although the store is down: the button's data, as the card carries it. */
const tap = (title: string, inputs: object = {}) => {
  const message = world.messages(sato).findLast((m) => m.card.buttons.some((b) => b.title === title));
  const button = message?.card.buttons.find((b) => b.title === title);
  return world.tap(sato, message?.activityId ?? '', { ...button?.data, ...inputs });
};

describe('while the store does not answer, nothing is claimed and the way to help is shown', () => {
  test.each(['応援 2番窓口', '緊急', '相談', '7番の資料をお願いします'])('typed: %s', async (words) => {
    store.isDown = true;
    const told = await toldDuring(() =>
      world.app.receive(world.activity(sato, { type: 'message', text: words })),
    );
    expect(told).not.toMatch(CLAIMS);
    expect(told).toMatch(/呼び出しは届いていないもの.*内線2119/);
    store.isDown = false;
    await world.pass(60);
    expect(world.alerts(suzuki)).toEqual([]);
  });

  test.each(['応援を呼ぶ', '緊急', '自分の事案', '報告する'])(
    'pressed on the home card: %s',
    async (title) => {
      const pressed = tap(title);
      store.isDown = true;
      const told = await toldDuring(() => world.app.receive(pressed));
      expect(told).not.toMatch(CLAIMS);
      expect(told).toMatch(/内線2119/);
    },
  );

  test('a report is not lost with the answer: the form stays as it is and can be sent again', async () => {
    await world.presses(sato, '報告する');
    const pressed = tap('送信', { when: '今日', where: '1階', what: '大声を出された' });
    store.isDown = true;
    const reply = await world.app.receive(pressed);
    expect(reply).toMatchObject({ status: 200, body: { statusCode: 500 } });
    expect(JSON.stringify(reply)).not.toMatch(CLAIMS);
    store.isDown = false;
    expect(JSON.stringify(await world.receive(pressed))).toContain('報告を保存しました');
  });

  test("on a responder's card", async () => {
    await world.says(sato, '応援 2番窓口');
    const page = world.last(suzuki);
    const going = page.card.buttons.find((b) => b.title === '向かいます');
    store.isDown = true;
    const reply = await world.app.receive(world.tap(suzuki, page.activityId, { ...going?.data }));
    expect(JSON.stringify(reply)).not.toMatch(/確認・向かっています|向かうと回答しました/);
    store.isDown = false;
    await world.pass(5);
    expect(world.last(sato).card.text).not.toContain('向かっています');
  });
});

describe('one write that fails, wherever it is', () => {
  test('a call is either saved and shown, or refused with the extension; never one without the other', async () => {
    for (let n = 1; n <= 4; n++) {
      const person = world.who(['佐藤 美咲', '高橋 直樹', '田中 由美', '山本 彩'][n - 1] ?? '');
      const start = store.writes;
      // Longer than the engine tries by itself.
      store.fault = (count) => (count >= start + n && count < start + n + 3 ? 'fails' : undefined);
      await world.receive(world.activity(person, { type: 'message', text: '応援 2番窓口' })).catch(() => {});
      store.fault = () => undefined;
      await world.pass(40);
      const cases = (await world.app.calls.casesOf(person, 5)).items;
      const screen = world.screen(person) + world.screen(`chat-${person}`);
      if (cases.length === 0) {
        expect(screen).not.toMatch(CLAIMS);
        expect(screen).toMatch(/内線2119/);
      } else {
        expect(screen).toContain('応援を受け付けました');
        expect(screen).not.toContain('届いていないもの');
      }
    }
  });
});

describe('a write whose answer gets lost', () => {
  test.each([1, 2])('the call is found again: shown, paged, and never denied (write %d)', async (n) => {
    const start = store.writes;
    store.fault = (count) => (count === start + n ? 'lost' : undefined);
    await world.says(sato, '応援 2番窓口');
    expect(world.screen(sato)).toContain('応援を受け付けました');
    expect(world.screen(sato) + world.screen(`chat-${sato}`)).not.toContain('行われていません');
    expect(world.alerts(suzuki)).toHaveLength(1);
    expect((await world.app.calls.casesOf(sato, 5)).items).toHaveLength(1);
  });

  test('every single answer lost: each act still happens once and is shown', async () => {
    store.fault = () => 'lost';
    await world.says(sato, '応援 2番窓口').catch(() => {});
    store.fault = (_, { kind }) => (kind === 'call' || kind === 'record' ? 'lost' : undefined);
    await world.says(sato, '応援 2番窓口');
    await world.pass(1);
    await world.presses(suzuki, '向かいます');
    await world.presses(sato, '緊急に切り替える');
    await world.pass(3);
    expect(world.last(sato).card.text).toContain('緊急を受け付けました');
    expect(world.last(sato).card.text).toContain('鈴木 健太さんが確認・向かっています');
    await world.presses(sato, '報告する');
    await world.presses(sato, '送信', { where: '1階', what: '大声を出された' });
    expect((await world.app.reports.read(await world.codeOf(sato)))?.entries).toHaveLength(1);
    expect((await world.app.calls.casesOf(sato, 5)).items).toHaveLength(1);
  });
});

test('the home card says beforehand what it means when no card comes', () => {
  expect(world.last(sato).card.text).toContain('3秒で受付カードが出なければ 内線2119');
});

test('whoever calls while only their address cannot be saved is called for, and their address is saved soon after', async () => {
  const ito = world.who('伊藤 誠');
  const address = async () => {
    const stored = await world.store.read({ kind: 'person', id: ito });
    return (stored?.body as { reference?: unknown } | undefined)?.reference;
  };
  let failures = 2;
  store.fault = (_count, { kind, id }) =>
    kind === 'person' && id === ito && failures-- > 0 ? 'fails' : undefined;
  await world.receive(world.activity(ito, { type: 'message', text: '応援 3番窓口' }));
  expect(world.alerts(suzuki)).toHaveLength(1);
  expect(await address()).toBeUndefined();
  for (let second = 0; second < 10; second++) {
    await world.pass(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  // Without it neither the reception card nor anything after it would find them.
  expect(await address()).toEqual(expect.any(String));
});
