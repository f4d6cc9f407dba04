import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Casework, openCasework, WHAT } from '../harness/casework.ts';

let city: Casework;
beforeEach(async () => {
  city = await openCasework();
});
afterEach(() => city.world.close());

describe('in steps', () => {
  test('from the card that says the short report is saved: what is known is filled in, each step is saved when sent', async () => {
    const { world, sato } = city;
    const code = await city.reported();
    await world.presses(sato, '報告を記入する');
    expect(city.on(sato, 'いつ・どこ・だれ')).not.toContain('市側の対応');
    await world.presses(sato, 'いつ・どこ・だれ');
    expect(city.form(sato).values).toMatchObject({
      // The day of writing is not proposed as the day it happened.
      date: '',
      place: '2番窓口',
      staff: '佐藤 美咲',
    });
    await world.presses(sato, '保存して次へ', { route: 'counter', startedAt: '10:00' });
    expect(await city.values(code)).toMatchObject({ route: 'counter', startedAt: '10:00', place: '2番窓口' });
    expect(city.form(sato).text).toContain('2／7　行為者');
    await world.presses(sato, '保存して次へ', { offenderKind: 'citizen' });
    expect(city.form(sato).values.behaviour).toBe(WHAT);
    await world.presses(sato, '保存して終わる', {
      demand: '減免',
      hearsay: '同僚から聞いた',
      opinion: '怖かった',
    });
    const saved = await city.values(code);
    expect(saved).toMatchObject({
      demand: '減免',
      behaviour: WHAT,
      hearsay: '同僚から聞いた',
      opinion: '怖かった',
    });
    expect(saved).not.toHaveProperty('offenderName');
    expect(city.on(sato, '報告を記入する')).toContain('記入 3／7項目');
  });

  test('from nothing: a call without any report gets a record of its own', async () => {
    const { world, sato, shimizu } = city;
    await world.says(sato, '応援 2番窓口');
    const code = await world.codeOf(sato);
    await world.presses(sato, '対応終了');
    await city.writes(shimizu, code);
    await world.presses(shimizu, 'いつ・どこ・だれ');
    expect(city.form(shimizu).values).toMatchObject({
      startedAt: '10:00',
      endedAt: '10:00',
      place: '2番窓口',
    });
    await world.presses(shimizu, '保存して終わる', { route: 'phone' });
    expect(await city.values(code)).toMatchObject({ route: 'phone' });
  });

  test('goes on where it was left, on another device and after a restart', async () => {
    const { world, sato } = city;
    const code = await city.reported();
    await world.presses(sato, '報告を記入する');
    await world.presses(sato, '対応の経過');
    await world.presses(sato, '保存して終わる', { caution: '10:05 大きな声はおやめください' });
    city = { ...city, world: await world.restart() };
    await city.world.says(sato, code);
    await city.world.pass(1);
    await city.world.presses(sato, '記録と経過');
    await city.world.presses(sato, '報告を記入する');
    expect(city.on(sato, '対応の経過')).toContain('1／10 記入済み');
    await city.world.presses(sato, '対応の経過');
    const form = city.world.messages(sato).findLast((m) => m.card.inputs.length > 0);
    expect(form?.card.inputs.find(({ id }) => id === 'caution')?.value).toBe(
      '10:05 大きな声はおやめください',
    );
  });

  test('what cannot be saved stays in its field with the reason; the rest of the step is saved', async () => {
    const { world, sato } = city;
    const code = await city.reported();
    await world.presses(sato, '報告を記入する');
    await world.presses(sato, 'いつ・どこ・だれ');
    const long = 'あ'.repeat(201);
    await world.presses(sato, '保存して次へ', {
      place: long,
      date: '2026-02-30',
      startedAt: '25:00',
      route: 'x',
      staff: '佐藤',
    });
    const { text, values: shown } = city.form(sato);
    expect(text).toMatch(/200文字までにしてください（今は201文字です）/);
    expect(text).toMatch(/日付を選び直して.*時刻を選び直して/);
    expect(text).toContain('まだ保存していない欄があります');
    expect(shown.place).toBe(long);
    expect(await city.values(code)).toEqual({ staff: '佐藤' });
  });

  test('what the policy asks for beside it is named, and never holds anything up (R3, R5, R7, P5)', async () => {
    const { world, sato } = city;
    await city.reported();
    await world.presses(sato, '報告を記入する');
    await world.presses(sato, '対応の経過');
    await world.presses(sato, '保存して次へ', { filming: 'went-on' });
    await world.presses(sato, '保存せずに戻る');
    expect(city.on(sato, '対応の経過')).toContain('記入をお願いします：相手が述べた録音・撮影の目的');
  });

  test('an empty tap, a step that does not exist, or one that is not theirs changes nothing', async () => {
    const { world, sato } = city;
    const code = await city.reported();
    for (const data of [
      { step: 'basics' },
      { step: 'nothing', place: 'x' },
      { step: 'organization', cityFault: 'found' },
      { place: 'x' },
    ]) {
      await world.receive(world.tap(sato, 'card', { verb: 'record.save', code, base: 0, ...data }));
    }
    expect(await city.values(code)).toEqual({});
  });
});

describe('several people', () => {
  test('different fields at the same time: both are saved', async () => {
    const { world, sato, shimizu } = city;
    const code = await city.reported();
    await world.presses(sato, '報告を記入する');
    await world.presses(sato, '要求と言動');
    await city.writes(shimizu, code);
    await world.presses(shimizu, '要求と言動');
    await world.presses(sato, '保存して終わる', { demand: '減免してほしい' });
    await world.presses(shimizu, '保存して終わる', { demandValidity: 'invalid', behaviour: WHAT });
    expect(await city.values(code)).toMatchObject({ demand: '減免してほしい', demandValidity: 'invalid' });
  });

  test('the same field: the second is told who changed what and when, keeps what they typed, and decides', async () => {
    const { world, sato, shimizu } = city;
    const code = await city.reported();
    await world.presses(sato, '報告を記入する');
    await world.presses(sato, '要求と言動');
    await city.writes(shimizu, code);
    await world.presses(shimizu, '要求と言動');
    await world.presses(sato, '保存して終わる', { demand: '延滞金の取消し' });
    await world.presses(shimizu, '保存して次へ', { demand: '税の取消し' });
    const { text, values: shown } = city.form(shimizu);
    expect(text).toMatch(/佐藤 美咲さんが10:00:\d\dに「延滞金の取消し」へ変更しました/);
    expect(shown.demand).toBe('税の取消し');
    expect(await city.values(code)).toMatchObject({ demand: '延滞金の取消し' });

    // Left and opened again later: still there, nothing typed is lost.
    await world.presses(shimizu, '保存せずに戻る');
    expect(city.on(shimizu, '要求と言動')).toContain('未保存の入力が 1件あります');
    await world.presses(shimizu, '要求と言動');
    expect(city.form(shimizu).values.demand).toBe('税の取消し');
    await world.presses(shimizu, '保存して終わる');
    expect(await city.values(code)).toMatchObject({ demand: '税の取消し' });
    const history = (await world.app.reports.read(code))?.changes?.filter(({ field }) => field === 'demand');
    expect(history?.map(({ value, by }) => [value, by.name])).toEqual([
      ['延滞金の取消し', '佐藤 美咲'],
      ['税の取消し', '清水 陽子'],
    ]);
  });

  test('nobody sees what somebody else has typed and not saved', async () => {
    const { world, sato, shimizu, hayashi } = city;
    const code = await city.reported();
    await city.writes(shimizu, code);
    await world.presses(shimizu, '要求と言動');
    await world.presses(sato, '報告を記入する');
    await world.presses(sato, '要求と言動');
    await world.presses(sato, '保存して終わる', { demand: '減免' });
    await world.presses(shimizu, '保存して次へ', { demand: 'まだ迷っている言葉' });
    await city.writes(hayashi, code);
    await world.presses(hayashi, '要求と言動');
    expect(world.screen(hayashi)).not.toContain('まだ迷っている言葉');
  });
});
