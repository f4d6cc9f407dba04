import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { backup } from '../../../services/store/backup/backup.ts';
import { backupCommand, restoreCommand } from '../../../services/store/backup/commands.ts';
import { restore } from '../../../services/store/backup/restore.ts';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import { type Document, type DocumentStore, Undecodable } from '../../../services/store/store.ts';
import { aDocument, numbered } from '../../contract/store/bench.ts';
import { openCasework } from '../../harness/casework.ts';
import { LocalCosmos } from '../../harness/cosmos/place.ts';
import { FaultyStore } from '../../harness/faultyStore.ts';
import { World } from '../../harness/world.ts';
import { useFolder } from './folder.ts';

// A bound, not a measure: the SDK alone takes seconds to load where others are busy.
jest.setTimeout(30_000);

const AT = '2026-11-24T01:00:00.000Z';
const NARRATIVE = '土下座しろと言われた';

const DOCUMENTS: readonly Document[] = [
  ...Array.from({ length: 25 }, (_, n) =>
    aDocument({ id: numbered(n), dueAt: n, body: { z: n, a: NARRATIVE } }),
  ),
  aDocument({ kind: 'record', id: '\u{20bb7}', body: 'a\u2028b\r\n\u0000 𠮷', terms: [], summary: null }),
  aDocument({ kind: 'record', id: '\uff21', body: { b: { 2: [], a: null }, a: -0.5 }, sortAt: 0.5 }),
  aDocument({ kind: 'person', id: 'a/b', body: 'x'.repeat(300_000) }),
];

const path = useFolder();
const stores: DocumentStore[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

async function open(name: string): Promise<DocumentStore> {
  const store = await openSqliteStore({ path: path(name, 'mamori.sqlite') });
  stores.push(store);
  return store;
}

async function filled(name = 'from'): Promise<DocumentStore> {
  const store = await open(name);
  for (const document of DOCUMENTS) await store.create(document);
  return store;
}

/** As the documents are, to the order of their keys; versions are the store's own. */
const contents = async (store: DocumentStore): Promise<string[]> =>
  (await store.all(undefined, 200)).map((found) => JSON.stringify({ ...found, etag: '' }));

const messageOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );

describe('embedded store → file → embedded store', () => {
  test('every document comes back, and is due and listed as before', async () => {
    const [from, to] = [await filled(), await open('to')];
    const done = await backup(from, path('b'), AT);
    expect(done).toEqual({ documents: 28, kinds: { call: 25, person: 1, record: 2 }, skipped: [] });
    expect(await restore(to, path('b'))).toMatchObject({ documents: 28, present: 0, createdAt: AT });
    expect(await contents(to)).toEqual(await contents(from));
    expect(await to.due(9, 99)).toEqual(await from.due(9, 99));
    const list = { kind: 'call', term: 'open', limit: 50 };
    expect(await to.list(list)).toEqual(await from.list(list));
  });

  test('the file is for its owner alone, and nothing else is left beside it', async () => {
    await backup(await filled(), path('b'), AT);
    expect(((await stat(path('b'))).mode & 0o777).toString(8)).toBe('600');
    expect((await readdir(path())).sort()).toEqual(['b', 'from']);
  });

  test('the same documents give the same file', async () => {
    const from = await filled();
    await backup(from, path('b1'), AT);
    await backup(from, path('b2'), AT);
    expect(await readFile(path('b1'))).toEqual(await readFile(path('b2')));
  });

  test('a file that is there is not written over', async () => {
    await writeFile(path('b'), 'mine');
    expect(await messageOf(backup(await filled(), path('b'), AT))).toMatch(/もうあります/);
    expect(String(await readFile(path('b')))).toBe('mine');
  });

  test.each(['a write meanwhile', 'a failure'])('%s: it is refused and leaves no file', async (what) => {
    const from = await filled();
    const faulty = new FaultyStore(from);
    const all = faulty.all.bind(faulty);
    let calls = 0;
    faulty.all = async (after, limit) => {
      calls += 1;
      if (calls === 2 && what === 'a failure') faulty.isDown = true;
      if (calls === 2 && what !== 'a failure') await from.create(aDocument({ id: 'A' }));
      return all(after, limit);
    };
    const expected = what === 'a failure' ? /does not answer/ : /ボットを止めて/;
    expect(await messageOf(backup(faulty, path('b'), AT))).toMatch(expected);
    expect(await readdir(path())).toEqual(['from']);
  });
});

describe('a file that is not as it was written is refused before anything is written', () => {
  let text = '';
  let to: DocumentStore;
  beforeEach(async () => {
    await backup(await filled(), path('good'), AT);
    text = String(await readFile(path('good')));
    to = await open('to');
  });

  const lines = (): string[] => text.split('\n').slice(0, -1);
  const joined = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
  const CASES: readonly (readonly [string, () => string, RegExp])[] = [
    ['cut off within a line', () => text.slice(0, 5_000), /途中で切れています/],
    ['cut off after a line', () => joined(lines().slice(0, 9)), /途中で切れています/],
    ['without the end of its last line', () => text.slice(0, -1), /途中で切れています/],
    ['header alone', () => joined(lines().slice(0, 1)), /途中で切れています/],
    ['a word changed', () => text.replace('"z":7', '"z":8'), /書き換えられたか/],
    ['a document left out', () => joined(lines().filter((_, n) => n !== 5)), /書き換えられたか/],
    [
      'a document twice',
      () => joined(lines().flatMap((line, n) => (n === 5 ? [line, line] : [line]))),
      /7 行目/,
    ],
    ['a line that is no document', () => text.replace('"terms":[', '"terms":{}['), /2 行目/],
    ['something after its end', () => `${text}{}\n`, /行目/],
    ['counts changed', () => text.replace('"person":1', '"person":2'), /書き換えられたか/],
    ['of a later version', () => text.replace('"version":1', '"version":9'), /形式 9/],
    ['another file', () => '{"name":"mamori"}\n', /まもりのバックアップではありません/],
    ['no text', () => '\u0000\ufffd\n', /まもりのバックアップではありません/],
    ['empty', () => '', /まもりのバックアップではありません/],
  ];

  test.each(CASES)('%s', async (_, edit, expected) => {
    expect(edit()).not.toBe(text);
    await writeFile(path('bad'), edit());
    const message = await messageOf(restore(to, path('bad')));
    expect(message).toMatch(expected);
    expect(message).not.toMatch(NARRATIVE);
    expect(await to.all(undefined, 1)).toEqual([]);
  });
});

describe('a store that is not empty', () => {
  let from: DocumentStore;
  let to: DocumentStore;
  beforeEach(async () => {
    from = await filled();
    await backup(from, path('b'), AT);
    to = await open('to');
  });

  test('is refused, and stays as it is', async () => {
    await to.create(aDocument({ id: 'mine' }));
    expect(await messageOf(restore(to, path('b')))).toMatch(/空ではありません/);
    expect(await contents(to)).toHaveLength(1);
  });

  test.each(['fails', 'lost', 'dies-after'] as const)(
    'after an interruption (%s) the restore goes on with --resume',
    async (fault) => {
      const faulty = new FaultyStore(to);
      faulty.fault = (count) => (count === 11 ? fault : undefined);
      expect(await messageOf(restore(faulty, path('b')))).toMatch(/does not answer/);
      const there = fault === 'fails' ? 10 : 11;
      expect(await contents(to)).toHaveLength(there);
      expect(await restore(to, path('b'), true)).toMatchObject({ documents: 28, present: there });
      expect(await contents(to)).toEqual(await contents(from));
      expect(await restore(to, path('b'), true)).toMatchObject({ present: 28 });
    },
  );

  test.each([
    [
      'a document with other content',
      aDocument({ id: numbered(3), body: 'other' }),
      /中身の違う.*1件.*\n {2}call\/K-0003/,
    ],
    [
      'a document that the file does not have',
      aDocument({ id: 'mine' }),
      /バックアップにない.*\n {2}call\/mine/,
    ],
  ])('%s: --resume refuses it by name, before it writes', async (_, document, expected) => {
    await to.create(document);
    expect(await messageOf(restore(to, path('b'), true))).toMatch(expected);
    expect(await contents(to)).toHaveLength(1);
  });

  test('a store that loses what it was given is noticed', async () => {
    const faulty = new FaultyStore(to);
    const create = faulty.create.bind(faulty);
    faulty.create = (given) => create(given.id === numbered(3) ? { ...given, body: null } : given);
    expect(await messageOf(restore(faulty, path('b')))).toMatch(/読み返すと.*1件.*\n {2}call\/K-0003/);
  });
});

describe('commands', () => {
  const at = (name: string) => ({ MAMORI_DATA: path(name), INIT_CWD: path() });
  /** The whole of what they print, without the paths. */
  const run = async (outcome: ReturnType<typeof backupCommand>) => {
    const { code, text } = await outcome;
    return { code, text: text.replaceAll(`${path()}/`, '') };
  };

  test('say in plain Japanese what was done', async () => {
    await filled();
    expect(await run(backupCommand(['b'], at('from')))).toEqual({
      code: 0,
      text: 'from/mamori.sqlite から 28 件を b に書き出しました。\n  call: 25 件\n  person: 1 件\n  record: 2 件',
    });
    const { code, text } = await run(restoreCommand(['b'], at('to')));
    expect(code).toBe(0);
    expect(text).toMatch(/^b（.+Z に書き出し）から to\/mamori\.sqlite に 28 件を復元しました。\n/);
    expect(text).toMatch(/件数と中身がバックアップと同じことを確かめました。$/);
    expect((await run(restoreCommand(['b', '--resume'], at('to')))).text).toMatch(/うち 28 件は復元済み/);
    expect(await run(restoreCommand(['b'], at('to')))).toMatchObject({ code: 1 });
  });

  test('a damaged document is named and left out, and the exit code tells', async () => {
    await filled();
    const database = new DatabaseSync(path('from', 'mamori.sqlite'));
    database.exec(`UPDATE documents SET body = body || '{' WHERE id = 'K-0003'`);
    database.close();
    const { code, text } = await run(backupCommand(['b'], at('from')));
    expect(code).toBe(1);
    expect(text).toMatch(/27 件を b に.*読めない文書が 1 件.*\n {2}call\/K-0003$/s);
    expect(text).not.toMatch(NARRATIVE);
    const restored = await run(restoreCommand(['b'], at('to')));
    expect(restored).toMatchObject({ code: 0, text: expect.stringMatching(/壊れていた 1 件は/) });
  });

  test('a wrong place, a missing file, a wrong setting: 1; a wrong usage: 2', async () => {
    expect(await run(backupCommand(['b'], at('nowhere')))).toEqual({
      code: 1,
      text: 'MAMORI_DATA: nowhere/mamori.sqlite がありません。ボットと同じ場所を指定してください。',
    });
    expect(await readdir(path())).toEqual([]);
    const missing = await run(restoreCommand(['missing'], at('to')));
    expect(missing).toEqual({ code: 1, text: 'ファイルを読み書きできませんでした（ENOENT）。' });
    expect(await run(backupCommand(['b'], { MAMORI_STORE: 'x' }))).toMatchObject({ code: 1 });
    for (const args of [[], ['a', 'b'], ['a', '--force']]) {
      expect(await run(restoreCommand(args, at('to')))).toMatchObject({ code: 2 });
    }
    expect(await run(backupCommand(['b', '--resume'], at('to')))).toMatchObject({ code: 2 });
  });
});

describe('from the embedded store to Cosmos DB and back', () => {
  let cosmos: LocalCosmos;
  beforeAll(async () => {
    cosmos = await LocalCosmos.start();
  });
  afterAll(() => cosmos.stop());

  test('every document is equal at each stage, and so are the files', async () => {
    const from = await filled();
    const { settings } = await cosmos.provide();
    const environment = {
      INIT_CWD: path(),
      MAMORI_STORE: 'cosmos',
      COSMOS_ENDPOINT: settings.endpoint,
      COSMOS_DATABASE: settings.database,
      COSMOS_CONTAINER: settings.container,
      COSMOS_KEY: settings.key,
    };
    await backup(from, path('b1'), AT);
    expect(await restoreCommand(['b1'], environment)).toMatchObject({ code: 0 });
    expect(await backupCommand(['b2'], environment)).toMatchObject({ code: 0 });
    const to = await open('to');
    await restore(to, path('b2'));
    expect(await contents(to)).toEqual(await contents(from));
    await backup(to, path('b3'), AT);
    expect(await readFile(path('b3'))).toEqual(await readFile(path('b1')));
  });
});

describe('restore drill', () => {
  test('on the restored store an open call still pages, and numbers go on without a gap', async () => {
    const { world, sato, shimizu, reported } = await openCasework();
    await reported();
    await accept(world, shimizu);
    await world.says(sato, '応援 2番窓口');
    const code = await world.codeOf(sato);
    expect(await numbers(world)).toEqual(['2026-0001']);
    await backup(world.store, path('b'), AT);
    const { clock, channel } = world;
    await world.close();
    await restore(await open('to'), path('b'));
    await stores.pop()?.close();

    const restored = await World.open({ folder: path('to'), clock, channel });
    const before = channel.messages.length;
    await restored.pass(180);
    const since = channel.messages.slice(before).filter(({ alert }) => alert);
    expect(since.map(({ card }) => card.text).join()).toMatch(code);
    expect(await restored.codeOf(sato)).toBe(code);
    await accept(restored, shimizu, code);
    expect(await numbers(restored)).toEqual(['2026-0001', '2026-0002']);
    await restored.close();
  });

  async function accept(world: World, officer: string, of?: string): Promise<void> {
    const code = of ?? (await world.codeOf(world.who('佐藤 美咲')));
    await world.says(officer, '事案一覧');
    const { activityId } = world.last(officer);
    await world.receive(world.tap(officer, activityId, { verb: 'work.open', code, list: '' }));
    await world.presses(officer, '受付する');
    await world.pass(2);
  }

  const numbers = async ({ store }: World): Promise<string[]> =>
    (await store.all({ kind: 'number', id: '' }, 200))
      .map((found) => (found instanceof Undecodable ? found.key : found))
      .filter(({ kind }) => kind === 'number')
      .map(({ id }) => id);
});
