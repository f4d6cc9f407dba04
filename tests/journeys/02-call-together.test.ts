import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type City, openCity } from '../harness/city.ts';

let city: City;
beforeEach(async () => {
  city = await openCity();
  await city.world.installs(city.sato, city.suzuki, city.takahashi, city.yamamoto, city.shimizu);
});
afterEach(() => city.world.close());

describe('a colleague calls for somebody', () => {
  test('whose own call then joins that case', async () => {
    const { world, sato, takahashi } = city;
    await world.says(sato, '応援 2番窓口 高橋さん');
    const code = await world.codeOf(sato);
    await world.says(takahashi, '緊急 3番窓口');
    expect(await world.codeOf(takahashi)).toBe(code);
    const call = await world.app.calls.read(code);
    expect(call).toMatchObject({ level: 'emergency', caller: { id: sato } });
    expect(call?.places.at(-1)?.text).toBe('3番窓口');
  });

  test('and once it is over their own call is a case of its own', async () => {
    const { world, sato, takahashi } = city;
    await world.says(sato, '応援 2番窓口 高橋さん');
    const code = await world.codeOf(sato);
    await world.says(sato, '対応終了');
    await world.says(takahashi, '応援');
    const own = await world.app.calls.openCallOf(takahashi);
    expect(own?.code).not.toBe(code);
    expect(own?.caller.id).toBe(takahashi);
  });

  test('at a place of another section: the one who works there is meant, and is not paged', async () => {
    const { world, yamamoto, sato } = city;
    await world.says(yamamoto, '応援 税務課2番窓口 佐藤さん');
    const code = await world.codeOf(yamamoto);
    await world.pass(200);
    const call = await world.app.calls.read(code);
    expect(call?.affected).toMatchObject({ id: sato });
    expect(call?.lanes.second.people[sato]).toBeUndefined();
  });

  test('whose name fits several is named as it was written', async () => {
    const { world, shimizu } = city;
    await world.says(shimizu, '応援 1階ロビー 佐藤さん');
    const call = await world.app.calls.read(await world.codeOf(shimizu));
    expect(call?.affected).toMatchObject({ id: '', name: '佐藤' });
  });
});

describe('the same press delivered again with a new id', () => {
  const press = async (title: string) => {
    const home = city.world.messages(city.sato)[0];
    const button = home?.card.buttons.find((b) => b.title === title);
    return () => city.world.receive(city.world.tap(city.sato, home?.activityId ?? '', { ...button?.data }));
  };

  test('after 取消 pages nobody, and says so', async () => {
    const again = await press('応援を呼ぶ');
    await again();
    await city.world.says(city.sato, '取消');
    let body = {};
    const rung = await city.ring(async () => {
      body = (await again()).body;
    });
    expect(rung).toEqual([]);
    expect(JSON.stringify(body)).toContain('新しい呼び出しはしていません');
  });

  test('but the card that comes back calls at once, and so does another button of the old one', async () => {
    const again = await press('応援を呼ぶ');
    await again();
    await city.world.says(city.sato, '取消');
    const body = (await again()).body as { value: object };
    const stamp = /"verb":"call\.assist","draft":"([^"]+)"/.exec(JSON.stringify(body.value))?.[1];
    const tap = city.world.tap(city.sato, 'x', { verb: 'call.assist', draft: stamp });
    expect(await city.ring(() => city.world.receive(tap))).toContain('suzuki');
    await city.world.says(city.sato, '取消');
    const emergency = await press('緊急');
    expect(await city.ring(emergency)).toContain('suzuki');
  });

  test('a minute after the end an old home card calls again', async () => {
    const again = await press('応援を呼ぶ');
    await again();
    await city.world.says(city.sato, '対応終了');
    await city.world.pass(61);
    expect(await city.ring(again)).toContain('suzuki');
  });
});

test('activities without an id are not taken for each other', async () => {
  const { world, sato } = city;
  const cry = () => world.receive(world.activity(sato, { type: 'message', text: '応援', id: undefined }));
  await cry();
  await world.says(sato, '対応終了');
  expect(await city.ring(cry)).toContain('suzuki');
});

test('合言葉 with a mention of the bot calls', async () => {
  const { world, sato } = city;
  const phrase = '<at>まもり</at>&nbsp;7番の資料をお願いします';
  expect(await city.ring(() => world.says(sato, phrase))).toContain('suzuki');
});

test('the same activity delivered again after the end calls nobody', async () => {
  const other = await openCity();
  const { world, sato } = other;
  const call = world.activity(sato, { type: 'message', text: '応援 2番窓口' });
  await world.receive(call);
  await world.says(sato, '対応終了');
  expect(await other.ring(() => world.receive(call))).toEqual([]);
  expect((await world.app.calls.casesOf(sato, 5)).items).toHaveLength(1);
  await world.close();
});
