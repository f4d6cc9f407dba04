import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { correctionsCommand } from '../../services/corrections/command.ts';
import { stores } from '../harness/stores.ts';
import { World } from '../harness/world.ts';

/** Corrected suggestions leave the product only masked, with a permit of the manager, and on record. */

let world: World;
let sato: string;
let saito: string;
const TEXT = '西田太郎さんに大声で怒鳴られ、「殺すぞ」と言われました。電話は090-1234-5678。';

async function begin(options: { corrections?: boolean }): Promise<string> {
  world = await World.open(options);
  sato = world.who('佐藤 美咲');
  saito = world.who('斎藤 明');
  await world.installs(sato, saito);
  await world.presses(sato, '報告する');
  await world.presses(sato, '送信', { where: '2番窓口', what: TEXT });
  await world.pass(1);
  const code = world.codeOf(sato);
  await corrects(sato);
  return code;
}

async function corrects(person: string): Promise<void> {
  await world.presses(person, '修正する');
  await world.presses(person, '修正を保存', { labels: 'verbal-abuse,threat,other' });
}

beforeEach(() => {
  world = undefined as unknown as World;
});
afterEach(() => world?.close());

const run = async (name: string, settings: Readonly<Record<string, string>> = {}, later = 0) =>
  correctionsCommand(
    [join(world.folder, name)],
    {
      MAMORI_CORRECTIONS: 'on',
      ...(await stores().environment(world.folder)),
      MAMORI_ORGANIZATION: 'infra/local/organization.yaml',
      ...settings,
    },
    { now: () => world.clock.now() + later },
  );

const allows = async () => {
  await world.says(saito, '学習データの書き出し');
  await world.presses(saito, '1回だけ許可する');
};

test('with the permit of the manager: masked, as people corrected it, once, and in the view log', async () => {
  const code = await begin({ corrections: true });
  await allows();
  const outcome = await run('a.jsonl');
  expect(outcome).toMatchObject({ code: 0, text: expect.stringContaining('1 件') });

  const path = join(world.folder, 'a.jsonl');
  const [line, ...more] = (await readFile(path, 'utf8')).trim().split('\n');
  expect(more).toEqual([]);
  const example = JSON.parse(line ?? '');
  expect(example).toMatchObject({
    labels: ['verbal-abuse', 'threat', 'other'],
    danger: 'imminent',
    source: 'corrected by staff',
  });
  expect(example.text).toBe('〔氏名〕さんに大声で怒鳴られ、「殺すぞ」と言われました。電話は〔電話番号〕。');
  expect(JSON.stringify(example)).not.toContain(code);
  expect((await stat(path)).mode & 0o077).toBe(0);

  const views = await world.app.views.list(code, 20);
  expect(views.items.find(({ what }) => what === 'export')).toMatchObject({ by: saito, name: '斎藤 明' });
  expect(await run('b.jsonl')).toMatchObject({
    code: 1,
    text: expect.stringContaining('有効な許可がありません'),
  });
});

test('without a permit, or after a day, nothing is written', async () => {
  const code = await begin({ corrections: true });
  expect((await run('a.jsonl')).code).toBe(1);
  await allows();
  expect((await run('b.jsonl', {}, 24 * 3_600_000)).code).toBe(1);
  await expect(stat(join(world.folder, 'b.jsonl'))).rejects.toThrow();
  const views = await world.app.views.list(code, 20);
  expect(views.items.map(({ what }) => what)).not.toContain('export');
});

test('a file that is there is not overwritten, and the permit is not spent on it', async () => {
  await begin({ corrections: true });
  await allows();
  await writeFile(join(world.folder, 'there.jsonl'), 'something');
  expect(await run('there.jsonl')).toMatchObject({ code: 1, text: expect.stringContaining('上書き') });
  expect((await run('a.jsonl')).code).toBe(0);
});

const envelope = { schemaVersion: 1, rev: 1, state: {}, timers: {}, outbox: [], ops: [] };

test.each([
  ['a record that cannot be read', 'record', '{broken'],
  ['a record of a newer version', 'record', JSON.stringify({ ...envelope, schemaVersion: 99 })],
  ['a record of another shape', 'record', JSON.stringify({ ...envelope, state: { entries: 7 } })],
  ['a record whose case cannot be read', 'call', '{broken'],
])(
  '%s does not keep back the others, for which the permit was spent, and is named',
  async (_, kind, body) => {
    const damaged = await begin({ corrections: true });
    const suzuki = world.who('鈴木 健太');
    await world.installs(suzuki);
    await world.presses(suzuki, '報告する');
    await world.presses(suzuki, '送信', { where: '3番窓口', what: '「ばかやろう」と怒鳴られました。' });
    await world.pass(1);
    await corrects(suzuki);
    await allows();
    await stores().damage(world.folder, { kind, id: damaged }, body);
    const { code, text } = await run('a.jsonl');
    expect(code).toBe(1);
    expect(text).toMatch(new RegExp(`^1 件を .*読めない記録が 1 件.*\\n {2}record/${damaged}$`, 's'));
    const lines = (await readFile(join(world.folder, 'a.jsonl'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).text)).toEqual(['「ばかやろう」と怒鳴られました。']);
  },
);

test('nobody else can allow it, whatever a button says', async () => {
  await begin({ corrections: true });
  await world.says(saito, '学習データの書き出し');
  const card = world.messages(saito).findLast((m) => m.card.text.includes('学習データ'));
  const button = card?.card.buttons.find(({ title }) => title === '1回だけ許可する');
  await world.says(sato, '学習データの書き出し');
  expect(world.last(sato).card.buttons.map(({ title }) => title)).not.toContain('1回だけ許可する');
  await world.receive(world.tap(sato, card?.activityId ?? '', { ...button?.data }));
  expect((await run('a.jsonl')).code).toBe(1);
});

test('is off unless the city switches it on', async () => {
  await begin({});
  await world.says(saito, '学習データの書き出し');
  expect(world.last(saito).card.text).toContain('使わない設定');
  expect(await run('a.jsonl', { MAMORI_CORRECTIONS: '' })).toMatchObject({
    code: 1,
    text: expect.stringContaining('使わない設定'),
  });
});

test('a wrong folder is said to be one, and no database is made in it', async () => {
  await begin({ corrections: true });
  const folder = join(world.folder, 'elsewhere');
  const outcome = await run('a.jsonl', { MAMORI_STORE: 'sqlite', COSMOS_ENDPOINT: '', MAMORI_DATA: folder });
  expect(outcome).toMatchObject({ code: 1, text: expect.stringContaining(folder) });
  await expect(stat(folder)).rejects.toThrow('ENOENT');
});
