import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type City, openCity } from '../harness/city.ts';

const WORDS = 'こちらでも殴られています';

let city: City;
beforeEach(async () => {
  city = await openCity();
  await city.world.installs(city.sato, city.suzuki, city.takahashi, city.shimizu);
});
afterEach(() => city.world.close());

/** 鈴木 has the form of a case from which he is then left out. */
async function formOfAnotherCase(): Promise<string> {
  const { world, sato, suzuki } = city;
  await world.says(sato, '応援 2番窓口');
  const code = await world.codeOf(sato);
  await world.presses(suzuki, '報告する');
  await world.says(sato, `除外 ${code} 鈴木`);
  return code;
}

const reported = async (person: string) => {
  const code = await city.world.codeOf(person);
  return { code, entries: (await city.world.app.reports.read(code))?.entries ?? [] };
};

test('「今も危険」 on the form of a case that is no longer theirs calls, and the words belong to that call', async () => {
  const { world, suzuki, takahashi } = city;
  const other = await formOfAnotherCase();
  const rung = await city.ring(() =>
    world.presses(suzuki, '送信', { what: WORDS, where: '3番窓口', danger: 'true' }),
  );
  expect(rung).toContain('takahashi');
  expect(world.last(takahashi).summary).toContain('【緊急】3番窓口');
  const { code, entries } = await reported(suzuki);
  expect(code).not.toBe(other);
  expect(entries).toMatchObject([{ what: WORDS, dangerNow: true }]);
  expect((await world.app.reports.read(other))?.entries ?? []).toEqual([]);
});

test('「今も危険」 with a code that does not exist calls', async () => {
  const { world, sato } = city;
  await world.presses(sato, '報告する');
  const fields = { what: WORDS, where: '2番窓口', danger: 'true', code: 'K-ZZZZ' };
  expect(await city.ring(() => world.presses(sato, '送信', fields))).toContain('suzuki');
  expect((await reported(sato)).entries).toHaveLength(1);
});

test('「今も危険」 on an unfinished form of such a case calls all the same', async () => {
  const { world, suzuki } = city;
  await formOfAnotherCase();
  const fields = { what: '', where: '3番窓口', danger: 'true' };
  expect(await city.ring(() => world.presses(suzuki, '送信', fields))).toContain('takahashi');
  expect(city.card(suzuki)).toContain('緊急を受け付けました');
});

test('without danger the words stay in the form, which says why, and are saved by pressing again', async () => {
  const { world, suzuki } = city;
  const other = await formOfAnotherCase();
  await world.presses(suzuki, '送信', { what: WORDS, where: '3番窓口' });
  const form = world.messages(suzuki).findLast((m) => m.card.inputs.length >= 4);
  expect(form?.card.text).toMatch(/関係者だけです。この報告はまだ保存していません/);
  expect(form?.card.inputs.find(({ id }) => id === 'what')?.value).toBe(WORDS);
  await world.presses(suzuki, '送信');
  const { code, entries } = await reported(suzuki);
  expect(code).not.toBe(other);
  expect(entries).toMatchObject([{ what: WORDS }]);
});
