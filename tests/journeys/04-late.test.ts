import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type City, GUEST, openCity } from '../harness/city.ts';

let city: City;
beforeEach(async () => {
  city = await openCity();
});
afterEach(() => city.world.close());

const HOUR = 3_600;

describe('answers that come late, or are taken back', () => {
  test('「来てくれた」 delivered again does not silence the 緊急 that came after it', async () => {
    const { world, sato } = city;
    await world.says(sato, '応援 2番窓口');
    const reception = world.last(sato);
    const came = reception.card.buttons.find(({ title }) => title === '来てくれた');
    await world.receive(world.tap(sato, reception.activityId, { ...came?.data }));
    await world.says(sato, '緊急');
    await world.receive(world.tap(sato, reception.activityId, { ...came?.data }));
    expect(await city.ring(() => world.pass(100))).toContain('tanaka');
  });

  test('the one who had arrived leaves: the other who is coming is asked, and then no longer counted on', async () => {
    const { world, sato, suzuki, takahashi, shimizu } = city;
    await world.says(sato, '応援 2番窓口');
    await world.presses(shimizu, '電話で支援します');
    await world.pass(31);
    await world.presses(suzuki, '向かいます');
    await world.presses(takahashi, '向かいます');
    await world.presses(takahashi, '到着しました');
    const code = await world.codeOf(sato);
    await world.says(takahashi, `行けません ${code}`);
    expect(await city.ring(() => world.pass(185))).toContain('suzuki');
    expect(city.card(suzuki)).toContain('到着しましたか');
    expect(await city.ring(() => world.pass(65))).toContain('tanaka');
  });

  test('help of an earlier round does not excuse the one who promised to come in this one', async () => {
    const { world, sato, suzuki, takahashi } = city;
    await world.says(sato, '応援 2番窓口');
    await world.presses(suzuki, '向かいます');
    await world.presses(sato, '来てくれた');
    await world.pass(10);
    await world.presses(sato, '緊急に切り替える');
    await world.presses(takahashi, '向かいます');
    await world.pass(185);
    expect(city.card(takahashi)).toContain('到着しましたか');
  });

  test('the question is not sent any more to somebody who has arrived meanwhile', async () => {
    const { world, sato, suzuki, shimizu } = city;
    await world.says(sato, '応援 2番窓口');
    await world.presses(shimizu, '電話で支援します');
    await world.presses(suzuki, '向かいます');
    await world.pass(170);
    world.channel.fail(suzuki, { kind: 'retry', reason: '429', retryAfterMs: 20_000 });
    await world.pass(12);
    await world.presses(suzuki, '到着しました');
    expect(await city.ring(() => world.pass(60))).toEqual([]);
  });
});

describe('nobody is left who could come', () => {
  test('everybody has declined: the alarm repeats, and they are asked once more', async () => {
    const { world, sato } = city;
    await world.says(sato, '応援 2番窓口');
    const code = await world.codeOf(sato);
    const people = Object.values(city).filter((id): id is string => typeof id === 'string' && id !== sato);
    for (let round = 0; round < 8; round++) {
      for (const id of people) {
        const asked = world
          .messages(id)
          .at(-1)
          ?.card.buttons.some(({ title }) => title === '行けません');
        if (asked === true) await world.says(id, `行けません ${code}`);
      }
    }
    const rung = await city.ring(() => world.pass(HOUR));
    expect(rung.length).toBeGreaterThan(20);
    expect(rung).toContain('suzuki');
  });
});

describe('who may do what', () => {
  test('somebody implicated cannot take the helpers away, General Affairs or not', async () => {
    const { world, sato, suzuki, saito } = city;
    await world.says(sato, '応援 2番窓口');
    const code = await world.codeOf(sato);
    await world.says(sato, `除外 ${code} 斎藤 明`);
    await world.presses(suzuki, '向かいます');
    const rung = await city.ring(() => world.says(saito, `除外 ${code} 鈴木 健太`));
    expect(rung).toEqual([]);
    expect(city.card(sato)).toContain('鈴木 健太さんが確認・向かっています');
    expect(city.card(saito)).not.toContain('佐藤 美咲');
  });

  test('a caller outside the directory: 来てくれた holds General Affairs, the only lane there is', async () => {
    const { world } = city;
    await world.installs(GUEST);
    await world.says(GUEST, '応援 1階ロビー');
    await world.presses(GUEST, '来てくれた');
    expect(await city.ring(() => world.pass(600))).toEqual([]);
    expect(city.card(GUEST)).not.toContain('まだ誰も確認していません');
  });
});
