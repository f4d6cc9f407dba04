import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { VERBS } from '../../cards/verbs.ts';
import { World } from '../harness/world.ts';

let world: World;
let sato: string;
let suzuki: string;
let shimizu: string;
let code: string;
const COUNTER = '00000000-0000-4000-8000-000000000902';
const GUEST = '00000000-0000-4000-8000-0000000009ff';

beforeEach(async () => {
  world = await World.open();
  [sato, suzuki, shimizu] = [world.who('佐藤 美咲'), world.who('鈴木 健太'), world.who('清水 陽子')];
  await world.installs(sato, suzuki, shimizu);
  await world.says(sato, '緊急 2番窓口');
  code = await world.codeOf(sato);
});
afterEach(() => world.close());

/** All of the case but where its cards are: whoever may see it can ask for theirs anew. */
const theCase = async () => ({ ...(await world.app.calls.read(code)), copies: undefined });
const forge = (from: string, data: Record<string, unknown>) =>
  world.receive(world.tap(from, 'forged', { code, ...data }));

/** What the whole organisation sees of the case must stay as it is. */
async function changesNothing(act: () => Promise<unknown>): Promise<void> {
  const [before, alerts] = [await theCase(), world.channel.messages.filter((m) => m.alert).length];
  await act();
  expect(await theCase()).toEqual(before);
  expect(world.channel.messages.filter((m) => m.alert)).toHaveLength(alerts);
}

const ON_A_CASE = VERBS.filter((verb) =>
  /^(answer|police|case\.|suggestion)|came|end|cancel|phoned|raise/.test(verb),
);

describe('a code alone gives no right', () => {
  test.each([
    ['somebody of another building', () => world.who('木村 拓')],
    ['a counter account elsewhere', () => COUNTER],
    ['a member of the tenant who is not in the directory', () => GUEST],
  ])('%s can neither act on the case nor learn anything about it', async (_, who) => {
    for (const verb of ON_A_CASE) {
      let told = '';
      await changesNothing(async () => {
        told = JSON.stringify(await forge(who(), { verb, round: 0, draft: 'd', labels: 'threat' }));
      });
      expect(told).not.toMatch(/2番窓口|佐藤|鈴木|清水|税務課/);
      expect(told).toMatch(/関係者だけ|できません|古いカード|登録がない/);
    }
    for (const words of [`応答 ${code}`, `対応終了 ${code}`, code, `除外 ${code} 鈴木 健太`]) {
      await changesNothing(() => world.says(who(), words));
    }
    expect(world.screen(who())).not.toMatch(/2番窓口|佐藤|鈴木|清水/);
  });

  test('a code that does not exist is no case, whoever asks', async () => {
    for (const verb of ON_A_CASE) {
      const reply = await forge(shimizu, { verb, code: 'K-0000' });
      expect(JSON.stringify(reply.body)).toMatch(/見つかりません|古いカード/);
    }
  });

  test.each([
    ['an object', { code: { $ne: null } }],
    ['a list', { code: ['K-0000'] }],
    ['a path', { code: '../person/x' }],
    ['a statement', { code: "x' OR '1'='1" }],
    ['a number', { code: 12 }],
    ['very long', { code: 'K'.repeat(5000) }],
  ])('a code that is %s finds nothing', async (_, data) => {
    await changesNothing(async () => {
      const reply = await forge(shimizu, { ...data, verb: 'call.end' });
      expect(JSON.stringify(reply.body)).toContain('見つかりません');
    });
  });
});

describe('the role in the case decides', () => {
  test.each([
    [
      'the caller cannot acknowledge for the responders',
      () => sato,
      ['answer.going', 'answer.phone', 'answer.arrived'],
    ],
    [
      'a responder cannot cancel or say for the caller that somebody came',
      () => suzuki,
      ['call.cancel', 'call.came'],
    ],
    ['the second member of staff cannot support by telephone', () => suzuki, ['answer.phone']],
    [
      'nobody can press what is not on the card: a phone-only step that does not exist',
      () => shimizu,
      ['call.phoned'],
    ],
  ])('%s', async (_, who, verbs) => {
    for (const verb of verbs) {
      await changesNothing(async () => {
        const reply = await forge(who(), { verb, round: 0 });
        expect(JSON.stringify(reply.body)).toMatch(/できません/);
      });
    }
  });

  test('somebody implicated is out, whatever they send, and their card tells nothing', async () => {
    await world.says(sato, `除外 ${code} 鈴木 健太`);
    await world.pass(2);
    for (const verb of ON_A_CASE) {
      await changesNothing(() => forge(suzuki, { verb, round: 0 }));
      const reply = await forge(suzuki, { verb, round: 0 });
      expect(JSON.stringify(reply.body)).not.toMatch(/2番窓口|佐藤/);
    }
    expect(world.last(suzuki).card.text).not.toMatch(/2番窓口|佐藤/);
    await changesNothing(() => world.says(suzuki, `応答 ${code}`));
  });
});

describe('names and ids in a payload are nobody', () => {
  test('who pressed is who signed in, not who the data names', async () => {
    const lie = {
      by: sato,
      person: shimizu,
      from: shimizu,
      name: '池田 進',
      id: shimizu,
      aadObjectId: shimizu,
    };
    await forge(suzuki, { verb: 'answer.going', round: 0, ...lie });
    await world.pass(2);
    expect(world.last(sato).card.text).toContain('鈴木 健太さんが確認・向かっています');
    expect(world.last(sato).card.text).not.toMatch(/清水 陽子さんが|池田/);
  });

  test('the name the client sends is not the name that is shown', async () => {
    const from = { id: '29:x', aadObjectId: suzuki, name: '池田 進' };
    await world.receive(world.activity(suzuki, { type: 'message', text: `応答 ${code}`, from }));
    await world.pass(2);
    expect(world.last(sato).card.text).toContain('鈴木 健太さんが確認・向かっています');
  });

  test('a role in the payload gives none', async () => {
    const role = {
      role: 'admin',
      isGeneralAffairs: true,
      kind: 'person',
      section: 'soumu',
      level: 'emergency',
    };
    await changesNothing(() => forge(world.who('木村 拓'), { verb: 'call.end', ...role }));
  });
});

describe("other people's reports", () => {
  const report = { when: '今日', where: '1階', what: '大声を出された' };

  test('nobody outside the case can write one for it, or open its form', async () => {
    const outsider = world.who('木村 拓');
    const reply = await forge(outsider, { verb: 'report.submit', draft: 'x', ...report });
    expect(JSON.stringify(reply.body)).toContain('関係者だけ');
    expect(await world.app.reports.read(code)).toBeUndefined();
    expect(JSON.stringify((await forge(outsider, { verb: 'report.open' })).body)).toContain('関係者だけ');
    expect(world.screen(outsider)).not.toContain('2番窓口');
  });

  test('only its reporter judges a suggestion', async () => {
    await forge(sato, { verb: 'report.submit', draft: 'form-1', ...report });
    await world.pass(2);
    for (const who of [suzuki, shimizu, world.who('木村 拓')]) {
      for (const verb of ['suggestion.confirm', 'suggestion.edit', 'suggestion.correct']) {
        const reply = await forge(who, { verb, draft: 'form-1', labels: 'threat' });
        expect(JSON.stringify(reply.body)).toContain('関係者だけ');
        expect(JSON.stringify(reply.body)).not.toContain('大声');
      }
    }
    expect((await world.app.reports.read(code))?.entries[0]?.judgement).toBeNull();
  });

  test("somebody else's form id neither overwrites nor hides a report", async () => {
    await forge(sato, { verb: 'report.submit', draft: 'form-1', ...report });
    await forge(suzuki, { verb: 'report.submit', draft: 'form-1', ...report, what: '別の報告' });
    const entries = (await world.app.reports.read(code))?.entries ?? [];
    expect(entries.map(({ by, what }) => [by.id, what])).toEqual([
      [sato, '大声を出された'],
      [suzuki, '別の報告'],
    ]);
  });

  test('categories that do not exist are ignored', async () => {
    await forge(sato, { verb: 'report.submit', draft: 'form-1', ...report });
    await world.pass(2);
    const labels = 'threat,finding,__proto__,constructor,threat';
    await forge(sato, { verb: 'suggestion.correct', draft: 'form-1', labels });
    expect((await world.app.reports.read(code))?.entries[0]?.judgement?.labels).toEqual(['threat']);
  });
});

describe('an activity from elsewhere is refused before anything is kept of it', () => {
  const other = '99999999-0000-4000-8000-0000000000aa';
  test.each([
    [
      'another tenant',
      {
        conversation: { id: 'c', conversationType: 'personal', tenantId: other },
        channelData: { tenant: { id: other } },
      },
    ],
    ['two tenants at once', { channelData: { tenant: { id: other } } }],
    [
      'two tenants the other way',
      { conversation: { id: 'c', conversationType: 'personal', tenantId: other } },
    ],
    ['no tenant', { conversation: { id: 'c', conversationType: 'personal' }, channelData: {} }],
    ['a service address elsewhere', { serviceUrl: 'https://smba.trafficmanager.net.evil.example/' }],
    ['a service address with a name in it', { serviceUrl: 'http://localhost@evil.example/' }],
    ['no person', { from: { id: '29:x' } }],
    [
      'an address of a channel as the person',
      { from: { id: '29:x', aadObjectId: 'channel:19:general-affairs@thread.tacv2' } },
    ],
  ])('%s', async (_, fields) => {
    const writer = world.who('高橋 直樹');
    const before = world.channel.messages.length;
    for (const what of [
      { type: 'message', text: '応援' },
      { type: 'message', text: `対応終了 ${code}` },
      { type: 'installationUpdate', action: 'add' },
    ]) {
      await changesNothing(async () => {
        expect(await world.receive({ ...world.activity(writer, what), ...fields })).toEqual({
          status: 200,
          body: {},
        });
      });
    }
    const tap = { ...world.tap(writer, 'x', { verb: 'call.end', code }), ...fields };
    await changesNothing(async () => {
      const { status, body } = await world.receive(tap);
      expect(status).toBe(200);
      expect(body).toMatchObject({ statusCode: expect.any(Number), type: 'application/vnd.microsoft.error' });
    });
    expect(world.channel.messages).toHaveLength(before);
    expect(await world.store.read({ kind: 'person', id: writer })).toBeUndefined();
    expect((await world.app.calls.casesOf(writer, 5)).items).toEqual([]);
  });
});
