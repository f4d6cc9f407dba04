import { describe, expect, test } from '@jest/globals';
import { parseCallDetails, parseUtterance } from '../../../services/calls/utterance.ts';
import { UTTERANCES } from '../../fixtures/utterances.ts';

describe('the fixed table of utterances', () => {
  test.each(UTTERANCES.map((row) => [row.text, row] as const))('%s', (text, row) => {
    const understood = parseUtterance(text);
    expect(understood.kind === 'call' ? understood.level : null).toBe(row.pages);
    if (row.kind) expect(understood.kind).toBe(row.kind);
    if (row.reason) expect(understood).toEqual({ kind: 'offer', reason: row.reason });
    if (understood.kind !== 'call') return;
    const details = parseCallDetails(understood.rest);
    if (row.place !== undefined) expect(details.place).toBe(row.place);
    expect(details.affectedName).toBe(row.affected ?? null);
    expect(details.excludedNames).toEqual(row.excluded ?? []);
  });
});

describe('the rest of a call', () => {
  test('is as typed, without the words of calling', () => {
    expect(parseUtterance('応援お願いします　２番窓口　鈴木さん')).toEqual({
      kind: 'call',
      level: 'assist',
      rest: '２番窓口 鈴木さん',
    });
    expect(parseUtterance('2Fロビーに応援をお願いします！')).toEqual({
      kind: 'call',
      level: 'assist',
      rest: '2Fロビー',
    });
    expect(parseUtterance('緊急')).toEqual({ kind: 'call', level: 'emergency', rest: '' });
  });

  test('a story or a visitor never becomes a place (promise 7)', () => {
    for (const rest of ['男性が暴れています', 'お客さんが大声を出しています', '刃物', '酒に酔った人']) {
      expect(parseCallDetails(rest).place).toBe('');
    }
    expect(parseCallDetails('お客さんが怒っています').affectedName).toBeNull();
  });

  test('capitals of a place stay', () => {
    expect(parseCallDetails('２Ｆ ロビーに来てください').place).toBe('2F ロビー');
  });
});

describe('answers by text', () => {
  test.each([
    ['応答 K-7F3Q', 'going'],
    ['向かいます K-7F3Q', 'going'],
    ['K-7F3Qに向かいます', 'going'],
    ['了解、向かいます　ｋ－７ｆ３ｑ', 'going'],
    ['電話で支援します K-7F3Q', 'phone'],
    ['到着 K7F3Q', 'arrived'],
    ['到着 K 7F3Q', 'arrived'],
    ['行けません k-7f3q', 'declined'],
    ['対応終了 K-7F3Q', 'end'],
    ['取消 K-7F3Q', 'cancel'],
    ['緊急に切り替える K-7F3Q', 'raise'],
    ['緊急 K-7F3Q', 'raise'],
    ['私が110番します K-7F3Q', 'police-claim'],
    ['通報済み K-7F3Q', 'police-done'],
    ['来てくれました K-7F3Q', 'came'],
  ])('%s', (text, verb) => {
    expect(parseUtterance(text)).toEqual({ kind: 'answer', verb, code: 'K-7F3Q' });
  });

  test('without a code', () => {
    expect(parseUtterance('向かいます')).toEqual({ kind: 'answer', verb: 'going', code: null });
    expect(parseUtterance('来てくれた！')).toEqual({ kind: 'answer', verb: 'came', code: null });
  });

  test('a misread letter of a code is understood', () => {
    expect(parseUtterance('K-IOL0')).toEqual({ kind: 'case', code: 'K-1010' });
  });

  test('a sentence that only contains the words is no answer: an answer stops a lane', () => {
    for (const text of ['対応終了の予定はいつですか', '向かいますと言っていました', '取消の手続を教えて']) {
      expect(parseUtterance(text).kind).not.toBe('answer');
    }
  });

  test('leaving somebody out', () => {
    expect(parseUtterance('除外 K-7F3Q 佐藤課長')).toEqual({
      kind: 'exclude',
      code: 'K-7F3Q',
      name: '佐藤課長',
    });
    expect(parseUtterance('除外　〔佐藤〕さん')).toEqual({ kind: 'exclude', code: null, name: '佐藤' });
  });
});

test('the two languages', () => {
  expect(parseUtterance('English')).toEqual({ kind: 'language', language: 'en' });
  expect(parseUtterance('日本語にして')).toEqual({ kind: 'language', language: 'ja' });
});
