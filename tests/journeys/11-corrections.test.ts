import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Casework, openCasework, WHAT } from '../harness/casework.ts';

let city: Casework;
beforeEach(async () => {
  city = await openCasework();
});
afterEach(() => city.world.close());

describe('訂正・追記 (the original stays)', () => {
  test('from the acceptance on a change needs a reason; before it does not', async () => {
    const { world, sato, shimizu } = city;
    const code = await city.reported();
    await world.presses(sato, '報告を記入する');
    await world.presses(sato, '要求と言動');
    await world.presses(sato, '保存して終わる', { demand: '減免' });
    await city.opens(shimizu, code);
    await world.presses(shimizu, '受付する');
    await world.presses(sato, '報告を記入する');
    await world.presses(sato, '要求と言動');
    expect(city.form(sato).text).toContain('訂正の理由');
    await world.presses(sato, '保存して終わる', { demand: '全額免除', opinion: '怖かった' });
    expect(city.form(sato).text).toContain('訂正の理由を書いてください。入力は残しています');
    expect(await city.values(code)).toMatchObject({ demand: '減免', opinion: '怖かった' });
    expect(city.form(sato).values.demand).toBe('全額免除');
    await world.presses(sato, '保存して終わる', { why: '言葉を思い出したため' });
    expect(await city.values(code)).toMatchObject({ demand: '全額免除' });
    await world.presses(shimizu, '記録を読む');
    expect(city.on(shimizu, '記録を閉じる')).toMatch(/全額免除.*理由：言葉を思い出したため.*訂正前：減免/);
  });

  test('to a short report: appended with who, when and why, shown beside what was written', async () => {
    const { world, sato, shimizu } = city;
    const code = await city.reported();
    await world.says(sato, code);
    await world.pass(1);
    await world.presses(sato, '記録と経過');
    await world.presses(sato, '訂正・追記');
    const draft = (await world.app.reports.read(code))?.entries[0]?.draft;
    await world.presses(sato, '保存', { entry: draft, text: '10時ではなく11時でした。', why: '' });
    expect(city.form(sato).text).toContain('理由を書いてください');
    expect(city.form(sato).values.text).toBe('10時ではなく11時でした。');
    await world.presses(sato, '保存', { entry: draft, why: '時計の見間違い' });
    expect((await world.app.reports.read(code))?.entries[0]?.what).toBe(WHAT);
    await city.opens(shimizu, code);
    await world.presses(shimizu, '記録を読む');
    expect(city.on(shimizu, '記録を閉じる')).toMatch(
      new RegExp(`${WHAT}.*訂正・追記　報告1について佐藤 美咲さん.*11時でした。理由：時計の見間違い`),
    );
  });
});

describe('行為のタイプ', () => {
  test('staff and General Affairs correct with checkboxes; suggestion and every correction are kept with who made it', async () => {
    const { world, sato, shimizu } = city;
    const code = await city.reported('窓口で「殺すぞ」と大声で言われました。');
    await city.opens(shimizu, code);
    expect(city.on(shimizu, '行為のタイプ')).toMatch(/行為のタイプ：暴言・脅迫報告から作った案です/);
    await world.presses(sato, 'この案でよい');
    await city.opens(shimizu, code);
    expect(city.on(shimizu, '行為のタイプ')).toContain('佐藤 美咲さんが設定');
    await world.presses(shimizu, '行為のタイプ');
    expect(city.form(shimizu).values.labels).toBe('verbal-abuse,threat');
    await world.presses(shimizu, '保存', { labels: 'threat,forged' });
    expect(city.on(shimizu, '行為のタイプ')).toMatch(/行為のタイプ：脅迫清水 陽子さんが設定/);
    const report = await world.app.reports.read(code);
    expect(report?.entries[0]?.suggestion?.labels.map(({ id }) => id)).toEqual(['verbal-abuse', 'threat']);
    expect(report?.entries[0]?.judgement?.by.id).toBe(sato);
    expect(report?.corrections?.map(({ by, labels }) => [by.id, labels])).toEqual([[shimizu, ['threat']]]);
    await world.presses(shimizu, '記録を読む');
    expect(city.on(shimizu, '記録を閉じる')).toMatch(
      /殺すぞ.*行為のタイプの案.*行為のタイプの修正.*清水 陽子さん/,
    );
  });

  test('none of them is a choice as well', async () => {
    const { world, shimizu } = city;
    const code = await city.reported();
    await city.opens(shimizu, code);
    await world.presses(shimizu, '行為のタイプ');
    await world.presses(shimizu, '保存', { labels: '' });
    expect(city.on(shimizu, '行為のタイプ')).toContain('行為のタイプ：当てはまるものなし');
  });
});
