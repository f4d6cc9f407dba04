import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type City, openCity } from '../harness/city.ts';

let city: City;
beforeEach(async () => {
  city = await openCity();
  await city.world.installs(city.sato, city.suzuki, city.takahashi, city.shimizu);
});
afterEach(() => city.world.close());

async function calls(words: string, who = city.sato): Promise<string> {
  await city.world.says(who, words);
  return city.world.codeOf(who);
}
const read = async (code: string) => city.world.app.calls.read(code);

describe('with the code', () => {
  test.each([
    '応答 K 向かいます',
    '応答 K すぐ行きます',
    '了解 K',
    '応答 K。よろしく',
    'K 了解です 3分で行きます',
  ])('「%s」 acknowledges', async (words) => {
    const code = await calls('応援 2番窓口');
    await city.world.says(city.suzuki, words.replace('K', code));
    expect((await read(code))?.lanes.second.state).toBe('held');
  });

  test.each(['応答 K 行けません', 'K 誰が行きますか', '向かいますか K', '応答しません K'])(
    '「%s」 does not',
    async (words) => {
      const code = await calls('応援 2番窓口');
      await city.world.says(city.suzuki, words.replace('K', code));
      expect((await read(code))?.lanes.second.state).toBe('paging');
    },
  );

  test('「緊急 K-… 2番窓口」 by a responder raises that case and opens none', async () => {
    const { world, suzuki } = city;
    const code = await calls('応援 2番窓口');
    await world.says(suzuki, `緊急 ${code} 2番窓口`);
    expect((await read(code))?.level).toBe('emergency');
    expect(await world.app.calls.openCallOf(suzuki)).toBeUndefined();
  });

  test('by its caller it adds the place as well; by somebody else it is their own cry for help', async () => {
    const { world, sato, inoue } = city;
    const code = await calls('応援 2番窓口');
    await world.says(sato, `緊急 ${code} 1階ロビー`);
    expect(await read(code)).toMatchObject({ level: 'emergency', places: [{}, { text: '1階ロビー' }] });
    await world.says(inoue, `緊急 ${code} 1番窓口`);
    expect((await world.app.calls.openCallOf(inoue))?.caller.id).toBe(inoue);
  });
});

describe('without a code', () => {
  test('the caller says who rang the police', async () => {
    const code = await calls('緊急 2番窓口');
    await city.world.says(city.sato, '110番します');
    await city.world.says(city.sato, '通報済み');
    expect((await read(code))?.police?.doneAt).not.toBeNull();
  });

  test('the affected person says that help has come', async () => {
    const code = await calls('応援 2番窓口 高橋さん');
    await city.world.says(city.takahashi, '来てくれた');
    expect((await read(code))?.lanes.second.cameAt).not.toBeNull();
  });

  test('「対応終了」 of a responder who has a call of their own as well: they are asked, nothing ends', async () => {
    const { world, suzuki } = city;
    const own = await calls('相談', suzuki);
    const code = await calls('応援 2番窓口');
    await world.says(suzuki, `向かいます ${code}`);
    await world.says(suzuki, '対応終了');
    expect([(await read(own))?.status, (await read(code))?.status]).toEqual(['open', 'open']);
    expect(city.card(suzuki)).toContain(`対応終了 ${own}`);
    expect(city.card(suzuki)).toContain(code);
    await world.says(suzuki, `対応終了 ${own}`);
    expect([(await read(own))?.status, (await read(code))?.status]).toEqual(['ended', 'open']);
  });

  test('「対応終了」 of a caller who was only paged for another case ends their own', async () => {
    const { world, suzuki } = city;
    const own = await calls('相談', suzuki);
    const code = await calls('応援 2番窓口');
    await world.says(suzuki, '対応終了');
    expect([(await read(own))?.status, (await read(code))?.status]).toEqual(['ended', 'open']);
  });
});

test('that nothing could be saved is said in the language of the person', async () => {
  const { world, sato } = city;
  await world.says(sato, 'English');
  world.store.create = async () => {
    throw new Error('test');
  };
  await world.says(sato, '応援');
  const said = world.messages(`chat-${sato}`).at(-1);
  expect(said?.card.text).toMatch(/ext\. 2119/);
});
