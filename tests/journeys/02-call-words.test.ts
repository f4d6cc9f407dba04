import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { UTTERANCES } from '../fixtures/utterances.ts';
import { type City, openCity, running } from '../harness/city.ts';

const LEVELS = { advice: '相談', assist: '応援', emergency: '緊急' } as const;

let city: City;
beforeAll(async () => {
  city = await openCity();
});
afterAll(() => city.world.close());

const paging = UTTERANCES.filter(({ pages }) => pages !== null);
const silent = UTTERANCES.filter(({ pages }) => pages === null);

test.each(paging.map((row) => [row.text, row] as const))('「%s」 pages', async (text, row) => {
  const { world, sato } = city;
  const before = world.channel.messages.length;
  await world.says(sato, text);
  const sent = world.channel.messages.slice(before);
  const rung = sent.filter(({ alert, to }) => alert && to !== world.directory.generalAffairsChannel);
  const level = row.pages === null ? '' : LEVELS[row.pages];
  const place = world.directory.resolvePlace(row.place ?? '', world.directory.person(sato));
  for (const { summary } of rung) {
    expect(summary).toMatch(new RegExp(`^【${level}】`));
    if (row.place !== undefined) expect(summary).toContain(place.text);
    expect(summary).not.toMatch(/殴|包丁|男|大声|怒|酒/);
  }
  const to = rung.map((message) => message.to);
  expect(to).toContain(city.shimizu);
  expect(to.some((id) => !world.directory.isGeneralAffairs(id))).toBe(row.pages !== 'advice');
  const card = running(world.last(sato).card.text);
  expect(card).toContain(`${level}を受け付けました`);
  if (row.affected !== undefined) expect(card).toContain(`対応している職員：${row.affected}`);

  await world.says(sato, '取消');
  expect(running(world.last(sato).card.text)).toContain('取消（押し間違い）');
});

test.each(silent.map((row) => [row.text, row] as const))(
  '「%s」 pages nobody and is answered',
  async (text, row) => {
    const { world, sato } = city;
    const before = world.channel.messages.length;
    expect(await city.ring(() => world.says(sato, text))).toEqual([]);
    const answers = world.channel.messages.slice(before);
    expect(answers.map(({ to }) => to)).toEqual([sato]);
    if (row.kind === 'offer' || row.kind === 'unknown') {
      expect(city.card(sato)).toMatch(/まだ誰も呼んでいません|Nobody has been called/);
      expect(city.buttons(sato).slice(0, 3).join()).toMatch(/^(緊急,応援を呼ぶ,相談|Emergency)/);
    }
    if (row.kind === 'language') await world.says(sato, '日本語');
  },
);
