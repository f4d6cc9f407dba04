import { describe, expect, test } from '@jest/globals';
import { createClassifier } from '../../../services/classification/createClassifier.ts';
import { dangerInText } from '../../../services/classification/danger.ts';

const classifier = createClassifier();

describe('danger is not missed (R10, R11)', () => {
  test.each([
    ['harm-done', '課長が殴られました'],
    ['harm-done', '椅子で頭を殴って逃げました'],
    ['harm-done', '足を蹴られました'],
    ['harm-done', '突き飛ばされて転びました'],
    ['harm-done', '胸ぐらをつかまれました'],
    ['harm-done', 'つかみかかってきて腕を引っ張られました'],
    ['harm-done', '首を絞められた'],
    ['harm-done', '窓口のガラスを割られました'],
    ['harm-done', '後ろから抱きつかれました'],
    ['harm-done', '顔に唾を吐きかけられた'],
    ['harm-done', 'カウンターに火をつけて逃げた'],
    ['imminent', '「殺すぞ」と言われました'],
    ['imminent', '「ころすぞ」と怒鳴っています'],
    ['imminent', '包丁を持っています'],
    ['imminent', 'ﾅｲﾌを出しました'],
    ['imminent', '刃物のようなものをちらつかせています'],
    ['imminent', '灯油をまいて火をつけると言っています'],
    ['imminent', 'ガソリンの缶を持ち込みました'],
    ['imminent', '男が暴れています'],
    ['imminent', '「ぶん殴るぞ」と詰め寄られています'],
    ['imminent', '会議室に閉じ込められています'],
    ['imminent', '椅子を投げています'],
    ['imminent', '「ここで死んでやる」と言っています'],
    ['imminent', '殴られそうになりました'],
    ['imminent', '「夜道に気をつけろ」と言われました'],
  ])('%s: %s', (danger, text) => {
    const suggestion = classifier.classify(text);
    expect(suggestion.danger).toBe(danger);
    expect(suggestion.dangerEvidence.length).toBeGreaterThan(0);
    expect(suggestion.assessment).not.toBe('not-harassment');
    expect(dangerInText(text)).toBe(true);
  });
});

describe('no danger', () => {
  test.each([
    '暴力はありませんでした',
    '殴られたわけではありません',
    '蹴られてはいません',
    '包丁は持っていませんでした',
    '刃物は確認されていません',
    '「殺す」とは一言も言っていません',
    '包丁研ぎの日程の問い合わせがありました',
    '灯油代の補助の申請でした',
    '防災訓練で灯油の火を消しました',
    'クマを殺さないでほしいという要望でした',
    '自殺対策の講演会の申込みです',
    '大声で文句を言われました',
    '証明書の交付を待っていただいています',
    '',
  ])('%s', (text) => {
    expect(dangerInText(text)).toBe(false);
    expect(classifier.classify(text).dangerEvidence).toEqual([]);
  });
});
