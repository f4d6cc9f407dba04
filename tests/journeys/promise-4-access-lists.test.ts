import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openScene, type Scene } from '../harness/accessScene.ts';
import { COUNTER, GUEST } from '../harness/city.ts';

let scene: Scene;
/** Of 佐藤 (税務課, accepted), who leaves her superiors out; of 加藤 (市民課); of 渡辺 (収税課). */
let zeimu: string;
let shimin: string;
let shuzei: string;

beforeAll(async () => {
  scene = await openScene(
    {
      caller: ({ sato }) => sato,
      words: ['応援 2番窓口'],
      excluded: ['伊藤 誠', '林 大輔', '斎藤 明', '中村 浩一'],
    },
    'accepted',
  );
  const { world, kato, yamamoto } = scene;
  await world.says(kato, '相談 証明コーナー');
  await world.says(yamamoto, '相談 収税窓口');
  zeimu = scene.code;
  shimin = await world.codeOf(kato);
  shuzei = await world.codeOf(yamamoto);
});
afterAll(() => scene.world.close());

/** A tap as any client could send it; the answer as it came, and whatever else was sent. */
async function sends(person: string, data: Record<string, unknown>): Promise<string> {
  const { world } = scene;
  const before = world.channel.messages.length;
  const { body } = await world.receive(world.tap(person, 'forged', data));
  const sent = world.channel.messages.slice(before).filter(({ to }) => to === person);
  return JSON.stringify([body, sent.map(({ json }) => json)]);
}

const FILTERS = ['todo', 'new', 'open', 'all'];
const SECTIONS = ['', 'zeimu', 'shimin', 'shuzei', 'soumu', 'any', '__proto__', 'zeimu-bu'];

/** Every list that there is: filters, sections, periods, typed and pressed. */
async function everyList(person: string): Promise<string> {
  const cards: string[] = [];
  for (const filter of FILTERS)
    for (const section of SECTIONS) {
      const list = new URLSearchParams({ filter, section, from: '', to: '', cursor: '' }).toString();
      cards.push(await sends(person, { verb: 'list.open', list }));
    }
  for (const section of SECTIONS)
    for (const period of [{}, { from: '2026-11-24' }, { from: '2026-11-01', to: '2026-11-30' }])
      cards.push(await sends(person, { verb: 'list.find', number: '', section, ...period }));
  cards.push(await sends(person, { verb: 'list.search' }));
  const { world } = scene;
  for (const words of ['事案一覧', '自分の事案']) {
    await world.says(person, words);
    cards.push(JSON.stringify(world.last(person).json));
  }
  return cards.join('\n');
}

const codesIn = (cards: string): string[] =>
  [zeimu, shimin, shuzei].filter((code) => cards.includes(code)).sort();

describe('every list, by whoever asks', () => {
  test.each<readonly [string, () => string, () => string[]]>([
    ['an officer sees all of them', () => scene.shimizu, () => [zeimu, shimin, shuzei]],
    ['an implicated officer all but that one', () => scene.hayashi, () => [shimin, shuzei]],
    ['an implicated manager as well', () => scene.saito, () => [shimin, shuzei]],
    ['an implicated section head none', () => scene.ito, () => []],
    ['a section head those of the section', () => scene.kobayashi, () => [shimin]],
    ['another section head theirs', () => scene.watanabe, () => [shuzei]],
    ['an implicated department head nothing before an acceptance either', () => scene.nakamura, () => []],
    ['a department head nothing before the acceptance', () => scene.world.who('山田 隆'), () => []],
    ['the caller their own', () => scene.sato, () => [zeimu]],
    ['somebody who was paged none', () => scene.suzuki, () => []],
    ['somebody elsewhere none', () => scene.kimura, () => []],
    ['a counter account none', () => COUNTER, () => []],
    ['somebody in no directory none', () => GUEST, () => []],
  ])('%s', async (_, person, expected) => {
    const cards = await everyList(person());
    expect(codesIn(cards)).toEqual(expected().sort());
    expect(cards).not.toContain('紫陽花');
    if (!expected().includes(zeimu)) expect(cards).not.toContain('2番窓口');
  });

  test.each<readonly [string, () => string]>([
    ['an implicated section head', () => scene.ito],
    ['an implicated officer', () => scene.hayashi],
    ['an implicated manager', () => scene.saito],
    ['an implicated department head', () => scene.nakamura],
    ['the head of another section', () => scene.kobayashi],
  ])('code and number are not there for %s', async (_, person) => {
    for (const number of [zeimu, zeimu.toLowerCase(), scene.number, 'R8-1', ` ${scene.number} `]) {
      const answer = await sends(person(), { verb: 'list.find', number });
      expect(answer).toContain('この番号の事案は見つかりません');
      expect(answer).not.toMatch(/2番窓口|佐藤|清水/);
    }
  });

  test('who has no list is told so, or gets their own cases', async () => {
    for (const verb of ['list.open', 'list.search', 'list.find']) {
      expect(await sends(scene.suzuki, { verb, number: zeimu })).toContain('今の立場ではできません');
      expect(await sends(COUNTER, { verb, number: zeimu })).toContain('今の立場ではできません');
      expect(await sends(GUEST, { verb, number: zeimu })).toContain('職員名簿に登録がない');
    }
  });
});

test('a department head finds a case from the acceptance on, and no case of another department', async () => {
  const { world, shimizu } = scene;
  const yamada = world.who('山田 隆');
  await sends(shimizu, { verb: 'work.accept', code: shimin });
  expect(codesIn(await everyList(yamada))).toEqual([shimin]);
  expect(codesIn(await everyList(scene.nakamura))).toEqual([]);
});

test('somebody who is left out later finds the case no more', async () => {
  const { world, kato, kobayashi } = scene;
  expect(codesIn(await everyList(kobayashi))).toEqual([shimin]);
  await world.says(kato, `除外 ${shimin} 小林 真理`);
  expect(codesIn(await everyList(kobayashi))).toEqual([]);
});
