import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { World } from '../harness/world.ts';

let world: World;
let sato: string;
let suzuki: string;
let shimizu: string;
const COUNTER = '00000000-0000-4000-8000-000000000901';
const CALM = '申請書の書き方について説明しました。';
const THREAT = '「殺すぞ」と言われ、机を蹴られました。';

beforeEach(async () => {
  world = await World.open();
  [sato, suzuki, shimizu] = [world.who('佐藤 美咲'), world.who('鈴木 健太'), world.who('清水 陽子')];
  await world.installs(sato, suzuki, shimizu, COUNTER);
});
afterEach(() => world.close());

const form = (person: string) => world.messages(person).findLast((m) => m.card.inputs.length >= 4);
const typed = (person: string) =>
  Object.fromEntries((form(person)?.card.inputs ?? []).map(({ id, value }) => [id, value]));
const saved = (person: string) =>
  world.messages(person).filter((m) => m.card.text.includes('報告を保存しました'));
const entries = async (code: string) => (await world.app.reports.read(code))?.entries ?? [];
const codeOn = (text: string): string => /K-[0-9A-Z]{4,8}/.exec(text)?.[0] ?? '';

describe('the form', () => {
  test('from the home card: when is filled in, the rest is empty, and what is sent is kept as it was typed', async () => {
    await world.presses(sato, '報告する');
    expect(typed(sato).when).toMatch(/11月24日/);
    await world.presses(sato, '送信', { where: '2番窓口', what: `  ${CALM}\n二行目 ` });
    const [card] = saved(sato);
    const [entry] = await entries(codeOn(card?.card.text ?? ''));
    expect(entry).toMatchObject({ where: '2番窓口', what: `${CALM}\n二行目` });
    expect(world.alerts(suzuki)).toEqual([]);
  });

  test.each(['報告', '報告する'])('from the word %s', async (word) => {
    await world.says(sato, word);
    expect(form(sato)).toBeDefined();
  });

  test("from a case's card: place and case are known, and the report belongs to that case", async () => {
    await world.says(sato, '応援 2番窓口');
    const code = await world.codeOf(sato);
    await world.presses(sato, '報告する');
    expect(typed(sato).where).toBe('2番窓口');
    await world.presses(sato, '送信', { what: CALM });
    expect(await entries(code)).toHaveLength(1);
    await world.pass(1);
    expect(world.messages(sato).some((m) => m.card.text.includes('報告は保存済みです'))).toBe(true);
  });

  test('afterwards, when the case has ended', async () => {
    await world.says(sato, '応援');
    await world.presses(sato, '対応終了');
    await world.presses(sato, '報告する');
    await world.presses(sato, '送信', { what: CALM });
    expect(await entries(await world.codeOf(sato))).toHaveLength(1);
  });

  test('by a responder for the caller', async () => {
    await world.says(sato, '応援 2番窓口');
    await world.presses(suzuki, '報告する');
    await world.presses(suzuki, '送信', { what: CALM });
    const [entry] = await entries(await world.codeOf(sato));
    expect(entry?.by.id).toBe(suzuki);
  });

  test('is not for a counter account, which is a place, nor for somebody outside the directory', async () => {
    const guest = '00000000-0000-4000-8000-0000000009ff';
    for (const [who, sentence] of [
      [COUNTER, '窓口端末からは報告できません'],
      [guest, '職員名簿に登録がないため'],
    ] as const) {
      await world.says(who, '報告');
      expect(world.last(who).card.text).toContain(sentence);
      expect(form(who)).toBeUndefined();
      const forged = world.tap(who, 'x', {
        verb: 'report.submit',
        draft: 'd',
        when: 'a',
        where: 'b',
        what: 'c',
      });
      const reply = await world.receive(forged);
      expect(JSON.stringify(reply.body)).not.toContain('保存しました');
    }
  });
});

describe('the server checks, with the message at the field, and nothing typed is lost', () => {
  beforeEach(() => world.presses(sato, '報告する'));

  test('what is missing is asked for; what was typed stays', async () => {
    await world.presses(sato, '送信', { when: '', where: ' ', what: CALM });
    const text = form(sato)?.card.text ?? '';
    expect(text).toMatch(/いつ\n.*いつのことか入力してください。.*どこ\n/s);
    expect(text).toMatch(/どこでのことか入力してください。.*ひとこと/s);
    expect(text).not.toContain('何があったか、ひとこと入力してください。');
    expect(typed(sato)).toMatchObject({ what: CALM });
    expect(saved(sato)).toEqual([]);

    await world.presses(sato, '送信', { when: '今日', where: '1階' });
    expect(saved(sato)).toHaveLength(1);
  });

  test('4,000 characters are kept; one more is refused with both numbers, and stays in the field', async () => {
    const long = 'あ'.repeat(4001);
    await world.presses(sato, '送信', { where: '1階', what: long });
    expect(form(sato)?.card.text).toContain('4,000文字までにしてください（今は4,001文字です）');
    expect(typed(sato).what).toBe(long);
    await world.presses(sato, '送信', { what: long.slice(1) });
    const [entry] = await entries(codeOn(saved(sato)[0]?.card.text ?? ''));
    expect(entry?.what).toHaveLength(4000);
  });

  test.each([
    ['numbers and lists instead of text', { when: 7, where: ['x'], what: { a: 1 } }],
    ['nothing at all', { when: null, where: undefined, what: null }],
  ])('%s count as empty fields', async (_, fields) => {
    await world.presses(sato, '送信', fields);
    expect(form(sato)?.card.text).toContain('何があったか、ひとこと入力してください。');
  });

  test('markup is kept as it was typed and shown as it was typed', async () => {
    const odd = '<at>課長</at> **太字** ${what} [x](http://example.com) \\ & <b>';
    await world.presses(sato, '送信', { where: '', what: odd });
    expect(typed(sato).what).toBe(odd);
    await world.presses(sato, '送信', { where: '1階' });
    const [entry] = await entries(codeOn(saved(sato)[0]?.card.text ?? ''));
    expect(entry?.what).toBe(odd);
  });
});

describe('a form sent again', () => {
  test('twice is one report', async () => {
    await world.presses(sato, '報告する');
    const sent = { ...form(sato)?.card.buttons[0]?.data, when: '今日', where: '1階', what: CALM };
    const first = await world.receive(world.tap(sato, 'card', sent));
    const again = await world.receive(world.tap(sato, 'card', sent));
    expect(again.body).toEqual(first.body);
    expect(await entries(codeOn(JSON.stringify(first.body)))).toHaveLength(1);
  });

  test('with other words (the first answer never came) keeps both texts', async () => {
    await world.presses(sato, '報告する');
    const sent = { ...form(sato)?.card.buttons[0]?.data, when: '今日', where: '1階', what: CALM };
    const first = await world.receive(world.tap(sato, 'card', sent));
    await world.receive(world.tap(sato, 'card', { ...sent, what: `${CALM}書き足しました。` }));
    const kept = await entries(codeOn(JSON.stringify(first.body)));
    expect(kept.map((entry) => entry.what)).toEqual([CALM, `${CALM}書き足しました。`]);
  });
});

describe('今も危険', () => {
  test('calls like 緊急, and says so only then', async () => {
    await world.presses(sato, '報告する');
    await world.presses(sato, '送信', { where: '2番窓口', what: CALM, danger: 'true' });
    for (const person of [suzuki, shimizu]) expect(world.alerts(person)).toHaveLength(1);
    expect(world.last(suzuki).card.text).toMatch(/^緊急/);
    expect(saved(sato)[0]?.card.text).toContain('緊急として職員を呼び出しています');
    expect(world.screen(sato)).toContain('相手から離れ、安全な場所へ移動してください。');
  });

  test('on an open case raises that case', async () => {
    await world.says(sato, '応援 2番窓口');
    const code = await world.codeOf(sato);
    await world.presses(sato, '報告する');
    await world.presses(sato, '送信', { what: CALM, danger: 'true' });
    expect((await world.app.calls.read(code))?.level).toBe('emergency');
    expect(await entries(code)).toHaveLength(1);
    expect((await world.app.calls.casesOf(sato, 10)).items).toHaveLength(1);
  });

  test('on a case that has ended calls anew', async () => {
    await world.says(sato, '応援 2番窓口');
    await world.presses(sato, '対応終了');
    const before = world.alerts(suzuki).length;
    await world.presses(sato, '報告する');
    await world.presses(sato, '送信', { what: CALM, danger: 'true' });
    expect(world.alerts(suzuki).length).toBeGreaterThan(before);
  });

  test('pressed once more after that call has ended, it calls again', async () => {
    await world.presses(sato, '報告する');
    const sent = {
      ...form(sato)?.card.buttons[0]?.data,
      when: '今',
      where: '1階',
      what: CALM,
      danger: 'true',
    };
    await world.receive(world.tap(sato, 'card', sent));
    await world.presses(sato, '対応終了');
    const before = world.alerts(suzuki).length;
    const reply = await world.receive(world.tap(sato, 'card', sent));
    expect(JSON.stringify(reply.body)).toContain('緊急として職員を呼び出しています');
    expect(world.alerts(suzuki).length).toBeGreaterThan(before);
  });

  test('calls at once although the form is not complete; the form comes back with what was typed', async () => {
    await world.presses(sato, '報告する');
    await world.presses(sato, '送信', { when: '今', where: '2番窓口', what: '', danger: 'true' });
    expect(world.alerts(suzuki)).toHaveLength(1);
    expect(world.last(suzuki).card.text).toMatch(/^緊急/);
    expect(form(sato)?.card.text).toContain('何があったか、ひとこと入力してください。');
    expect(form(sato)?.card.text).toContain('緊急の呼び出しを受け付けました');
    expect(saved(sato)).toEqual([]);

    await world.presses(sato, '送信', { what: CALM });
    expect(world.alerts(suzuki)).toHaveLength(1);
    expect(saved(sato)).toHaveLength(1);
    expect((await world.app.calls.casesOf(sato, 10)).items).toHaveLength(1);
  });
});

describe('text alone that describes danger', () => {
  test('offers the button and tells General Affairs, without the words', async () => {
    await world.presses(sato, '報告する');
    await world.presses(sato, '送信', { where: '2番窓口', what: THREAT });
    const [card] = saved(sato);
    expect(card?.card.text).toContain('危険を示す記述があります。まだ緊急の呼び出しはしていません。');
    expect(card?.card.text).toContain('内線2119');
    expect(world.last(shimizu).card.text).toContain('報告に危険を示す記述があります');
    expect(world.screen(shimizu)).not.toMatch(/殺す|机を蹴/);
    expect(world.alerts(suzuki)).toEqual([]);

    await world.pressesOn(sato, card ?? world.last(sato), '緊急');
    expect(world.alerts(suzuki)).toHaveLength(1);
    expect(world.last(suzuki).card.text).toMatch(/^緊急/);
  });

  test('of a case that is an emergency already is not said to have called nobody', async () => {
    await world.says(sato, '緊急 2番窓口');
    await world.presses(sato, '報告する');
    await world.presses(sato, '送信', { what: THREAT });
    expect(saved(sato)[0]?.card.text).not.toContain('まだ緊急の呼び出しはしていません');
  });

  test('typed as a message, it offers 緊急 and says that nobody has been called', async () => {
    await world.says(sato, '窓口の人に殺すぞと言われています');
    expect(world.last(sato).card.buttons.map((b) => b.title)).toContain('緊急');
    expect(world.alerts(suzuki)).toEqual([]);
    expect(world.last(sato).card.text).toContain('まだ誰も呼んでいません');
  });
});
