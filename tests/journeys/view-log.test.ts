import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { answerOf } from '../harness/accessScene.ts';
import { type Casework, openCasework } from '../harness/casework.ts';
import { quickFolder, running } from '../harness/city.ts';
import { FaultyStore } from '../harness/faultyStore.ts';
import { stores } from '../harness/stores.ts';

/** Words of the report that stand nowhere else. */
const STORY = '窓口で「紫陽花を殺すぞ」と大声で怒鳴られました。';
const NARRATIVE = /紫陽花|怒鳴/;

let city: Casework;
let store: FaultyStore;
let code: string;

beforeEach(async () => {
  const folder = await quickFolder();
  store = new FaultyStore(await stores().open(folder));
  city = await openCasework({ folder, store });
  code = await city.reported(STORY);
});
afterEach(() => city.world.close());

const views = async () => (await city.world.app.views.list(code, 1_000)).items;

/** A tap as any client could send it: the answer as text, whatever else came included. */
async function taps(person: string, data: Record<string, unknown>, on = 'forged'): Promise<string> {
  const { world } = city;
  const before = world.channel.messages.length;
  const { body } = await world.receive(world.tap(person, on, { code, ...data }));
  const sent = world.channel.messages.slice(before).filter(({ to }) => to === person);
  return `${answerOf(body)}${sent.map(({ card }) => card.text).join()}`;
}

/** The draft of the report: what its suggestion is about. */
const draft = async () => (await city.world.app.reports.read(code))?.entries[0]?.draft ?? '';

describe('the view log is written before anything is shown (promise 7)', () => {
  const OPENINGS: readonly (readonly [string, () => string, () => Promise<object>, string])[] = [
    ['記録を読む', () => city.hayashi, async () => ({ verb: 'record.read', page: 0 }), 'record'],
    ['a step of the form', () => city.ito, async () => ({ verb: 'record.step', step: 'events' }), 'form'],
    [
      'the step after a saved one',
      () => city.sato,
      async () => ({
        verb: 'record.save',
        step: 'offender',
        base: 0,
        offenderKind: 'citizen',
        leadsTo: 'next',
      }),
      'form',
    ],
    [
      'a suggestion',
      () => city.sato,
      async () => ({ verb: 'suggestion.open', draft: await draft() }),
      'suggestion',
    ],
    [
      'a suggestion that is being corrected',
      () => city.sato,
      async () => ({ verb: 'suggestion.edit', draft: await draft() }),
      'suggestion',
    ],
  ];

  test.each(OPENINGS)(
    '%s: not written, nothing is shown, and the answer says so',
    async (_, person, data) => {
      const before = await views();
      store.fault = (_count, { kind }) => (kind === 'view' ? 'fails' : undefined);
      const shown = await taps(person(), { ...(await data()) });
      expect(shown).not.toMatch(NARRATIVE);
      expect(shown).toContain('今は保存を確認できません');
      expect(await views()).toEqual(before);
      store.fault = () => undefined;
      expect(await taps(person(), { ...(await data()) })).toMatch(NARRATIVE);
    },
  );

  test.each(OPENINGS)('%s: written with who, what and when', async (_, person, data, what) => {
    const { world } = city;
    const before = await views();
    await world.pass(77);
    expect(await taps(person(), { ...(await data()) })).toMatch(NARRATIVE);
    const added = (await views()).filter(({ at }) => !before.some((old) => old.at === at));
    expect(added).toEqual([
      { at: world.clock.now(), by: person(), name: world.directory.person(person())?.name, what },
    ]);
  });

  test.each(OPENINGS)('%s: a lost answer of the log is one opening, shown once', async (_, person, data) => {
    const before = (await views()).length;
    let lost = 0;
    store.fault = (_count, { kind }) => (kind === 'view' && lost++ === 0 ? 'lost' : undefined);
    expect(await taps(person(), { ...(await data()) })).toMatch(NARRATIVE);
    expect(await views()).toHaveLength(before + 1);
  });

  test('a suggestion that the bot sends by itself waits for the log', async () => {
    const { world, sato } = city;
    store.fault = (_count, { kind }) => (kind === 'view' ? 'fails' : undefined);
    await world.says(sato, '報告');
    await world.presses(sato, '送信', { where: '1階ロビー', what: '「向日葵を殺すぞ」と言われました。' });
    await world.pass(20);
    expect(world.screen(sato)).not.toContain('向日葵');
    expect(JSON.stringify(world.channel.messages)).not.toContain('向日葵');
    store.fault = () => undefined;
    await world.pass(60);
    expect(world.screen(sato)).toContain('向日葵');
    const second = await world.codeOf(sato);
    expect((await world.app.views.list(second, 10)).items).toMatchObject([{ by: sato, what: 'suggestion' }]);
  });

  test('each page of a long record is an opening', async () => {
    const { world, sato, hayashi } = city;
    for (let n = 0; n < 4; n++)
      await taps(sato, {
        verb: 'report.submit',
        draft: `d${n}`,
        when: '今日',
        where: '1階',
        what: `${n}あ`.repeat(1_900),
      });
    const list = await city.opens(hayashi, code);
    await world.presses(hayashi, '記録を読む');
    expect(list.card.text).toMatch(/1／[2-9]ページ/);
    await world.presses(hayashi, '次のページ');
    expect(list.card.text).toMatch(/2／[2-9]ページ/);
    expect((await views()).filter(({ by, what }) => by === hayashi && what === 'record')).toHaveLength(2);
  });
});

describe('閲覧記録', () => {
  const showsLog = (person: string) => city.on(person, '事案に戻る');

  test('tells the manager who opened what, and when; nobody else has the button', async () => {
    const { world, saito, hayashi, ito, shimizu, sato } = city;
    await city.opens(hayashi, code);
    await world.presses(hayashi, '記録を読む');
    await world.pass(120);
    await taps(ito, { verb: 'record.step', step: 'events' });
    await city.opens(saito, code);
    await world.presses(saito, '閲覧記録');
    expect(showsLog(saito)).toMatch(
      /閲覧記録.*10:02.*伊藤 誠さん.*記入の画面.*10:00.*林 大輔さん.*記録.*佐藤 美咲さん.*行為のタイプの案/,
    );
    expect(showsLog(saito)).not.toMatch(NARRATIVE);
    for (const person of [hayashi, shimizu, ito, sato]) {
      expect(await taps(person, { verb: 'work.open' })).toContain(`事案 ${code}`);
      expect(await taps(person, { verb: 'work.views' })).toContain('今の立場ではできません');
    }
    const button = (person: string) =>
      world.messages(person).some(({ card }) => card.buttons.some(({ title }) => title === '閲覧記録'));
    expect([hayashi, shimizu, ito, sato].filter(button)).toEqual([]);
  });

  test('to look at it is no opening of the narrative', async () => {
    const before = await views();
    await taps(city.saito, { verb: 'work.views' });
    expect(await views()).toEqual(before);
  });

  test('the deputy has it while the manager is away, and no longer', async () => {
    const { world, mori, saito } = city;
    expect(await taps(mori, { verb: 'work.views' })).toContain('今の立場ではできません');
    await world.reorganize((yaml) =>
      yaml.replace(
        new RegExp(`(  - id: ${saito}\\n(?:    .*\\n)*?    section: .*\\n)`),
        '$1    away: [{ from: 2026-11-24, to: 2026-11-24 }]\n',
      ),
    );
    expect(await taps(mori, { verb: 'work.views' })).toMatch(/閲覧記録.*佐藤 美咲さん/s);
    await world.pass(24 * 3600);
    expect(await taps(mori, { verb: 'work.views' })).toContain('今の立場ではできません');
  });

  test('more than fit on a card: page by page, newest first, nothing twice and nothing missing', async () => {
    const { world, saito, hayashi } = city;
    for (let n = 0; n < 45; n++) {
      world.clock.set(world.clock.now() + 61_000);
      await taps(hayashi, { verb: 'record.read' });
    }
    await city.opens(saito, code);
    await world.presses(saito, '閲覧記録');
    const pages = [showsLog(saito)];
    // Somebody opens it meanwhile: the pages that follow stay where they were.
    world.clock.set(world.clock.now() + 61_000);
    await taps(city.shimizu, { verb: 'record.read' });
    for (let n = 0; n < 2; n++) {
      await world.presses(saito, '続きを見る');
      pages.push(showsLog(saito));
    }
    const times = pages.map((page) => [...page.matchAll(/\d{1,2}:\d{2}/g)].map(([time]) => time));
    expect(times.map(({ length }) => length)).toEqual([20, 20, 6]);
    expect(new Set(times.flat()).size).toBe(46);
    expect(times.flat()).toEqual([...times.flat()].sort((a, b) => toMinutes(b) - toMinutes(a)));
    expect(pages.join()).not.toContain('清水');
    expect(city.buttons(saito)).not.toContain('続きを見る');
    expect(await taps(saito, { verb: 'work.views', cursor: 'forged' })).toMatch(/清水 陽子さん/);
  });

  const toMinutes = (time: string): number => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return hour * 60 + minute;
  };
});

test('a narrative is in no summary, alert, log or channel, whatever is done with the case', async () => {
  const { world, sato, hayashi, ito, saito } = city;
  await city.opens(hayashi, code);
  for (const verb of ['record.read', 'record.steps', 'work.timeline', 'work.open'])
    await taps(hayashi, { verb });
  await taps(hayashi, { verb: 'work.accept' });
  await taps(ito, {
    verb: 'record.save',
    step: 'events',
    base: 0,
    demand: '紫陽花の要求',
    leadsTo: 'finish',
  });
  await taps(hayashi, { verb: 'work.note-save', draft: 'n', note: '紫陽花のメモ' });
  await taps(hayashi, {
    verb: 'work.amend-save',
    draft: 'a',
    entry: '',
    text: '紫陽花の訂正',
    why: '紫陽花',
  });
  await taps(hayashi, { verb: 'work.propose-save', draft: 'p', outcome: 'harassment', why: '紫陽花の理由' });
  await taps(hayashi, { verb: 'work.assign-save', assignee: city.shimizu });
  world.channel.fail(hayashi, { kind: 'uncertain', reason: 'reset' }, { kind: 'rejected', reason: '413' });
  store.fault = (count) => (count % 5 === 0 ? 'lost' : undefined);
  await taps(saito, { verb: 'record.read' }, city.world.last(saito).activityId).catch(() => '');
  await taps(hayashi, { verb: 'work.close', sure: true });
  store.fault = () => undefined;
  await world.pass(300);
  await taps(sato, { verb: 'report.submit', draft: 'again', when: '今日', where: '1階', what: STORY });
  await world.pass(300);
  const channel = world.messages('19:general-affairs@thread.tacv2').map(({ json }) => json);
  expect(channel.length).toBeGreaterThan(0);
  expect(JSON.stringify(channel)).not.toMatch(NARRATIVE);
  expect(JSON.stringify(world.channel.messages.map(({ summary }) => summary))).not.toMatch(NARRATIVE);
  const alerts = world.channel.messages.filter(({ alert }) => alert);
  expect(JSON.stringify(alerts.map(({ json }) => json))).not.toMatch(NARRATIVE);
  expect(running(JSON.stringify(world.logged))).not.toMatch(NARRATIVE);
  expect(world.logged.length).toBeGreaterThan(0);
});
