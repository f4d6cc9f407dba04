import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { World } from '../harness/world.ts';

let world: World;
let sato: string;
let suzuki: string;
let shimizu: string;
const CHANNEL = '19:general-affairs@thread.tacv2';
/** Words that occur nowhere else. */
const STORY =
  '緑谷カナリアという黄色い服の男に大声で「殺すぞ」と言われ、胸ぐらをつかまれました。電話は090-1111-2222。';
const DETAIL = /カナリア|緑谷|黄色い服|殺す|胸ぐら|つかまれ|1111-2222/;

beforeEach(async () => {
  world = await World.open();
  [sato, suzuki, shimizu] = [world.who('佐藤 美咲'), world.who('鈴木 健太'), world.who('清水 陽子')];
  await world.installs(sato, suzuki, shimizu);
});
afterEach(() => world.close());

const group = (from: string, fields: object) =>
  world.activity(from, {
    ...fields,
    conversation: {
      id: 'group-1',
      conversationType: 'groupChat',
      isGroup: true,
      tenantId: world.directory.tenantId,
    },
  });
const inGroup = (from: string, text: string) => world.receive(group(from, { type: 'message', text }));

/** What anybody but the reporter gets, and what any telephone shows before it is unlocked. */
function leaks(): string[] {
  const others = world.channel.messages.filter((m) => m.to !== sato).map((m) => JSON.stringify(m.json));
  const summaries = world.channel.messages.map((m) => m.summary);
  return [...others, ...summaries, inspect(world.logged, { depth: 20 })].filter((text) => DETAIL.test(text));
}

async function reports(): Promise<string> {
  await world.says(sato, '応援 2番窓口');
  await world.presses(suzuki, '向かいます');
  await world.presses(sato, '報告する');
  await world.presses(sato, '送信', { what: STORY });
  await world.pass(2);
  return world.codeOf(sato);
}

describe('a narrative stays with its reporter', () => {
  test('nothing of it in pages, notices, notifications, the channel and the log, from the call to the end', async () => {
    const code = await reports();
    expect(world.screen(shimizu)).toContain('危険を示す記述');
    await world.presses(shimizu, '緊急に切り替える');
    await world.pass(400);
    await world.presses(sato, '修正する');
    await world.presses(sato, '修正を保存', { labels: 'threat' });
    await world.says(shimizu, code);
    await world.says(shimizu, '自分の事案');
    await world.presses(sato, '対応終了');
    await world.pass(60);
    expect(world.messages(CHANNEL).length).toBeGreaterThan(0);
    expect(leaks()).toEqual([]);
  });

  test('nor when the store or Teams fails while it is handled', async () => {
    await reports();
    world.channel.fail(sato, { kind: 'uncertain', reason: 'reset' });
    await world.presses(sato, '修正する');
    await world.presses(sato, '修正を保存', { labels: 'other' });
    world.channel.fail(sato, { kind: 'rejected', reason: 'HTTP 413' });
    await world.pass(20);
    await world.store.close();
    await world.app.receive(
      world.tap(sato, 'x', { verb: 'report.submit', draft: 'd', when: '今', where: '1階', what: STORY }),
    );
    await world.app.receive(world.activity(sato, { type: 'message', text: STORY }));
    await world.app.engine.runDue().catch(() => {});
    expect(world.logged.length).toBeGreaterThan(0);
    expect(leaks()).toEqual([]);
  });

  test.each([
    `応援 2番窓口 ${STORY}`,
    `緊急 ${STORY}`,
    '応援 2番窓口で緑谷カナリアが黄色い服で暴れています',
    '助けて！緑谷カナリアに胸ぐらをつかまれた',
  ])('nor when it is typed with the call: %s', async (words) => {
    await world.says(sato, words);
    await world.pass(100);
    expect(leaks()).toEqual([]);
  });

  test.each(['緊急 山田太郎 痴漢', '応援 2番窓口 山田太郎前', '応援 クレーマーの山田太郎'])(
    'nor a name typed with the call: %s',
    async (words) => {
      await world.says(sato, words);
      await world.pass(100);
      const seen = world.channel.messages.map((m) => m.summary + JSON.stringify(m.json));
      expect(seen.filter((text) => /山田太郎|痴漢|クレーマー/.test(text))).toEqual([]);
      expect(world.alerts(suzuki)[0]?.summary).toMatch(/】(?:2番窓口|税務課)/);
    },
  );

  test('nor what is typed as the place of a report: it stays in the record', async () => {
    const where = '山田太郎（港町1-2-3、090-1111-2222）の自宅前で怒鳴られた';
    await world.presses(sato, '報告する');
    await world.presses(sato, '送信', { where, what: '怒鳴られました。' });
    const code = await world.codeOf(sato);
    await world.says(sato, `緊急に切り替える ${code}`);
    await world.pass(5);
    expect(world.alerts(suzuki)[0]?.summary).toContain('【緊急】税務課（本庁舎1階）');
    const seen = world.channel.messages.map((m) => m.summary + JSON.stringify(m.json));
    expect(seen.filter((text) => /山田|港町1-2-3|090-1111|自宅/.test(text))).toEqual([]);
    expect((await world.app.reports.read(code))?.entries[0]?.where).toBe(where);
  });

  test('nor when it is typed alone, and not understood', async () => {
    await world.says(sato, STORY);
    expect(leaks()).toEqual([]);
  });

  test('a page says level, place, caller and code, and nothing else', async () => {
    await world.says(sato, '応援 2番窓口');
    const code = await world.codeOf(sato);
    expect(world.last(suzuki).summary.split(/[　 ]/)).toEqual(['【応援】2番窓口', '佐藤', '美咲さん', code]);
  });
});

describe('quotes', () => {
  test('are shown only after the view log says who sees them', async () => {
    const views: unknown[] = [];
    world.channel.before = async (to, message) => {
      if (!DETAIL.test(JSON.stringify(message.card))) return;
      expect(to).toBe(sato);
      views.push(...(await world.app.views.list(await world.codeOf(sato), 10)).items);
    };
    await reports();
    expect(views).toMatchObject([{ by: sato, what: 'suggestion' }]);
  });

  test.each([
    ['confirmed', async () => void (await world.presses(sato, 'この案でよい'))],
    [
      'corrected',
      async () => {
        await world.presses(sato, '修正する');
        await world.presses(sato, '修正を保存', { labels: 'other' });
      },
    ],
  ])(
    'once it is %s they are gone from the chat, on every device, after a restart as well',
    async (_, handle) => {
      await reports();
      expect(world.screen(sato)).toMatch(DETAIL);
      const card = world.messages(sato).findLast((m) => DETAIL.test(m.card.text));
      await handle();
      expect(world.screen(sato)).not.toMatch(DETAIL);
      expect(card?.updates).toBeGreaterThan(0);
      world = await world.restart();
      await world.pass(30);
      expect(world.screen(sato)).not.toMatch(DETAIL);
    },
  );

  test('answered while the card was still on its way: it is made neutral as soon as it is out', async () => {
    await reports();
    const code = await world.codeOf(sato);
    const draft = (await world.app.reports.read(code))?.entries[0]?.draft ?? '';
    await world.receive(world.tap(sato, 'another-device', { verb: 'suggestion.confirm', code, draft }));
    await world.pass(10);
    expect(world.screen(sato)).not.toMatch(DETAIL);
  });
});

describe('in a group or a channel', () => {
  test.each(['自分の事案', 'ホーム', '報告', 'こんにちは'])(
    '%s is answered in personal chat, and the group is told so',
    async (text) => {
      await world.says(sato, '応援 2番窓口');
      const before = world.messages(sato).length;
      await inGroup(sato, text);
      expect(
        world
          .messages('group-1')
          .map((m) => m.card.text)
          .join(),
      ).toContain('個人チャットでお答えします');
      expect(JSON.stringify(world.messages('group-1').map((m) => m.json))).not.toMatch(
        /2番窓口|K-[0-9A-Z]{4}/,
      );
      expect(world.messages(sato).length).toBeGreaterThan(before);
    },
  );

  test('a code, a refusal and a language are answered there as well, never in the group', async () => {
    await world.says(sato, '応援 2番窓口');
    const code = await world.codeOf(sato);
    for (const text of [code, `応答 ${code}`, '向かいます', 'English', '日本語']) await inGroup(sato, text);
    expect(JSON.stringify(world.messages('group-1').map((m) => m.json))).not.toMatch(
      /2番窓口|佐藤|K-[0-9A-Z]{4}/,
    );
  });

  test('a call is never lost for being said there: it pages, and the group learns neither place nor code', async () => {
    await inGroup(sato, '応援 2番窓口');
    expect(world.alerts(suzuki)).toHaveLength(1);
    expect(world.screen(sato)).toContain('応援を受け付けました');
    expect(world.last('group-1').card.text).toContain('呼び出しを受け付けました');
    expect(JSON.stringify(world.last('group-1').json)).not.toMatch(/2番窓口|K-[0-9A-Z]{4}/);
  });

  test('a button pressed there does nothing and says where to go', async () => {
    await world.says(sato, '応援 2番窓口');
    const code = await world.codeOf(sato);
    const tap = {
      ...world.tap(sato, 'x', { verb: 'call.end', code }),
      conversation: group(sato, {}).conversation,
    };
    const { body } = await world.receive(tap);
    expect(body).toMatchObject({ statusCode: 403, type: 'application/vnd.microsoft.error' });
    expect(JSON.stringify(body)).toContain('個人チャット');
    expect((await world.app.calls.read(code))?.status).toBe('open');
  });

  test('somebody whom the bot cannot reach personally is told how', async () => {
    await inGroup(world.who('木村 拓'), '自分の事案');
    expect(world.last('group-1').card.text).toContain('個人用に追加してください');
  });
});

test('the log of the process keeps of an error neither message nor request', () => {
  const log = join(import.meta.dirname, '../../bot/log.ts');
  const script = `
    const { createLog } = await import(${JSON.stringify(log)});
    const error = Object.assign(new Error('緑谷カナリア'), { code: 'ECONNRESET', statusCode: 503, request: { body: '黄色い服' }, cause: new Error('胸ぐら') });
    createLog('info').error({ err: error, key: 'call/K-7F3Q' }, 'effect failed');`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect(JSON.parse(stdout)).toMatchObject({
    key: 'call/K-7F3Q',
    err: { code: 'ECONNRESET', statusCode: 503 },
  });
  expect(stdout + stderr).not.toMatch(DETAIL);
});
