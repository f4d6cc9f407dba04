import { describe, expect, test } from '@jest/globals';
import { channelCard } from '../../../cards/channelCard.ts';
import { leftCard, retiredCard } from '../../../cards/leftCard.ts';
import { responderCard } from '../../../cards/responderCard.ts';
import type { Lane } from '../../../services/directory/directory.ts';
import { type CallName, calls, directory, NOW } from '../../fixtures/calls.ts';
import { actions, buttonTitles, dataOf, lines, ofType, textOf } from './elements.ts';

const show = (name: CallName, viewerId = 'suzuki', lane: Lane = 'second', remote = false) =>
  responderCard({ language: 'ja', call: calls[name], viewerId, lane, round: 3, remote, directory, now: NOW });
const generalAffairs = (name: CallName, remote = false) => show(name, 'shimizu', 'generalAffairs', remote);
/** The answers, without the buttons that every responder has. */
const answers = (card: object) =>
  actions(card)
    .filter(({ verb }) => String(verb).startsWith('answer.'))
    .map(({ title }) => title);

describe('the page', () => {
  test('says level, place, caller, code and time, and where the place is', () => {
    expect(lines(show('sent').card).slice(0, 4)).toEqual([
      '応援　2番窓口',
      '本庁舎 1階 税務課',
      '佐藤 美咲さんが呼んでいます',
      'K-7F3Q　10:31:05 受付',
    ]);
    expect(textOf(show('affected').card)).toContain('対応している職員：佐藤 美咲さん');
  });

  test('the preview has level, place, caller and code, nothing else (promise 7)', () => {
    expect(show('sent').summary).toBe('【応援】2番窓口　佐藤 美咲さん　K-7F3Q');
    expect(show('affected').summary).toBe('【応援】2番窓口　高橋 直樹さん　K-7F3Q');
    expect(show('counter').summary).toBe('【応援】税務課2番窓口　K-7F3Q');
    expect(show('asked').summary).toBe('【到着の確認】2番窓口　K-7F3Q');
    expect(show('ended').summary).toBe('【対応終了】K-7F3Q');
  });

  test('tells the word to send when buttons do not work', () => {
    expect(lines(show('sent').card).at(-1)).toBe('ボタンが使えないときは「応答 K-7F3Q」と送信してください。');
  });

  test('shows who else is coming, and not who declined (promise 8)', () => {
    const colleague = (name: CallName) => textOf(show(name, 'takahashi').card);
    expect(colleague('going')).toContain('鈴木 健太さんが対応しています。');
    expect(colleague('declined')).not.toContain('鈴木');
    expect(textOf(show('going').card)).toContain('あなたが確認・向かっています');
  });

  test('does not send a responder to the help extension of the caller', () => {
    expect(textOf(show('exhausted', 'takahashi').card)).not.toContain('内線2119');
  });
});

describe('answers', () => {
  test.each<[CallName, string[]]>([
    ['sent', ['向かいます', '行けません']],
    ['going', ['到着しました', '行けません']],
    ['asked', ['到着しました', '向かいます', '行けません']],
    ['lapsed', ['到着しました', '向かいます', '行けません']],
    ['arrived', []],
    ['declined', ['向かいます']],
    ['raised', ['到着しました', '行けません']],
    ['ended', []],
    ['report', []],
  ])('of the second staff: %s', (name, expected) => {
    expect(answers(show(name).card)).toEqual(expected);
  });

  test('General Affairs can support by phone, first where the place is far away or advice is asked for', () => {
    expect(answers(generalAffairs('sent').card)).toEqual(['向かいます', '電話で支援します', '行けません']);
    expect(answers(generalAffairs('sent', true).card)).toEqual([
      '電話で支援します',
      '向かいます',
      '行けません',
    ]);
    expect(answers(generalAffairs('advice').card)).toEqual(['電話で支援します', '向かいます', '行けません']);
    expect(answers(generalAffairs('phoneSupport').card)).toEqual(['向かいます', '行けません']);
  });

  test('whoever was not called, or is not needed, has nothing to refuse', () => {
    expect(answers(show('sent', 'ito').card)).toEqual(['向かいます']);
    expect(answers(show('going', 'takahashi').card)).toEqual(['向かいます']);
  });

  test('carry case and stamp', () => {
    expect(dataOf(show('sent').card, '向かいます')).toEqual({
      verb: 'answer.going',
      code: 'K-7F3Q',
      round: 3,
    });
  });

  test('being asked stands out and says what happens without an answer', () => {
    expect(textOf(show('asked').card)).toMatch(/到着しましたか\n回答がなければ、ほかの職員も呼びます。/);
  });
});

describe('緊急: the 110 task on every card (R11)', () => {
  test('address, entrance, outside line and words to read out', () => {
    const shown = lines(show('emergency').card);
    expect(shown).toEqual(
      expect.arrayContaining([
        '電話：外線番号 0 に続けて 110',
        '読み上げ：「事件です。みなと市役所 本庁舎、1階 税務課 2番窓口で、職員の身に危険が及んでいます。すぐに来てください。」',
        '住所：みなと市中央1丁目1番1号',
        '入口：正面玄関（中央通り側）',
      ]),
    );
    expect(dataOf(show('emergency').card, '私が110番します')).toEqual({
      verb: 'police.claim',
      code: 'K-7F3Q',
    });
  });

  test('once taken it says by whom; only they report it done; then it is done for all', () => {
    expect(buttonTitles(show('emergencyClaimed').card)).toContain('通報済み');
    expect(buttonTitles(generalAffairs('emergencyClaimed').card)).not.toContain('通報済み');
    expect(textOf(generalAffairs('emergencyClaimed').card)).toContain(
      '鈴木 健太さんが110番します（10:31:25）',
    );
    expect(textOf(generalAffairs('emergencyCalled').card)).toContain('通報済み　鈴木 健太さん（10:32:00）');
    expect(buttonTitles(generalAffairs('emergencyCalled').card)).not.toContain('私が110番します');
  });

  test('an assist has no 110 task but can be switched', () => {
    expect(textOf(show('sent').card)).not.toContain('110');
    expect(buttonTitles(show('sent').card)).toEqual(
      expect.arrayContaining(['緊急に切り替える', '対応終了', '報告する']),
    );
    expect(buttonTitles(show('emergency').card)).not.toContain('緊急に切り替える');
  });
});

test('only General Affairs is told that a report describes danger', () => {
  expect(textOf(generalAffairs('report').card)).toContain('報告に危険を示す記述があります');
  expect(textOf(show('report').card)).not.toContain('危険');
});

test('a closed call tells those on the way that they need not come', () => {
  expect(lines(show('ended').card)).toEqual([
    '対応終了',
    '10:32:55　鈴木 健太さん　K-7F3Q',
    '2番窓口　佐藤 美咲さん',
    '呼び出しは止まっています。向かう必要はありません。',
  ]);
  expect(buttonTitles(show('cancelled').card)).toEqual(['報告する']);
});

describe('other cards of a case', () => {
  test("General Affairs' channel gets level, place and code, no buttons, nobody's name", () => {
    const post = (reason: 'opened' | 'emergency' | 'exhausted' | 'danger-in-text' | 'engine') =>
      channelCard({ language: 'ja', call: calls.affected, directory, now: NOW, reason });
    expect(lines(post('exhausted').card)).toEqual([
      '応援　2番窓口',
      '本庁舎 1階 税務課',
      'K-7F3Q　10:31:05 受付',
      '呼び出した職員から応答がありません。対応できる職員は、現場へ向かうか電話してください。',
      '向かうときは、まもりとの個人チャットで「応答 K-7F3Q」と送信してください。',
    ]);
    for (const reason of ['opened', 'emergency', 'exhausted', 'danger-in-text', 'engine'] as const) {
      expect(textOf(post(reason).card)).not.toContain('佐藤');
      expect(ofType(post(reason).card, 'ActionSet')).toEqual([]);
      expect(post(reason).summary).toBe('【応援】2番窓口　K-7F3Q');
    }
  });

  test('somebody no longer involved sees nothing of the case but its code', () => {
    expect(lines(leftCard({ language: 'ja', code: 'K-7F3Q' }).card)).toEqual([
      'K-7F3Q',
      'この事案では、あなたの対応は必要ありません。',
    ]);
  });

  test('an older copy points to the newest card and can open it', () => {
    const { card } = retiredCard({ language: 'ja', code: 'K-7F3Q' });
    expect(lines(card)).toEqual(['K-7F3Q', '最新のカードは下にあります']);
    expect(dataOf(card, '事案を開く')).toEqual({ verb: 'case.open', code: 'K-7F3Q' });
    expect(textOf(retiredCard({ language: 'ja', code: 'K-7F3Q', notice: '受付済みです。' }).card)).toContain(
      '受付済みです。',
    );
  });
});
