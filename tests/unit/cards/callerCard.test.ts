import { describe, expect, test } from '@jest/globals';
import { callerCard } from '../../../cards/callerCard.ts';
import { type CallName, calls, directory, NOW } from '../../fixtures/calls.ts';
import { buttonTitles, dataOf, lines, ofType, redParts, textOf } from './elements.ts';

const show = (name: CallName, more: { viewerId?: string; quiet?: boolean; notice?: string } = {}) =>
  callerCard({
    language: 'ja',
    call: calls[name],
    viewerId: calls[name].caller.id,
    directory,
    now: NOW,
    quiet: false,
    ...more,
  });
const text = (name: CallName) => textOf(show(name).card);
const titles = (name: CallName) => buttonTitles(show(name).card);

describe('what the caller is told, by state (promise 2)', () => {
  test.each<[CallName, string[]]>([
    ['queued', ['当番：呼び出しています　10:31:05']],
    ['sent', ['当番：送信済み・未確認　10:31:06', 'まだ誰も確認していません']],
    [
      'unanswered',
      [
        '当番：応答がありません。次の職員を呼んでいます　10:31:35',
        '同じ課の職員：送信済み・未確認　10:31:36',
      ],
    ],
    [
      'unreachable',
      [
        '当番：届きませんでした。次の職員を呼んでいます　10:31:35',
        '同じ課の職員：送信済み・未確認　10:31:36',
      ],
    ],
    ['emptyStep', ['当番：呼べる職員がいません。次の職員を呼んでいます　10:31:05']],
    ['going', ['鈴木 健太さんが確認・向かっています　10:31:20']],
    ['phoneSupport', ['清水 陽子さんが電話で支援します　10:31:30']],
    ['asked', ['鈴木 健太さんが確認・向かっています　10:29:00', '到着したかどうかを確認しています']],
    ['arrived', ['鈴木 健太さんが到着しました　10:32:40']],
    ['came', ['到着しました（現場で確認）　10:32:30']],
    ['lapsed', ['鈴木 健太さんの到着が未確認です　10:32:50', '同じ課の職員：呼び出しています　10:32:50']],
    [
      'exhausted',
      [
        '全員を呼びましたが、まだ誰も確認していません。繰り返し呼んでいます。',
        '内線2119へ電話してください。',
      ],
    ],
    ['phoneOnly', ['宿直室　内線2100へ電話してください。']],
    ['phoneDone', ['宿直室　連絡済み　10:31:55']],
    ['guest', ['職員名簿に登録がないため、総務課だけを呼んでいます']],
    ['advice', ['相談のため呼び出していません']],
    ['raised', ['鈴木 健太さんが確認・向かっています　10:31:20', '当番：送信済み・未確認　10:32:01']],
  ])('%s', (name, expected) => {
    expect(lines(show(name).card)).toEqual(expect.arrayContaining(expected));
  });

  test('everybody whom it concerns is told whom to ring, also who was named later', () => {
    const { card } = callerCard({
      language: 'ja',
      call: { ...calls.exhausted, alsoAffected: ['ito'] },
      viewerId: 'ito',
      directory,
      now: NOW,
      quiet: false,
    });
    expect(lines(card)).toContain('内線2119へ電話してください。');
  });

  test('「まだ誰も確認していません」 is gone from a lane once somebody comes', () => {
    const count = (name: CallName) =>
      lines(show(name).card).filter((line) => line === 'まだ誰も確認していません').length;
    expect([count('sent'), count('going'), count('phoneSupport')]).toEqual([2, 1, 0]);
  });

  test('who declined is not told, nor that anybody did (promise 8)', () => {
    expect(text('declined')).not.toMatch(/鈴木|行けません|応答がありません/);
    expect(text('declined')).toContain('同じ課の職員：送信済み・未確認');
  });

  test.each<[CallName, boolean]>([
    ['sent', true],
    ['going', true],
    ['phoneSupport', true],
    ['phoneDone', true],
    ['lapsed', true],
    ['arrived', false],
    ['came', false],
    ['advice', false],
    ['report', false],
  ])('1人で対応中 until somebody has arrived: %s', (name, alone) => {
    expect(text(name).includes('1人で対応中')).toBe(alone);
  });

  test('the affected person and their colleague each read who is alone', () => {
    const read = (viewerId: string) => textOf(show('affected', { viewerId }).card);
    expect(read('takahashi')).toContain('佐藤 美咲さんが1人で対応中');
    expect(read('sato')).toContain('呼び出した人：高橋 直樹さん');
    expect(read('sato')).toContain('対応している職員：あなた');
  });

  test('the place where the caller is now comes first, an earlier one stays', () => {
    const [heading, place] = lines(show('moved').card);
    expect([heading, place]).toEqual(['応援を受け付けました', '1階ロビー　本庁舎 税務課']);
    expect(text('moved')).toContain('前の場所：2番窓口');
  });

  test('a place that nobody knows leaves no empty line', () => {
    const nowhere = { text: '', building: '', buildingName: '', arriveMinutes: 3 };
    const call = { ...calls.guest, places: [nowhere] };
    const { card } = callerCard({
      language: 'ja',
      call,
      viewerId: 'guest',
      directory,
      now: NOW,
      quiet: false,
    });
    expect(lines(card).slice(0, 2)).toEqual(['応援を受け付けました', 'K-7F3Q　10:31:05 受付']);
    expect(lines(card)).not.toContain('');
  });

  test('what the handler has to say stands on top', () => {
    expect(lines(show('sent', { notice: 'すでに受け付けています。' }).card)[0]).toBe(
      'すでに受け付けています。',
    );
  });
});

describe('緊急 (R10, R11)', () => {
  test('away from danger, 110 and the way out come before everything else', () => {
    expect(lines(show('emergency').card).slice(0, 5)).toEqual([
      '緊急を受け付けました',
      '相手から離れ、安全な場所へ移動してください。',
      '110番通報：引き受けた職員はまだいません',
      '電話できるときは、外線番号 0 に続けて110へ。電話したら「通報済み」を押してください。',
      '避難：職員用通路から東側階段を使い、北駐車場へ避難してください。',
    ]);
    expect(dataOf(show('emergency').card, '通報済み')).toEqual({ verb: 'police.done', code: 'K-7F3Q' });
  });

  test('says who calls the police and when they were called', () => {
    expect(text('emergencyClaimed')).toContain('110番通報：鈴木 健太さんが通報します（10:31:25）');
    expect(text('emergencyCalled')).toContain('110番通報：通報済み　鈴木 健太さん（10:32:00）');
    expect(titles('emergencyCalled')).not.toContain('通報済み');
  });
});

describe('quiet display', () => {
  test.each(Object.keys(calls) as CallName[])('%s shows no red and a neutral preview', (name) => {
    const { card, summary } = show(name, { quiet: true });
    expect(redParts(card)).toEqual([]);
    expect(summary).toBe('確認依頼 K-7F3Q');
    expect(lines(card)[0]).toBe('確認依頼 K-7F3Q');
  });

  test('the 110 text is folded behind a neutral button, and only there', () => {
    const { card } = show('emergency', { quiet: true });
    const [toggle] = ofType(card, 'Action.ToggleVisibility');
    expect(toggle).toMatchObject({ title: '案内を開く・閉じる', targetElements: ['guidance'] });
    const body = (card as { body: { id?: string; isVisible?: boolean }[] }).body;
    const folded = body.filter(({ id }) => id === 'guidance');
    expect(folded).toMatchObject([{ isVisible: false }]);
    expect(JSON.stringify(body.filter(({ id }) => id !== 'guidance'))).not.toMatch(/110|避難/);
    expect(ofType(show('sent', { quiet: true }).card, 'Action.ToggleVisibility')).toEqual([]);
  });
});

describe('buttons', () => {
  test.each<[CallName, string[]]>([
    ['sent', ['来てくれた', '緊急に切り替える', '対応終了', '取消（押し間違い）', '報告する']],
    ['emergency', ['通報済み', '来てくれた', '対応終了', '取消（押し間違い）', '報告する']],
    ['arrived', ['緊急に切り替える', '対応終了', '取消（押し間違い）', '報告する']],
    [
      'phoneOnly',
      ['連絡済み', '来てくれた', '緊急に切り替える', '対応終了', '取消（押し間違い）', '報告する'],
    ],
    ['advice', ['応援を呼ぶ', '緊急に切り替える', '対応終了', '取消（押し間違い）', '報告する']],
    ['report', ['緊急に切り替える', '報告する', '記録と経過']],
    ['counter', ['来てくれた', '緊急に切り替える', '対応終了', '取消（押し間違い）']],
    ['guest', ['来てくれた', '緊急に切り替える', '対応終了', '取消（押し間違い）']],
    ['ended', ['報告する']],
    ['cancelled', ['報告する']],
  ])('%s', (name, expected) => {
    expect(titles(name)).toEqual(expected);
  });

  test('carry the case and the round of the lane', () => {
    expect(dataOf(show('lapsed').card, '来てくれた')).toEqual({
      verb: 'call.came',
      code: 'K-7F3Q',
      round: 2,
    });
  });
});

describe('closed calls', () => {
  test('say when and by whom, and that nobody is called any more', () => {
    expect(lines(show('ended').card).slice(0, 2)).toEqual(['対応終了', '10:32:55　鈴木 健太さん']);
    expect(lines(show('cancelled').card).slice(0, 2)).toEqual(['取消（押し間違い）', '10:31:15　あなた']);
    expect(text('ended')).toContain('呼び出しは止まりました。');
    expect(text('ended')).not.toMatch(/1人で対応中|送信済み/);
    expect(show('ended').summary).toBe('【対応終了】K-7F3Q');
  });
});
