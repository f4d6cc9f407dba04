import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { World } from '../harness/world.ts';

let world: World;
let sato: string;
let suzuki: string;
let takahashi: string;
let shimizu: string;

beforeEach(async () => {
  world = await World.open();
  [sato, suzuki] = [world.who('佐藤 美咲'), world.who('鈴木 健太')];
  [takahashi, shimizu] = [world.who('高橋 直樹'), world.who('清水 陽子')];
  await world.installs(sato, suzuki, takahashi, shimizu);
  await world.says(sato, '応援 2番窓口');
});
afterEach(() => world.close());

/** Seconds (since the call) at which this person's phone rang. */
const rang = (person: string): number[] =>
  world.alerts(person).map((m) => (m.at - Date.parse('2026-11-24T10:00:00+09:00')) / 1000);

describe('nobody acts', () => {
  test('reminders slow down to one in five minutes, and go on', async () => {
    await world.pass(1600);
    const at = rang(suzuki);
    const gaps = at.slice(1).map((t, i) => t - (at[i] ?? 0));
    expect(gaps.slice(0, 3)).toEqual([60, 60, 120]);
    expect(new Set(gaps.slice(5))).toEqual(new Set([300]));
    expect(at.at(-1)).toBeGreaterThan(1300);
    expect(world.last(sato).card.text).toContain('まだ誰も確認していません。繰り返し呼んでいます。');
  });

  test('those of earlier steps go on being reminded while later ones are added', async () => {
    await world.pass(65);
    expect(rang(suzuki)).toEqual([0, 60]);
    expect(rang(takahashi)).toEqual([30, 60]);
  });

  test('after the last step General Affairs gets an alarm in its channel, once', async () => {
    await world.pass(400);
    const loud = world.alerts('19:general-affairs@thread.tacv2');
    expect(loud).toHaveLength(2);
    expect(world.last('19:general-affairs@thread.tacv2').card.text).toContain('応答がありません');
  });
});

describe('an acknowledgement holds its own lane and no other', () => {
  test('no page starts in the lane while it stands; the other lane goes on', async () => {
    await world.presses(suzuki, '向かいます');
    await world.presses(suzuki, '到着しました');
    const second = rang(takahashi).length;
    await world.pass(600);
    expect(rang(suzuki)).toEqual([0]);
    expect(rang(takahashi)).toHaveLength(second);
    expect(rang(shimizu).length).toBeGreaterThan(3);
  });

  test('行けません after 向かいます pages again at once, the next people with it', async () => {
    await world.presses(suzuki, '向かいます');
    await world.pass(20);
    await world.presses(suzuki, '行けません');
    expect(rang(takahashi)).toEqual([20]);
    await world.pass(600);
    expect(rang(suzuki)).toEqual([0]);
    expect(rang(takahashi).length).toBeGreaterThan(3);
  });

  test('who said they come and does not arrive is asked, and 60 s later the lane pages again', async () => {
    await world.presses(suzuki, '向かいます');
    await world.pass(180);
    expect(world.last(suzuki).card.text).toContain('到着しましたか');
    expect(rang(takahashi)).toEqual([]);
    await world.pass(60);
    expect(rang(takahashi)).toEqual([240]);
    expect(world.last(sato).card.text).toContain('鈴木 健太さんの到着が未確認です');
  });

  test('来てくれた by the caller holds it as well', async () => {
    await world.presses(sato, '来てくれた');
    await world.pass(600);
    expect(rang(suzuki)).toEqual([0]);
    expect(world.last(sato).card.text).not.toContain('1人で対応中');
  });
});

describe('what does not stop a lane', () => {
  test.each([
    ['a thank-you', '応援ありがとうございました'],
    ['a denial', '緊急ではありません'],
    ['opening the list', '自分の事案'],
    ['anything else', 'こんにちは'],
    ['a second call', '応援'],
  ])('%s by the caller', async (_, words) => {
    await world.says(sato, words);
    await world.pass(70);
    expect(rang(suzuki).filter((at) => at >= 60)).not.toEqual([]);
  });

  test('an acknowledgement by somebody who was not called', async () => {
    const outsider = world.who('木村 拓');
    const code = await world.codeOf(sato);
    await world.says(outsider, `応答 ${code}`);
    await world.pass(70);
    expect(rang(suzuki)).toEqual([0, 60]);
  });

  test('uninstalling, a deleted page, an unreachable phone', async () => {
    await world.receive(world.activity(sato, { type: 'installationUpdate', action: 'remove' }));
    world.channel.forget(world.last(suzuki).activityId);
    world.channel.unreachable.add(shimizu);
    await world.pass(70);
    expect(rang(suzuki)).toEqual([0, 60]);
    expect(world.alerts(world.who('林 大輔')).length).toBeGreaterThan(0);
  });

  test('a restart', async () => {
    world = await world.restart();
    await world.pass(70);
    expect(rang(suzuki)).toEqual([0, 60]);
  });
});
