import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadOrganization } from '../../../services/directory/organization.ts';
import { CITY, city, problemsOf } from './fixture.ts';

describe('a file that is no YAML says the line and the mend', () => {
  test.each([
    [
      'a tab',
      'city: 試験市\nlimits:\n\tarriveMinutes: 3',
      '- 字下げにタブが使われています。半角の空白にしてください。（3行目）',
    ],
    [
      'a key twice',
      'city: 試験市\ncity: 別の市',
      '- 同じ項目が二度書かれています。どちらかを消してください。（2行目）',
    ],
    [
      'an open bracket',
      'city: [1, 2\nlanguage: ja',
      /^- 字下げか括弧が.*そろえ、.*閉じてください。（2行目）$/u,
    ],
    ['an open quote', 'city: "試験市\nlanguage: ja', /^- 引用符か記号が足りません。.*（2行目）$/u],
    ['two on a line', 'city: 試験市: 東', /^- 一行に「名前: 値」が二つ.*（1行目）$/u],
    ['a second document', 'city: 試験市\n---\ncity: 別の市', /^- 「---」で二つ目の文書.*（2行目）$/u],
    ['a value starting with @', 'city: @試験市', /^- この記号では値を始められません。値を引用符で/u],
    ['something else', '- 1\ncity: 2', /^- YAMLとして読めません。.*確かめてください。（2行目）$/u],
    ['an alias to nowhere', 'city: *nowhere', /^- 「\*名前」の参照先がない/u],
    ['nothing', '', /^- ファイルが空です。見本の infra\/local\/organization\.yaml を写して/u],
  ])('%s', (_, text, expected) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    if (typeof expected === 'string') expect(problems[0]).toBe(expected);
    else expect(problems[0]).toMatch(expected);
  });

  test('a byte order mark, as Windows editors write it, does no harm', () => {
    expect(problemsOf(`\uFEFF${CITY}`)).toEqual([]);
  });

  test('any text at all is either read or refused with a sentence', () => {
    for (const text of ['null', '[]', '42', 'x', '{}', '!!map {}', '&a [*a]'])
      expect(problemsOf(text).join('\n')).toMatch(/ください。/u);
  });
});

describe('loading from a file', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mamori-organization-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('reads it', async () => {
    const path = join(folder, 'good.yaml');
    await writeFile(path, CITY);
    expect((await loadOrganization(path)).city).toBe('試験市');
  });

  test('names the file and counts what is wrong', async () => {
    const path = join(folder, 'wrong.yaml');
    await writeFile(path, city('city: 試験市', 'town: 試験市'));
    await expect(loadOrganization(path)).rejects.toThrow(`${path} に直すところが 2 件あります。`);
  });

  test('a missing file is a sentence with the setting to look at', async () => {
    const path = join(folder, 'missing.yaml');
    await expect(loadOrganization(path)).rejects.toThrow(
      `- ファイルを開けません。MAMORI_ORGANIZATION のパスと、読み取りの権限を確かめてください。`,
    );
  });

  test('a file in Shift_JIS asks for UTF-8 rather than paging 文字化け', async () => {
    const path = join(folder, 'sjis.yaml');
    await writeFile(path, Buffer.from([0x63, 0x69, 0x74, 0x79, 0x3a, 0x20, 0x8e, 0x73]));
    await expect(loadOrganization(path)).rejects.toThrow('UTF-8で保存し直してください。');
  });
});
