import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Casework, openCasework, WHAT } from '../harness/casework.ts';

let city: Casework;
beforeEach(async () => {
  city = await openCasework();
});
afterEach(() => city.world.close());

/** The card of the steps is on the screen: opens one of them. */
async function opensStep(person: string, step: string): Promise<void> {
  await city.world.presses(person, step);
}

async function writes(person: string, code: string): Promise<void> {
  await city.opens(person, code).catch(async () => {
    await city.world.says(person, code);
    await city.world.pass(1);
    await city.world.presses(person, '記録と経過');
  });
  await city.world.presses(person, '報告を記入する');
}

const values = async (code: string) =>
  Object.fromEntries(
    ((await city.world.app.reports.read(code))?.changes ?? []).map(({ field, value }) => [field, value]),
  );

describe('in steps', () => {
  test('from the card that says the short report is saved: what is known is filled in, each step is saved when sent', async () => {
    const { world, sato } = city;
    const code = await city.reported();
    await world.presses(sato, '報告を記入する');
    expect(city.on(sato, 'いつ・どこ・だれ')).not.toContain('市側の対応');
    await opensStep(sato, 'いつ・どこ・だれ');
    expect(city.form(sato).values).toMatchObject({
      // The day of writing is not proposed as the day it happened.
      date: '',
      place: '2番窓口',
      staff: '佐藤 美咲',
    });
    await world.presses(sato, '保存して次へ', { route: 'counter', startedAt: '10:00' });
    expect(await values(code)).toMatchObject({ route: 'counter', startedAt: '10:00', place: '2番窓口' });
    expect(city.form(sato).text).toContain('2／7　行為者');
    await world.presses(sato, '保存して次へ', { offenderKind: 'citizen' });
    expect(city.form(sato).values.behaviour).toBe(WHAT);
    await world.presses(sato, '保存して終わる', {
      demand: '減免',
      hearsay: '同僚から聞いた',
      opinion: '怖かった',
    });
    const saved = await values(code);
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
    await writes(shimizu, code);
    await opensStep(shimizu, 'いつ・どこ・だれ');
    expect(city.form(shimizu).values).toMatchObject({
      startedAt: '10:00',
      endedAt: '10:00',
      place: '2番窓口',
    });
    await world.presses(shimizu, '保存して終わる', { route: 'phone' });
    expect(await values(code)).toMatchObject({ route: 'phone' });
  });

  test('goes on where it was left, on another device and after a restart', async () => {
    const { world, sato } = city;
    const code = await city.reported();
    await world.presses(sato, '報告を記入する');
    await opensStep(sato, '対応の経過');
    await world.presses(sato, '保存して終わる', { caution: '10:05 大きな声はおやめください' });
    city = { ...city, world: await world.restart() };
    await city.world.says(sato, code);
    await city.world.pass(1);
    await city.world.presses(sato, '記録と経過');
    await city.world.presses(sato, '報告を記入する');
    expect(city.on(sato, '対応の経過')).toContain('1／10 記入済み');
    await opensStep(sato, '対応の経過');
    const form = city.world.messages(sato).findLast((m) => m.card.inputs.length > 0);
    expect(form?.card.inputs.find(({ id }) => id === 'caution')?.value).toBe(
      '10:05 大きな声はおやめください',
    );
  });

  test('what cannot be saved stays in its field with the reason; the rest of the step is saved', async () => {
    const { world, sato } = city;
    const code = await city.reported();
    await world.presses(sato, '報告を記入する');
    await opensStep(sato, 'いつ・どこ・だれ');
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
    expect(await values(code)).toEqual({ staff: '佐藤' });
  });

  test('what the policy asks for beside it is named, and never holds anything up (R3, R5, R7, P5)', async () => {
    const { world, sato } = city;
    await city.reported();
    await world.presses(sato, '報告を記入する');
    await opensStep(sato, '対応の経過');
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
    expect(await values(code)).toEqual({});
  });
});

describe('several people', () => {
  test('different fields at the same time: both are saved', async () => {
    const { world, sato, shimizu } = city;
    const code = await city.reported();
    await world.presses(sato, '報告を記入する');
    await opensStep(sato, '要求と言動');
    await writes(shimizu, code);
    await opensStep(shimizu, '要求と言動');
    await world.presses(sato, '保存して終わる', { demand: '減免してほしい' });
    await world.presses(shimizu, '保存して終わる', { demandValidity: 'invalid', behaviour: WHAT });
    expect(await values(code)).toMatchObject({ demand: '減免してほしい', demandValidity: 'invalid' });
  });

  test('the same field: the second is told who changed what and when, keeps what they typed, and decides', async () => {
    const { world, sato, shimizu } = city;
    const code = await city.reported();
    await world.presses(sato, '報告を記入する');
    await opensStep(sato, '要求と言動');
    await writes(shimizu, code);
    await opensStep(shimizu, '要求と言動');
    await world.presses(sato, '保存して終わる', { demand: '延滞金の取消し' });
    await world.presses(shimizu, '保存して次へ', { demand: '税の取消し' });
    const { text, values: shown } = city.form(shimizu);
    expect(text).toMatch(/佐藤 美咲さんが10:00:\d\dに「延滞金の取消し」へ変更しました/);
    expect(shown.demand).toBe('税の取消し');
    expect(await values(code)).toMatchObject({ demand: '延滞金の取消し' });

    // Left and opened again later: still there, nothing typed is lost.
    await world.presses(shimizu, '保存せずに戻る');
    expect(city.on(shimizu, '要求と言動')).toContain('未保存の入力が 1件あります');
    await opensStep(shimizu, '要求と言動');
    expect(city.form(shimizu).values.demand).toBe('税の取消し');
    await world.presses(shimizu, '保存して終わる');
    expect(await values(code)).toMatchObject({ demand: '税の取消し' });
    const history = (await world.app.reports.read(code))?.changes?.filter(({ field }) => field === 'demand');
    expect(history?.map(({ value, by }) => [value, by.name])).toEqual([
      ['延滞金の取消し', '佐藤 美咲'],
      ['税の取消し', '清水 陽子'],
    ]);
  });

  test('nobody sees what somebody else has typed and not saved', async () => {
    const { world, sato, shimizu, hayashi } = city;
    const code = await city.reported();
    await writes(shimizu, code);
    await opensStep(shimizu, '要求と言動');
    await world.presses(sato, '報告を記入する');
    await opensStep(sato, '要求と言動');
    await world.presses(sato, '保存して終わる', { demand: '減免' });
    await world.presses(shimizu, '保存して次へ', { demand: 'まだ迷っている言葉' });
    await writes(hayashi, code);
    await opensStep(hayashi, '要求と言動');
    expect(world.screen(hayashi)).not.toContain('まだ迷っている言葉');
  });
});

describe('代筆', () => {
  test('by General Affairs or the section head is marked as such in the record', async () => {
    const { world, shimizu, ito } = city;
    const code = await city.reported();
    await writes(shimizu, code);
    expect(city.on(shimizu, '要求と言動')).toContain('代筆として記録されます');
    await opensStep(shimizu, '要求と言動');
    await world.presses(shimizu, '保存して終わる', { demand: '減免' });
    await city.opens(ito, code);
    await world.presses(ito, '報告を記入する');
    await opensStep(ito, '市側の対応');
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

describe('the case is closed while somebody is writing', () => {
  async function closes(code: string): Promise<void> {
    const { world, shimizu } = city;
    await city.opens(shimizu, code);
    await world.presses(shimizu, '受付する');
    await world.presses(shimizu, '対応終了');
    await world.pass(2);
  }

  test('what they typed in a step comes back as a correction to send, and is told', async () => {
    const { world, sato, shimizu } = city;
    const code = await city.reported();
    await world.presses(sato, '報告を記入する');
    await opensStep(sato, '要求と言動');
    await closes(code);
    await world.presses(sato, '保存して終わる', { demand: '全額免除', demandValidity: 'partly' });
    expect(city.form(sato).text).toMatch(/対応終了の事案です.*訂正・追記/);
    expect(city.form(sato).values.text).toContain('相手の要求：全額免除');
    expect(city.form(sato).values.text).toContain('要求の妥当性：一部妥当');
    const rung = await city.ring(async () => {
      await world.presses(sato, '保存', { why: '書いている間に終わったため' });
      await world.pass(2);
    });
    expect(rung).toEqual(['shimizu']);
    await world.says(shimizu, '事案一覧');
    expect(world.last(shimizu).card.text).toContain('令和8年度-0001');
  });

  test('a proposal of an officer comes back with its words', async () => {
    const { world, shimizu, hayashi } = city;
    const code = await city.reported();
    await city.opens(shimizu, code);
    await world.presses(shimizu, '受付する');
    await city.opens(hayashi, code);
    await world.presses(hayashi, '判断の提案');
    await world.presses(shimizu, '対応終了');
    await world.presses(hayashi, '保存', { outcome: 'undecided', why: '長い理由' });
    expect(city.form(hayashi).values.why).toBe('長い理由');
    expect(city.form(hayashi).text).toContain('対応を再開する');
  });
});

test('a reason that is too long is not cut: it comes back with its limit', async () => {
  const { world, sato, shimizu } = city;
  const code = await city.reported();
  await world.presses(sato, '報告を記入する');
  await opensStep(sato, '要求と言動');
  await world.presses(sato, '保存して終わる', { demand: '減免' });
  await city.opens(shimizu, code);
  await world.presses(shimizu, '受付する');
  await world.presses(sato, '報告を記入する');
  await opensStep(sato, '要求と言動');
  const why = 'あ'.repeat(1001);
  await world.presses(sato, '保存して終わる', { demand: '全額免除', why });
  expect(city.form(sato).text).toContain('1000文字までにしてください（今は1001文字です）');
  expect(city.form(sato).values).toMatchObject({ demand: '全額免除', why });
  expect(await values(code)).toMatchObject({ demand: '減免' });
});

describe('訂正・追記 (the original stays)', () => {
  test('from the acceptance on a change needs a reason; before it does not', async () => {
    const { world, sato, shimizu } = city;
    const code = await city.reported();
    await world.presses(sato, '報告を記入する');
    await opensStep(sato, '要求と言動');
    await world.presses(sato, '保存して終わる', { demand: '減免' });
    await city.opens(shimizu, code);
    await world.presses(shimizu, '受付する');
    await world.presses(sato, '報告を記入する');
    await opensStep(sato, '要求と言動');
    expect(city.form(sato).text).toContain('訂正の理由');
    await world.presses(sato, '保存して終わる', { demand: '全額免除', opinion: '怖かった' });
    expect(city.form(sato).text).toContain('訂正の理由を書いてください。入力は残しています');
    expect(await values(code)).toMatchObject({ demand: '減免', opinion: '怖かった' });
    expect(city.form(sato).values.demand).toBe('全額免除');
    await world.presses(sato, '保存して終わる', { why: '言葉を思い出したため' });
    expect(await values(code)).toMatchObject({ demand: '全額免除' });
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
