import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Casework, openCasework, WHAT } from '../harness/casework.ts';
import { running } from '../harness/city.ts';

const CHANNEL = '19:general-affairs@thread.tacv2';
let city: Casework;
beforeEach(async () => {
  city = await openCasework();
});
afterEach(() => city.world.close());

const posts = () => city.world.messages(CHANNEL).map((m) => running(m.card.text));

describe('every case reaches General Affairs', () => {
  test.each([
    ['応援 2番窓口', '応援'],
    ['相談 2番窓口', '相談'],
    ['緊急 2番窓口', '緊急'],
  ])('%s: the lane by a page, the channel by a post of level, place and code alone', async (words, level) => {
    const { world, sato, shimizu } = city;
    await world.says(sato, words);
    const code = await world.codeOf(sato);
    expect(world.alerts(shimizu)).toHaveLength(1);
    const [post = ''] = posts();
    expect(post).toMatch(new RegExp(`^${level}　2番窓口.*${code}`));
    expect(JSON.stringify(world.messages(CHANNEL))).not.toMatch(/佐藤|美咲/);
  });

  test('a written report: told to whoever is on duty, posted without a sound and without a word of it', async () => {
    const { world, shimizu } = city;
    const code = await city.reported();
    expect(world.alerts(shimizu)).toHaveLength(1);
    expect(posts()[0]).toMatch(new RegExp(`^報告　2番窓口.*${code}.*「事案一覧」から受け付けてください`));
    expect(world.alerts(CHANNEL)).toEqual([]);
    expect(JSON.stringify(world.messages(CHANNEL))).not.toMatch(/佐藤|怒鳴/);
  });

  test('the channel that cannot be reached is tried again, the case is in the list all the same', async () => {
    const { world, sato, shimizu } = city;
    world.channel.fail(CHANNEL, { kind: 'retry', reason: '429' }, { kind: 'uncertain', reason: 'reset' });
    await world.says(sato, '相談 2番窓口');
    await world.pass(30);
    expect(posts()).toHaveLength(1);
    await world.says(shimizu, '事案一覧');
    expect(world.last(shimizu).card.text).toContain(await world.codeOf(sato));
  });
});

describe('受付する', () => {
  test('gives the next number of the fiscal year, and the reporter sees that it has been accepted', async () => {
    const { world, sato, shimizu } = city;
    const code = await city.reported();
    await city.opens(shimizu, code);
    await world.presses(shimizu, '受付する');
    expect(city.on(shimizu, '担当を決める')).toMatch(
      /管理番号 令和8年度-0001.*受付済み.*受付：清水 陽子さん/,
    );
    await world.pass(2);
    expect(world.screen(sato)).toContain('総務課が受け付けました（令和8年度-0001）');
    await world.says(sato, '相談');
    const second = await world.codeOf(sato);
    await city.opens(shimizu, second);
    await world.presses(shimizu, '受付する');
    expect(city.on(shimizu, '担当を決める')).toContain('令和8年度-0002');
  });

  test('the second officer is told who was first, and nothing changes', async () => {
    const { world, shimizu, hayashi } = city;
    const code = await city.reported();
    await city.opens(shimizu, code);
    await city.opens(hayashi, code);
    await world.presses(shimizu, '受付する');
    const before = await world.app.calls.read(code);
    await world.presses(hayashi, '受付する');
    expect(city.on(hayashi, '担当を決める')).toMatch(/清水 陽子さんがすでに受け付けています.*受付済み/);
    expect((await world.app.calls.read(code))?.handling).toEqual(before?.handling);
  });

  test('does not stop a page: only an acknowledgement does (promise 2)', async () => {
    const { world, sato, suzuki, shimizu } = city;
    await world.says(sato, '応援 2番窓口');
    const code = await world.codeOf(sato);
    await city.opens(shimizu, code);
    await world.presses(shimizu, '受付する');
    const rung = await city.ring(() => world.pass(120));
    expect(rung).toContain('shimizu');
    expect(world.alerts(suzuki).length).toBeGreaterThan(1);
  });

  test('interrupted before the number: after the restart the case has one, without another press', async () => {
    const { world, shimizu } = city;
    const code = await city.reported();
    // As if the process had died right after the acceptance was written.
    await world.app.calls.execute(code, {
      type: 'accept',
      by: { id: shimizu, name: '清水 陽子', kind: 'person' },
    });
    expect((await world.app.calls.read(code))?.handling?.number).toBeNull();
    city = { ...city, world: await world.restart() };
    await city.world.pass(20);
    expect((await city.world.app.calls.read(code))?.handling?.number).toEqual({ year: 2026, n: 1 });
  });
});

describe('担当, メモ, 提案, 対応終了', () => {
  async function accepted(): Promise<string> {
    const { world, shimizu } = city;
    const code = await city.reported();
    await city.opens(shimizu, code);
    await world.presses(shimizu, '受付する');
    return code;
  }

  test('whoever gets a case is told, and has it among what waits for them', async () => {
    const { world, shimizu, hayashi } = city;
    const code = await accepted();
    await world.presses(shimizu, '担当を決める');
    await world.presses(shimizu, '保存', { assignee: hayashi });
    expect(city.on(shimizu, '判断の提案')).toContain('担当：林 大輔さん');
    expect(world.alerts(hayashi).at(-1)?.card.text).toContain('この事案の担当になりました');
    await world.says(hayashi, '事案一覧');
    expect(world.last(hayashi).card.text).toContain('令和8年度-0001');
    await world.says(shimizu, '事案一覧');
    expect(world.last(shimizu).card.text).toContain('対応が必要な事案はありません');
    expect(world.last(shimizu).card.text).not.toContain(code);
  });

  test('an assignee who is not of General Affairs, or nobody, is asked for again', async () => {
    const { world, shimizu, sato } = city;
    await accepted();
    for (const assignee of [sato, '', 'nobody-known']) {
      await world.presses(shimizu, '担当を決める');
      await world.presses(shimizu, '保存', { assignee });
      expect(city.form(shimizu).text).toContain('職員を選んでください');
      await world.presses(shimizu, '事案に戻る');
    }
    expect(city.on(shimizu, '担当を決める')).toContain('担当：まだ決まっていません');
  });

  test('a note and a proposal are kept, each with who and when; a legitimate request names who takes it on (P2)', async () => {
    const { world, shimizu } = city;
    const code = await accepted();
    await world.presses(shimizu, 'メモを残す');
    await world.presses(shimizu, '保存', { note: '' });
    expect(city.form(shimizu).text).toContain('メモを書いてください');
    await world.presses(shimizu, '保存', { note: '本人に電話で聞き取り。' });
    await world.presses(shimizu, '判断の提案');
    await world.presses(shimizu, '保存', { outcome: 'legitimate', why: '制度への要望' });
    expect(city.form(shimizu).text).toContain('引き継ぎ先を書いてください');
    expect(city.form(shimizu).values.why).toBe('制度への要望');
    await world.presses(shimizu, '保存', { handedTo: '収税課' });
    expect(city.on(shimizu, '判断の提案')).toMatch(
      /判断の提案：正当な要望・苦情引き継ぎ先：収税課.*決裁までは提案/,
    );
    await world.presses(shimizu, '判断の提案');
    await world.presses(shimizu, '保存', { outcome: 'undecided', why: '事実を確認中' });
    expect(city.on(shimizu, '判断の提案')).toContain('判断の提案：判断を保留する');
    expect((await world.app.reports.read(code))?.proposals?.map(({ outcome }) => outcome)).toEqual([
      'legitimate',
      'undecided',
    ]);
    // A note is for those who may read the record.
    expect(world.screen(shimizu)).not.toContain('本人に電話で聞き取り');
    await world.presses(shimizu, '記録を読む');
    expect(world.screen(shimizu)).toContain('本人に電話で聞き取り');
  });

  test('対応終了 ends the case; a report after it opens it again and is told', async () => {
    const { world, sato, shimizu } = city;
    const code = await accepted();
    await world.presses(shimizu, '対応終了');
    expect(city.on(shimizu, '対応を再開する')).toMatch(/対応終了にしました.*対応終了：清水 陽子さん/);
    await world.says(shimizu, '事案一覧');
    expect(world.last(shimizu).card.text).not.toContain(code);
    await world.pass(2);
    expect(world.screen(sato)).toContain('総務課の対応は終了しました');

    const rung = await city.ring(async () => {
      await world.presses(sato, '報告する');
      await world.presses(sato, '送信', { what: 'また同じ人が来ました。' });
      await world.pass(2);
    });
    expect(rung).toEqual(['shimizu']);
    await world.says(shimizu, '事案一覧');
    expect(world.last(shimizu).card.text).toContain('令和8年度-0001');
  });

  test('対応終了 while people are being called asks first, and then stops the calls', async () => {
    const { world, sato, suzuki, shimizu } = city;
    await world.says(sato, '応援 2番窓口');
    const code = await world.codeOf(sato);
    await city.opens(shimizu, code);
    await world.presses(shimizu, '受付する');
    const [card] = world
      .messages(shimizu)
      .filter((m) => m.card.buttons.some((b) => b.title === '担当を決める'));
    if (card === undefined) throw new Error('no case card');
    await world.pressesOn(shimizu, card, '対応終了');
    expect(running(card.card.text)).toContain('まだ職員を呼び出しています');
    expect((await world.app.calls.read(code))?.status).toBe('open');
    await world.pressesOn(shimizu, card, '呼び出しも終える');
    expect((await world.app.calls.read(code))?.status).toBe('ended');
    expect(await city.ring(() => world.pass(600))).toEqual([]);
    expect(world.last(suzuki).card.text).toContain('対応終了');
  });

  test('再開 brings it back', async () => {
    const { world, shimizu } = city;
    await accepted();
    await world.presses(shimizu, '対応終了');
    await world.presses(shimizu, '対応を再開する');
    expect(city.on(shimizu, '判断の提案')).toMatch(/対応を再開しました.*受付済み/);
  });
});

test('a call taken back by mistake leaves nothing to do, and can still be found', async () => {
  const { world, sato, shimizu } = city;
  await world.says(sato, '相談');
  const code = await world.codeOf(sato);
  await world.presses(sato, '取消（押し間違い）');
  await world.says(shimizu, '事案一覧');
  expect(world.last(shimizu).card.text).toContain('対応が必要な事案はありません');
  await world.presses(shimizu, 'すべて');
  expect(world.last(shimizu).card.text).toContain(code);
});

test('経過 runs forwards in JST, and says what was done without a word of the report', async () => {
  const { world, shimizu } = city;
  const code = await city.reported();
  await city.opens(shimizu, code);
  await world.presses(shimizu, '受付する');
  for (let n = 0; n < 6; n++) {
    await world.pass(60);
    await world.presses(shimizu, 'メモを残す');
    await world.presses(shimizu, '保存', { note: `メモ${n}` });
  }
  await world.presses(shimizu, '経過をすべて見る');
  const text = city.on(shimizu, '事案に戻る');
  const times = [...text.matchAll(/\d\d:\d\d:\d\d/g)].map(([time]) => time);
  expect(times.length).toBeGreaterThan(8);
  expect(times).toEqual([...times].sort());
  expect(times[0]).toBe('10:00:00');
  expect(text).not.toContain(WHAT.slice(0, 8));
});
