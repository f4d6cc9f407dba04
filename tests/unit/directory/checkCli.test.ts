import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ORGANIZATION } from '../../harness/organization.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CLI = join(ROOT, 'services/directory/checkCli.ts');
const DEMO = readFileSync(ORGANIZATION, 'utf8');
/** The demo city with its one gap closed. */
const SOUND = DEMO.replace(/(floor: 1\n {4}head: .* # 松本 和夫\n)/, '$1    next: [shimin]\n');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mamori-check-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string | Buffer): string {
  const path = join(folder, 'organization.yaml');
  writeFileSync(path, text);
  return path;
}

/** As npm runs it: in the folder of package.json, with the folder it was typed in. */
function check(args: readonly string[], environment: Record<string, string> = {}) {
  const env = { PATH: process.env.PATH, ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('npm run organization:check', () => {
  test('says so when all is well', () => {
    expect(check([file(SOUND)])).toEqual({
      status: 0,
      stdout: expect.stringMatching(
        /を調べました（\d{4}-\d{2}-\d{2} 現在）。\n\nまとめ: 問題は見つかりませんでした。このまま安心して使えます。\n$/,
      ),
      stderr: '',
    });
  });

  test('a risk has its path, its line and the mend; the file can be used', () => {
    const text = SOUND.replace(/( {4}section: shuzei\n) {4}deputies:\n.*\n/, '$1');
    const { status, stdout } = check([file(text)]);
    const line = text.split('\n').findIndex((one) => one.includes('name: 渡辺 亮'));
    expect(stdout).toContain('■ 注意 1 件 ── 動きますが、いざというときに困るかもしれません\n');
    expect(stdout).toContain(
      `1. people[6].deputies（${line}行目）\n   渡辺 亮さん（収税課の所属長）に代理がいません。`,
    );
    expect(stdout).toMatch(/まとめ: このまま使えます。注意が 1 件あるので、上から順に確かめてください。\n$/);
    expect(stdout).not.toContain('直すところ');
    expect(status).toBe(0);
  });

  test('what does not fit together comes alone: the rest would be guessed', () => {
    const text = SOUND.replace('department: shimin-bu', 'department: simin-bu');
    const { status, stdout } = check([file(text)]);
    expect(stdout).toContain('■ 直すところ 1 件 ── これを直すまで、まもりはこのファイルを使いません\n');
    expect(stdout).toMatch(
      /1\. sections\[2\]\.department（\d+行目）\n {3}「simin-bu」という部はありません。/,
    );
    expect(stdout).toMatch(
      /まとめ: 直すところが 1 件あります。「注意」は、直したあとにもう一度調べると出ます。\n$/,
    );
    expect(status).toBe(1);
  });

  test('a level without a rule is shown together with the risks', () => {
    const { status, stdout } = check([
      file(DEMO.replace('levels: [advice] }', 'levels: [advice], hours: [open] }')),
    ]);
    expect(stdout).toContain('1. escalation（');
    expect(stdout).toContain('相談（advice）の規則が「本庁舎」の時間外・閉庁日にありません。');
    expect(stdout).toContain('■ 注意 1 件');
    expect(stdout).toMatch(/まとめ: 直すところが \d 件あります。ほかに注意が 1 件あります。\n$/);
    expect(status).toBe(1);
  });

  test.each([
    ['no YAML', 'city: [', /字下げか括弧/],
    ['an empty file', '', /1\. ファイル全体\n {3}ファイルが空です。/],
    ['another encoding', Buffer.from([0x82, 0xa0]), /文字コードがUTF-8ではありません/],
  ])('%s is something to mend, not a crash', (_, text, says) => {
    const { status, stdout, stderr } = check([file(text)]);
    expect(stdout).toMatch(says);
    expect(stderr).toBe('');
    expect(status).toBe(1);
  });

  test('a missing file', () => {
    const { status, stdout, stderr } = check([join(folder, 'nothing.yaml')]);
    expect(stdout).toContain('1. ファイル全体\n   ファイルを開けません。');
    expect(stderr).toBe('');
    expect(status).toBe(1);
  });

  test('without a file: the one of the bot, or how to use it', () => {
    expect(check([], { MAMORI_ORGANIZATION: file(SOUND) })).toMatchObject({ status: 0 });
    const { status, stdout, stderr } = check([]);
    expect(stderr).toContain('使い方: npm run organization:check <組織の設定ファイル>');
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  test.each([[['a.yaml', 'b.yaml']], [['--fix', 'a.yaml']]])('%j is wrong usage', (args) => {
    expect(check(args)).toMatchObject({ status: 2, stdout: '' });
  });

  test('a path is meant from where it was typed', () => {
    file(SOUND);
    expect(check(['organization.yaml'], { INIT_CWD: folder })).toMatchObject({ status: 0 });
    expect(check([relative(ROOT, ORGANIZATION)])).toMatchObject({ status: 0 });
  });
});
