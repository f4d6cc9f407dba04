import { describe, expect, test } from '@jest/globals';
import { categoryName, levelName } from '../../../cards/names.ts';
import { refusal } from '../../../cards/refusals.ts';
import { type RefusalKey, strings } from '../../../cards/strings.ts';
import { LEVELS } from '../../../services/calls/level.ts';
import { CATEGORY_IDS } from '../../../services/classification/classifier.ts';
import { ofType, textOf } from './elements.ts';
import { everyCard } from './everyCard.ts';

const keys = Object.keys(strings('ja').refusals) as RefusalKey[];
const facts = { name: '鈴木 健太', time: '10:31:05', code: 'K-7F3Q', extension: '内線 2119' };

/** Everything a person can read on a card. */
const read = (card: object): string =>
  [
    textOf(card),
    ...ofType(card, 'Action.Execute', 'Action.ToggleVisibility', 'Input.Toggle').map(({ title }) => title),
    ...ofType(card, 'Input.Text', 'Input.Toggle', 'Input.ChoiceSet').flatMap(({ label, placeholder }) => [
      label,
      placeholder ?? '',
    ]),
  ].join('\n');

const english = (text: string): string[] =>
  (text.match(/[A-Za-z]+/g) ?? []).filter((word) => !/^(K|F|Q|SNS|Teams|English)$/.test(word));

describe('Japanese cards', () => {
  test('hold no English but the language switch', () => {
    const found = everyCard('ja').flatMap(([name, { card, summary }]) => {
      const words = english(`${read(card)}\n${summary}`);
      return words.length === 0 ? [] : [[name, ...words]];
    });
    expect(found).toEqual([]);
  });

  test('use the words staff use (domain: Words on the screen)', () => {
    const all = everyCard('ja')
      .map(([, { card }]) => read(card))
      .join('\n');
    expect(all).not.toMatch(/二人目|誤報|受理|類型|案件|ユーザー|エラー|サーバー/);
  });
});

describe('refusals', () => {
  test.each(keys)('%s has a whole sentence in both languages, with and without facts', (key) => {
    for (const given of [facts, {}]) {
      expect(refusal('ja', key, given)).toMatch(/。$/);
      expect(english(refusal('ja', key, given))).toEqual([]);
      expect(refusal('en', key, given)).toMatch(/^[A-Z鈴「].*\.$/);
      expect(refusal('en', key, given) + refusal('ja', key, given)).not.toMatch(/undefined|null|\(\)|（）/);
    }
  });

  test('name whoever it is about, and whom to ring', () => {
    expect(refusal('ja', 'already-police', facts)).toBe('110番は鈴木 健太さんが引き受けています。');
    expect(refusal('ja', 'unavailable', facts)).toBe(
      '今は保存を確認できません。呼び出しは届いていないものと考えてください。すぐに内線2119へ電話してください。',
    );
    expect(refusal('ja', 'closed', facts)).toBe('この事案（K-7F3Q）は10:31:05に対応が終わっています。');
  });

  test('a reason without a sentence of its own still says something true', () => {
    expect(refusal('ja', 'toString')).toBe(refusal('ja', 'not-open'));
  });
});

test('levels and types of behaviour have names in both languages', () => {
  for (const language of ['ja', 'en'] as const) {
    const names = [
      ...LEVELS.map((level) => levelName(level, language)),
      ...CATEGORY_IDS.map((id) => categoryName(id, language)),
    ];
    expect(new Set(names).size).toBe(14);
    expect(names).not.toContain('');
  }
});
