import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Casework, openCasework } from '../harness/casework.ts';
import { running } from '../harness/city.ts';

let city: Casework;
beforeEach(async () => {
  city = await openCasework();
});
afterEach(() => city.world.close());

const list = (person: string): string => running(city.world.last(person).card.text);

async function calls(person: string, words = '相談'): Promise<string> {
  await city.world.says(person, words);
  const code = await city.world.codeOf(person);
  await city.world.presses(person, '対応終了');
  await city.world.pass(2);
  return code;
}

describe('事案一覧', () => {
  test('from the word and from the home card: what waits, then what is open, then everything', async () => {
    const { world, sato, shimizu } = city;
    const first = await calls(sato);
    const second = await calls(sato);
    await city.opens(shimizu, first);
    await world.presses(shimizu, '受付する');
    await world.presses(shimizu, '対応終了');
    await world.says(shimizu, 'ホーム');
    await world.presses(shimizu, '事案一覧');
    expect(list(shimizu)).toContain('事案一覧（要対応）');
    expect(list(shimizu)).toContain(second);
    expect(list(shimizu)).not.toContain('0001');
    await world.presses(shimizu, '対応中');
    expect(list(shimizu)).toContain(second);
    await world.presses(shimizu, 'すべて');
    expect(list(shimizu)).toMatch(new RegExp(`${second}.*令和8年度-0001.*対応終了`));
    await world.presses(shimizu, '未受付');
    expect(list(shimizu)).not.toContain('0001');
  });

  test('a case is opened in place, and the way back leads to the same list and page', async () => {
    const { world, sato, shimizu } = city;
    for (let n = 0; n < 10; n++) await calls(sato);
    await world.says(shimizu, '一覧');
    await world.presses(shimizu, 'すべて');
    await world.presses(shimizu, '続きを見る');
    const page = list(shimizu);
    expect(page.match(/K-[0-9A-Z]{4}/g)).toHaveLength(2);
    await world.presses(shimizu, '開く');
    expect(list(shimizu)).toContain('事案 K-');
    await world.presses(shimizu, 'メモを残す');
    await world.presses(shimizu, '保存', { note: 'メモ' });
    await world.presses(shimizu, '一覧に戻る');
    expect(list(shimizu)).toBe(page);
    await world.presses(shimizu, '先頭に戻る');
    expect(list(shimizu).match(/K-[0-9A-Z]{4}/g)).toHaveLength(8);
  });

  test('a list or a place in it that the store did not give leads to the first one', async () => {
    const { world, sato, shimizu } = city;
    const code = await calls(sato);
    await world.says(shimizu, '事案一覧');
    for (const forged of [
      'filter=todo&cursor=forged',
      'filter=<script>',
      '%%%',
      'filter=all&section=__proto__',
      'x'.repeat(900),
    ]) {
      const reply = await world.receive(
        world.tap(shimizu, world.last(shimizu).activityId, { verb: 'list.open', list: forged }),
      );
      expect(JSON.stringify(reply.body)).toContain('事案一覧');
    }
    await world.says(shimizu, '事案一覧');
    expect(list(shimizu)).toContain(code);
  });
});

describe('条件で探す', () => {
  async function searches(inputs: Record<string, string>): Promise<string> {
    const { world, shimizu } = city;
    await world.says(shimizu, '事案一覧');
    await world.presses(shimizu, '条件で探す');
    await world.presses(shimizu, '探す', inputs);
    return list(shimizu);
  }

  test.each(['令和8年度-0001', 'R8-1', '８－１', '2026-0001'])('by 管理番号: %s', async (number) => {
    const { world, sato, shimizu } = city;
    const code = await calls(sato);
    await city.opens(shimizu, code);
    await world.presses(shimizu, '受付する');
    expect(await searches({ number })).toContain(`事案 ${code}`);
  });

  test('by code, as people type it', async () => {
    const code = await calls(city.sato);
    expect(await searches({ number: ` ${code.toLowerCase().replace('-', '')} ` })).toContain(`事案 ${code}`);
  });

  test.each(['K-0000', '令和8年度-0099', 'なにか'])(
    '%s is not there, and the field says so',
    async (number) => {
      await calls(city.sato);
      expect(await searches({ number })).toContain('この番号の事案は見つかりません');
      expect(city.form(city.shimizu).values.number).toBe(number);
    },
  );

  test('by period and section', async () => {
    const { world, sato, kato } = city;
    await world.installs(kato);
    const first = await calls(sato);
    await world.pass(24 * 3600);
    const second = await calls(kato);
    expect(await searches({ from: '2026-11-24', to: '2026-11-24' })).toContain(first);
    expect(list(city.shimizu)).not.toContain(second);
    expect(await searches({ from: '2026-11-25' })).toContain(second);
    expect(list(city.shimizu)).not.toContain(first);
    expect(await searches({ section: 'shimin' })).toMatch(new RegExp(`課：市民課.*${second}`));
    expect(list(city.shimizu)).not.toContain(first);
    expect(await searches({ section: 'any', to: '2026-11-23' })).toContain('当てはまる事案はありません');
  });

  test.each([
    [{ from: '2026-12-02', to: '2026-12-01' }, '期間の終わりが始まりより前です'],
    [{ from: '昨日' }, '日付を読み取れません'],
  ])('%j: what is wrong stands at the field', async (inputs, message) => {
    expect(await searches(inputs)).toContain(message);
  });
});

describe('whose list it is', () => {
  test('a section head sees the cases of their section, a head of department from the acceptance on', async () => {
    const { world, sato, kato, shimizu, ito, nakamura } = city;
    await world.installs(kato);
    const own = await calls(sato);
    const other = await calls(kato);
    await world.says(ito, '事案一覧');
    expect(list(ito)).toContain(own);
    expect(list(ito)).not.toContain(other);
    await world.says(nakamura, '事案一覧');
    expect(list(nakamura)).toContain('当てはまる事案はありません');
    await city.opens(shimizu, own);
    await world.presses(shimizu, '受付する');
    await world.says(nakamura, '事案一覧');
    expect(list(nakamura)).toContain('令和8年度-0001');
  });

  test('everybody else gets their own cases', async () => {
    const { world, sato } = city;
    const code = await calls(sato);
    await world.says(sato, '事案一覧');
    expect(list(sato)).toMatch(new RegExp(`^自分の事案.*${code}`));
  });

  test('an officer who is left out of a case finds it nowhere', async () => {
    const { world, sato, shimizu, hayashi } = city;
    const code = await calls(sato);
    await world.says(sato, `除外 ${code} 林 大輔`);
    await world.says(hayashi, '事案一覧');
    expect(list(hayashi)).not.toContain(code);
    await world.presses(hayashi, 'すべて');
    expect(list(hayashi)).not.toContain(code);
    await world.presses(hayashi, '条件で探す');
    await world.presses(hayashi, '探す', { number: code });
    expect(list(hayashi)).toContain('この番号の事案は見つかりません');
    await world.says(shimizu, '事案一覧');
    expect(list(shimizu)).toContain(code);
  });
});

test('who has left General Affairs has no case any more: what was theirs waits for the others', async () => {
  const { world, sato, shimizu, hayashi } = city;
  const code = await calls(sato);
  await city.opens(shimizu, code);
  await world.presses(shimizu, '受付する');
  await world.presses(shimizu, '担当を決める');
  await world.presses(shimizu, '保存', { assignee: hayashi });
  await world.says(shimizu, '事案一覧');
  expect(list(shimizu)).not.toContain('0001');
  await world.reorganize((yaml) => yaml.replace(/(name: 林 大輔[\s\S]*?section: )soumu/, '$1zeimu'));
  await world.says(shimizu, '事案一覧');
  expect(list(shimizu)).toContain('令和8年度-0001');
  await world.says(hayashi, '事案一覧');
  expect(list(hayashi)).toContain('自分の事案');
});

test('who has left General Affairs has nothing of a record on the screen any more', async () => {
  const { world, shimizu, hayashi } = city;
  const code = await city.reported('窓口で「殺すぞ」と大声で言われました。');
  const list = await city.opens(hayashi, code);
  await world.presses(hayashi, '記録を読む');
  expect(list.card.text).toContain('殺すぞ');
  await city.opens(shimizu, code);
  await world.presses(shimizu, '記録を読む');
  await world.reorganize((yaml) => yaml.replace(/(name: 林 大輔[\s\S]*?section: )soumu/, '$1zeimu'));
  await world.pass(2);
  expect(world.screen(hayashi)).not.toContain('殺すぞ');
  expect(world.screen(shimizu)).toContain('殺すぞ');
});

test('an officer who was only told of a case has nothing to do with it after a transfer', async () => {
  const { world, shimizu, hayashi } = city;
  const code = await city.reported();
  await city.opens(shimizu, code);
  await world.presses(shimizu, '受付する');
  await world.presses(shimizu, '担当を決める');
  await world.presses(shimizu, '保存', { assignee: hayashi });
  await world.says(hayashi, code);
  await world.reorganize((yaml) => yaml.replace(/(name: 林 大輔[\s\S]*?section: )soumu/, '$1zeimu'));
  await world.pass(5);
  await world.says(hayashi, code);
  expect(list(hayashi)).toContain('この事案の関係者だけです');
  expect(world.screen(hayashi)).not.toContain('2番窓口');
});
