import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Reply } from '../../bot/receive.ts';
import { STEPS } from '../../services/reports/fields.ts';
import { stores } from '../harness/stores.ts';
import { openWatched, type Watched } from '../harness/watched.ts';

/**
 * Every field that takes free text gets a word of its own, on every path there is. None of them may be found anywhere
 * but in personal answers to people who may read them.
 */
let city: Watched;
let canaries: Map<string, string>;
/** Who has been answered what. */
let replies: { to: string; body: string }[];

beforeEach(async () => {
  city = await openWatched();
  [canaries, replies] = [new Map(), []];
});
afterEach(async () => {
  city.auditor.stop();
  await city.world.close();
});

/** A word that occurs nowhere else, for one field. */
function canary(field: string): string {
  const word = `カナリア${canaries.size.toString(36).padStart(2, '0')}鳥`;
  canaries.set(word, field);
  return word;
}

/** The fields whose words are in a text. */
const found = (text: string): string[] =>
  [...canaries].filter(([word]) => text.includes(word)).map(([, field]) => field);

async function answered(to: string, reply: Promise<Reply>): Promise<void> {
  const { body } = await reply;
  replies.push({ to, body: JSON.stringify(body) });
}
const says = (from: string, text: string) => answered(from, city.world.says(from, text));
const presses = (from: string, title: string, inputs: object = {}) =>
  answered(from, city.world.presses(from, title, inputs));
const taps = (from: string, data: Record<string, unknown>) =>
  answered(from, city.world.receive(city.world.tap(from, 'card', data)));

/** A report whose every field is free text; the words 「殺すぞ」 make quotes of what stands around them. */
const story = (name: string) =>
  `窓口で「殺すぞ、${canary(`${name}, quoted`)}」と大声で言われ、${canary(name)}が名乗りました。`;

/** The whole of the full report, each step saved as its form does it. */
async function writesEverything(code: string): Promise<void> {
  const { sato, shimizu } = city;
  for (const step of STEPS) {
    const typed = step.fields.filter(({ kind }) => kind === 'line' || kind === 'text');
    const values = Object.fromEntries(typed.map(({ id }) => [id, `${canary(`full report, ${id}`)}のこと`]));
    const by = step.isOrganizations ? shimizu : sato;
    await taps(by, { verb: 'record.save', code, step: step.id, base: 99, ...values });
  }
}

async function callsAndReports(): Promise<string> {
  const { world, sato, suzuki } = city;
  await says(sato, `応援 2番窓口 ${canary('call')}という男、${canary('excluded')}さんを除く`);
  await presses(suzuki, '向かいます');
  await presses(sato, '報告する');
  const values = { when: canary('when'), where: canary('where'), what: story('what') };
  await presses(sato, '送信', { ...values, what: '' });
  await presses(sato, '送信', values);
  await world.pass(5);
  return world.codeOf(sato);
}

async function handles(code: string): Promise<void> {
  const { world, sato, shimizu } = city;
  await presses(sato, '修正する');
  await presses(sato, '修正を保存', { labels: 'threat' });
  await city.opens(shimizu, code);
  await presses(shimizu, '受付する');
  await presses(shimizu, 'メモを残す');
  await presses(shimizu, '保存', { note: canary('memo') });
  await presses(shimizu, '判断の提案');
  const proposed = { handedTo: canary('handed to'), why: canary('why of the proposal') };
  await presses(shimizu, '保存', { outcome: 'x', ...proposed });
  await presses(shimizu, '保存', { outcome: 'legitimate', ...proposed });
  await presses(shimizu, '行為のタイプ');
  await presses(shimizu, '保存', { labels: 'other' });
  await presses(shimizu, '訂正・追記');
  await presses(shimizu, '保存', {
    entry: 'whole',
    text: canary('amendment'),
    why: canary('why of the amendment'),
  });
  const correction = { demand: canary('corrected'), why: canary('why of the correction') };
  await taps(sato, { verb: 'record.save', code, step: 'events', base: 99, demand: canary('not saved') });
  await taps(sato, { verb: 'record.save', code, step: 'events', base: 99, ...correction });
  await presses(shimizu, '記録を読む');
  await world.pass(60);
}

/** People who may read it: 佐藤 reports, 清水 deals with the case. */
const mayRead = (to: string) => [city.sato, city.shimizu].some((id) => to === id || to === `chat-${id}`);

async function expectNoLeak(): Promise<void> {
  await city.auditor.run(city.world.clock.now());
  expect(found(city.log())).toEqual([]);
  const metrics = await city.metrics();
  expect(found(metrics)).toEqual([]);
  // No name, no id of a person or a case, nothing but words of the catalogue.
  expect(metrics).not.toMatch(/[^\n -~]|[0-9a-f]{8}-[0-9a-f]{4}-|K-[0-9A-Z]{4}/);
  expect(found(inspect(city.alarms, { depth: 9 }))).toEqual([]);
  // Pages, notices and whatever else rings; what a telephone shows before it is unlocked.
  expect(city.outgoing.filter(({ alert }) => alert).flatMap(({ card }) => found(card))).toEqual([]);
  expect(city.outgoing.flatMap(({ summary }) => found(summary))).toEqual([]);
  expect(city.outgoing.filter(({ to }) => !mayRead(to)).flatMap(({ card }) => found(card))).toEqual([]);
  expect(replies.filter(({ to }) => !mayRead(to)).flatMap(({ body }) => found(body))).toEqual([]);
}

/** The test would say nothing of a product that logs nothing, or keeps nothing. */
async function expectSomethingHappened(code: string): Promise<void> {
  const { world } = city;
  const kept = found(JSON.stringify(await world.app.reports.read(code)));
  const lost = ['call', 'excluded', 'not saved'];
  expect(kept.sort()).toEqual([...canaries.values()].filter((field) => !lost.includes(field)).sort());
  expect(found(replies.map(({ body }) => body).join())).toEqual(
    expect.arrayContaining(['what', 'full report, place']),
  );
  expect(city.outgoing.flatMap(({ card }) => found(card))).toContain('what, quoted');
  const log = city.log();
  for (const message of ['case opened', 'case paged', 'case acknowledged']) expect(log).toContain(message);
  expect(await city.metrics()).toMatch(/mamori_pages_total\{level="assist",outcome="delivered"\} [1-9]/);
}

test('one case from the call to the end, with every field filled in', async () => {
  const { world, sato, shimizu } = city;
  const code = await callsAndReports();
  await writesEverything(code);
  await handles(code);
  await presses(shimizu, '記録を閉じる');
  await says(sato, '対応終了');
  await city.opens(shimizu, code);
  await presses(shimizu, '対応終了');
  await world.pass(600);
  await expectNoLeak();
  await expectSomethingHappened(code);
  expect(city.log()).toContain('case closed');
});

describe('nor', () => {
  test('when Teams fails in every way while it is handled', async () => {
    const { world, sato, shimizu, suzuki } = city;
    const faults = [
      { kind: 'uncertain', reason: 'reset' },
      { kind: 'rejected', reason: 'HTTP 413' },
      { kind: 'retry', reason: 'HTTP 429', why: 'throttled', retryAfterMs: 1_000 },
      'answer-lost',
      { kind: 'unreachable', reason: '403' },
      { kind: 'gone', reason: '404' },
    ] as const;
    for (const to of [sato, shimizu, suzuki, String(world.directory.generalAffairsChannel)])
      world.channel.fail(to, ...faults, ...faults);
    await says(sato, `緊急 2番窓口 ${canary('call')}`);
    await world.pass(60);
    const code = await world.codeOf(sato);
    const report = {
      verb: 'report.submit',
      draft: canary('draft'),
      code,
      when: canary('when'),
      where: canary('where'),
    };
    await taps(sato, { ...report, what: story('what') });
    world.channel.fail(sato, ...faults, ...faults);
    await writesEverything(code);
    await world.pass(900);
    expect(city.log()).toContain('not delivered');
    await expectNoLeak();
  });

  test('when the channel throws what it was given', async () => {
    const { world, sato } = city;
    const { before } = world.channel;
    world.channel.before = async (to, message) => {
      await before(to, message);
      const card = JSON.stringify(message.card);
      if (found(card).length === 0) return;
      const words = `${card}\n    at ${card}\n    at ${[...canaries.keys()].at(-1)} (card.ts:1:1)`;
      throw Object.assign(new Error(words), { name: words, code: words, body: card, cause: new Error(card) });
    };
    const code = await callsAndReports();
    await taps(sato, { verb: 'record.step', code, step: 'events' });
    await world.pass(100);
    expect(city.log()).toContain('effect failed');
    await expectNoLeak();
  });

  test('when the classifier throws what it read', async () => {
    const { world } = city;
    const { classifier } = city;
    city.classifier = {
      classify(text) {
        city.classifier = classifier;
        throw new Error(`cannot read ${text}\n    at ${text}`);
      },
    };
    await callsAndReports();
    expect(city.log()).toContain('effect failed');
    await world.pass(60);
    await expectNoLeak();
  });

  test('when the store fails at any write, answers late or not at all', async () => {
    const { world, sato, shimizu } = city;
    city.store.fault = (count) => (['fails', 'lost', undefined, undefined] as const)[count % 4];
    const code = await callsAndReports();
    await writesEverything(code);
    city.store.fault = () => undefined;
    city.store.isDown = true;
    const draft = canary('draft');
    const [when, where, note] = [canary('when'), canary('where'), canary('note')];
    await answered(
      sato,
      world.app.receive(
        world.tap(sato, 'x', {
          verb: 'report.submit',
          draft,
          code: canary('code'),
          when,
          where,
          what: story('what'),
        }),
      ),
    );
    await answered(
      shimizu,
      world.app.receive(world.tap(shimizu, 'x', { verb: 'work.note-save', code, draft, note })),
    );
    await answered(
      sato,
      world.app.receive(world.activity(sato, { type: 'message', text: story('message') })),
    );
    for (let n = 0; n < 6; n++) {
      await city.auditor.run(world.clock.now());
      world.clock.set(world.clock.now() + 5_000);
    }
    expect(city.log()).toContain('activity failed');
    expect(city.log()).toContain('audit failed');
    expect(city.alarms.at(-1)).toMatchObject({ reason: 'engine-ill', text: 'まもり停止中。内線2119へ' });
    city.store.isDown = false;
    await world.pass(60);
    await expectNoLeak();
  });

  test('when what is stored is damaged, or of a newer version', async () => {
    const { world, sato, shimizu } = city;
    const code = await callsAndReports();
    const newer = {
      schemaVersion: 99,
      rev: 1,
      state: { what: canary('newer') },
      timers: { t: 1 },
      outbox: [],
      ops: [],
    };
    for (const body of [
      `{"what": "${canary('damaged')}`,
      `["${canary('no envelope')}"]`,
      JSON.stringify(newer),
    ])
      for (const kind of ['record', 'call']) {
        await stores().damage(world.folder, { kind, id: code }, body);
        await says(sato, code);
        await says(shimizu, code);
        await taps(sato, { verb: 'record.read', code });
        await taps(shimizu, { verb: 'work.note-save', code, draft: 'd', note: canary('note') });
        await world.pass(70);
        await city.auditor.run(world.clock.now());
      }
    expect(city.log()).toContain('document not served');
    expect(city.log()).toContain('document cannot be served');
    expect(city.alarms).toContainEqual(expect.objectContaining({ reason: 'case-stuck', code }));
    await expectNoLeak();
  });

  test('when it is sent in a wrong shape, by a stranger, in a group, or by somebody who may not', async () => {
    const { world, sato, suzuki, kobayashi } = city;
    const code = await callsAndReports();
    const group = {
      id: 'group-1',
      conversationType: 'groupChat',
      isGroup: true,
      tenantId: world.directory.tenantId,
    };
    const message = (fields: object) =>
      world.activity(sato, { type: 'message', text: story('message'), ...fields });
    for (const activity of [
      message({ conversation: group }),
      message({ channelData: { tenant: { id: 'another' } } }),
      message({ serviceUrl: `https://${canary('address')}.example/` }),
      message({ type: canary('type') }),
      message({ conversation: canary('conversation') }),
      message({ from: { id: canary('id'), aadObjectId: '' } }),
      { ...world.tap(sato, 'x', { verb: canary('verb'), what: canary('data') }), name: canary('name') },
      world.tap(sato, canary('pressed'), {
        verb: 'record.read',
        code: canary('code'),
        draft: canary('draft'),
      }),
      canary('no object'),
    ])
      await answered(sato, world.receive(activity));
    for (const from of [suzuki, kobayashi]) {
      for (const verb of [
        'record.read',
        'record.steps',
        'work.timeline',
        'work.views',
        'report.open',
        'suggestion.edit',
      ])
        await taps(from, { verb, code });
      await says(from, code);
      await says(from, '事案一覧');
    }
    await world.pass(60);
    expect(city.log()).toContain('activity refused');
    await expectNoLeak();
  });
});
