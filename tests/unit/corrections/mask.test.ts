import { describe, expect, test } from '@jest/globals';
import { mask } from '../../../services/corrections/mask.ts';

const names = ['佐藤 美咲', '清水 陽子'];

describe('what points to a person is replaced by what it was', () => {
  test.each([
    ['佐藤美咲が対応しました', '〔職員〕が対応しました'],
    ['佐藤さんが怒鳴られました', '〔職員〕さんが怒鳴られました'],
    ['山本太郎さんから電話', '〔氏名〕さんから電話'],
    ['タナカ様が来庁', '〔氏名〕様が来庁'],
    ['０９０－１２３４－５６７８へ', '〔電話番号〕へ'],
    ['番号は03-1234-5678です', '番号は〔電話番号〕です'],
    ['a.b@example.jp に送れ', '〔メール〕 に送れ'],
    ['https://example.jp/x?y に載った', '〔URL〕 に載った'],
    ['個人番号 1234 5678 9012 を', '個人番号 〔個人番号〕 を'],
    ['品川300あ12-34の車', '〔車のナンバー〕の車'],
    ['港町3丁目4番5号に来い', '港町〔番地〕に来い'],
    ['〒123-4567', '〔郵便番号〕'],
    ['301号室', '〔部屋番号〕'],
  ])('%s', (text, masked) => {
    expect(mask(text, names)).toBe(masked);
  });
});

describe('what the report is about stays', () => {
  test.each([
    'お客さんから10分ほど怒鳴られ、1時間30分続きました。',
    '市議会議員の方と奥さんが来庁し、課長が対応しました。',
    '今日8回目、昨日は14本の電話でした。',
    '令和8年4月1日、15:30から17:10まで。',
    '担当者さんを出せ、子どもさんの学校は知っている',
  ])('%s', (text) => {
    expect(mask(text, names)).toBe(text);
  });
});
