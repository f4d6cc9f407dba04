import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Casework, openCasework, WHAT } from '../harness/casework.ts';

let city: Casework;
beforeEach(async () => {
  city = await openCasework();
});
afterEach(() => city.world.close());

describe('代筆', () => {
  test('by General Affairs or the section head is marked as such in the record', async () => {
    const { world, shimizu, ito } = city;
    const code = await city.reported();
    await city.writes(shimizu, code);
    expect(city.on(shimizu, '要求と言動')).toContain('代筆として記録されます');
    await world.presses(shimizu, '要求と言動');
    await world.presses(shimizu, '保存して終わる', { demand: '減免' });
    await city.opens(ito, code);
    await world.presses(ito, '報告を記入する');
    await world.presses(ito, '市側の対応');
    await world.presses(ito, '保存して終わる', { cityFault: 'none' });
    const changes = (await world.app.reports.read(code))?.changes ?? [];
    expect(changes.filter(({ onBehalf }) => !onBehalf)).toEqual([]);
    await world.presses(shimizu, '記録を読む');
    expect(city.on(shimizu, '記録を閉じる')).toMatch(/清水 陽子さん（代筆）.*伊藤 誠さん（代筆）/);
  });

  test('a new report for an employee: they are the one concerned, learn of it, and can go on with it', async () => {
    const { world, sato, shimizu } = city;
    await world.says(shimizu, '報告');
    await world.presses(shimizu, '送信', { forWhom: '佐藤 美咲', where: '2番窓口', what: WHAT });
    const code = await world.codeOf(sato);
    const call = await world.app.calls.read(code);
    expect(call).toMatchObject({ caller: { id: shimizu }, affected: { id: sato }, section: 'zeimu' });
    expect((await world.app.reports.read(code))?.entries[0]).toMatchObject({
      onBehalf: true,
      by: { id: shimizu },
    });
    await world.pass(2);
    expect(city.card(sato)).toMatch(/報告を受け付けました.*税務課.*代わりに報告した人：清水 陽子さん/);
    await world.presses(sato, '記録と経過');
    await world.presses(sato, '報告を記入する');
    expect(city.on(sato, '要求と言動')).not.toContain('代筆');
    await world.presses(shimizu, '報告を記入する');
    expect(city.on(shimizu, '要求と言動')).toContain('代筆として記録されます');
  });

  test.each([
    ['佐藤', '見つからないか、何人かいます'],
    ['山田花子', '見つからないか、何人かいます'],
    ['税務課 佐藤', '報告を保存しました'],
  ])('General Affairs names %s: %s', async (forWhom, answer) => {
    const { world, shimizu } = city;
    await world.says(shimizu, '報告');
    await world.presses(shimizu, '送信', { forWhom, where: '2番窓口', what: WHAT });
    expect(world.screen(shimizu)).toContain(answer);
  });

  test('a section head writes for their own people alone; others have no such field, and a forged one is refused', async () => {
    const { world, sato, ito, suzuki } = city;
    await world.says(ito, '報告');
    await world.presses(ito, '送信', { forWhom: '加藤 翔', where: '2番窓口', what: WHAT });
    expect(city.form(ito).text).toContain('ご自分の課の職員の報告だけです');
    await world.presses(ito, '送信', { forWhom: '佐藤 美咲' });
    expect((await world.app.calls.read(await world.codeOf(sato)))?.affected?.id).toBe(sato);

    await world.says(suzuki, '報告');
    expect(city.form(suzuki).values).not.toHaveProperty('forWhom');
    await world.presses(suzuki, '送信', { forWhom: '佐藤 美咲', where: '2番窓口', what: WHAT });
    expect(world.screen(suzuki)).toContain('ご自分の課の職員の報告だけです');
  });

  test('今も危険 calls at once, whatever stands in the field', async () => {
    const { world, shimizu, suzuki } = city;
    await world.says(shimizu, '報告');
    const before = world.alerts(suzuki).length;
    await world.presses(shimizu, '送信', {
      forWhom: '知らない人',
      where: '税務課 2番窓口',
      what: WHAT,
      danger: 'true',
    });
    const rung = world.channel.messages.filter(({ alert }) => alert).length;
    expect(rung + before).toBeGreaterThan(before);
    expect(world.screen(shimizu)).toContain('緊急の呼び出しを受け付けました');
  });
});

describe('代筆 (one form, one employee)', () => {
  test('the same form sent for somebody else is another case: neither reads what the other told', async () => {
    const { world, sato, suzuki, shimizu } = city;
    await world.says(shimizu, '報告');
    const form = world.last(shimizu);
    const button = form.card.buttons.find(({ title }) => title === '送信');
    const sent = { ...button?.data, when: '今日', where: '2番窓口', danger: 'false' };
    await world.receive(
      world.tap(shimizu, form.activityId, { ...sent, forWhom: '佐藤 美咲', what: '佐藤の話' }),
    );
    await world.receive(
      world.tap(shimizu, form.activityId, { ...sent, forWhom: '鈴木 健太', what: '鈴木の話' }),
    );
    const [first, second] = [await world.codeOf(sato), await world.codeOf(suzuki)];
    expect(first).not.toBe(second);
    const told = async (code: string) =>
      (await world.app.reports.read(code))?.entries.map(({ what }) => what);
    expect([await told(first), await told(second)]).toEqual([['佐藤の話'], ['鈴木の話']]);
    // The stored message is no form any more.
    expect(form.card.inputs).toEqual([]);
  });

  test('今も危険 for an employee calls for them: their section is paged, and they are the one concerned', async () => {
    const { world, sato, suzuki, shimizu } = city;
    await world.says(shimizu, '報告');
    await world.presses(shimizu, '送信', {
      forWhom: '佐藤 美咲',
      where: '2番窓口',
      what: WHAT,
      danger: 'true',
    });
    const call = await world.app.calls.read(await world.codeOf(sato));
    expect(call).toMatchObject({ level: 'emergency', affected: { id: sato }, section: 'zeimu' });
    expect(world.alerts(suzuki)).toHaveLength(1);
    await city.opens(shimizu, call?.code ?? '');
    await world.presses(shimizu, '受付する');
    expect(city.on(shimizu, '担当を決める')).toContain('受付済み');
  });
});
