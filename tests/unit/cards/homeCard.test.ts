import { describe, expect, test } from '@jest/globals';
import { casesCard } from '../../../cards/casesCard.ts';
import { homeCard } from '../../../cards/homeCard.ts';
import { noticeCard } from '../../../cards/noticeCard.ts';
import { at, NOW } from '../../fixtures/calls.ts';
import { actions, buttonTitles, dataOf, lines, redParts, textOf } from './elements.ts';

type Home = Parameters<typeof homeCard>[0];
const home = (more: Partial<Home> = {}) =>
  homeCard({ language: 'ja', viewer: 'person', quiet: false, helpExtension: '内線 2119', ...more });

describe('home card', () => {
  test('an employee can call at three levels, report, see their cases and switch the language', () => {
    expect(actions(home().card).map(({ title, verb }) => [title, verb])).toEqual([
      ['緊急', 'call.emergency'],
      ['応援を呼ぶ', 'call.assist'],
      ['相談', 'call.advice'],
      ['報告する', 'report.open'],
      ['自分の事案', 'cases.open'],
      ['English', 'language.en'],
    ]);
    expect(dataOf(home({ language: 'en' }).card, '日本語')).toEqual({ verb: 'language.ja' });
  });

  test.each(['counter', 'guest'] as const)('a %s can only call', (viewer) => {
    expect(buttonTitles(home({ viewer }).card)).toEqual(['緊急', '応援を呼ぶ', '相談', 'English']);
  });

  test('says what to do when nothing answers (promise 1)', () => {
    expect(lines(home().card)).toContain('3秒で受付カードが出なければ 内線2119');
    expect(textOf(home().card)).toContain('カードが出ていなければ、まだ誰も呼べていません。');
  });

  test('a quiet home has no red and does not speak of violence where a visitor can read it', () => {
    const { card } = home({ viewer: 'counter', quiet: true });
    expect(redParts(card)).toEqual([]);
    expect(textOf(card)).not.toMatch(/暴力|凶器|興奮/);
    expect(redParts(home().card)).toHaveLength(1);
  });

  test('a sentence from the handler and an open case come first', () => {
    const { card } = home({
      notice: 'まだ誰も呼んでいません。',
      openCase: { code: 'K-7F3Q', level: 'assist' },
    });
    expect(lines(card).slice(0, 2)).toEqual([
      'まだ誰も呼んでいません。',
      '対応中の事案があります：K-7F3Q（応援）',
    ]);
    expect(dataOf(card, '事案を開く')).toEqual({ verb: 'case.open', code: 'K-7F3Q' });
  });
});

describe('自分の事案', () => {
  const item = { code: 'K-7F3Q', level: 'assist', place: '2番窓口', openedAt: at('10:31:05') } as const;

  test('lists state and part of each, one tap to open it', () => {
    const items = [
      { ...item, status: 'open', role: 'caller' },
      { ...item, code: 'K-22AB', openedAt: at('09:00:00', '2026-11-30'), status: 'ended', role: 'responder' },
      { ...item, code: 'K-33CD', level: 'report', status: 'open', role: 'reporter' },
    ] as const;
    const { card } = casesCard({ language: 'ja', items, now: NOW, next: 'older', isFirst: false });
    expect(lines(card)).toEqual([
      '自分の事案',
      '応援　2番窓口',
      'K-7F3Q　10:31:05',
      '対応中　呼び出した事案',
      '応援　2番窓口',
      'K-22AB　11/30 09:00',
      '対応終了　応援した事案',
      '報告　2番窓口',
      'K-33CD　10:31:05',
      '報告済み　報告した事案',
    ]);
    expect(actions(card).map(({ tooltip, data }) => [tooltip, data])).toEqual([
      ['K-7F3Qを開く', { verb: 'case.open', code: 'K-7F3Q' }],
      ['K-22ABを開く', { verb: 'case.open', code: 'K-22AB' }],
      ['K-33CDを開く', { verb: 'case.open', code: 'K-33CD' }],
      [undefined, { verb: 'cases.open', cursor: 'older' }],
      [undefined, { verb: 'cases.open', cursor: '' }],
    ]);
  });

  test('says so when there are none', () => {
    expect(textOf(casesCard({ language: 'ja', items: [], now: NOW, isFirst: true }).card)).toContain(
      '自分の事案はまだありません。',
    );
  });
});

test('a sentence card leads on: to its case, or home', () => {
  const card = (code?: string) =>
    noticeCard({ language: 'ja', text: '対応中の事案はありません。', ...(code ? { code } : {}) });
  expect(lines(card().card)).toEqual(['対応中の事案はありません。']);
  expect(dataOf(card().card, 'ホーム')).toEqual({ verb: 'home.open' });
  expect(dataOf(card('K-7F3Q').card, '事案を開く')).toEqual({ verb: 'case.open', code: 'K-7F3Q' });
});
