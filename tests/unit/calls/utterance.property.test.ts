import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCallDetails, parseUtterance, type Utterance } from '../../../services/calls/utterance.ts';
import { UTTERANCES } from '../../fixtures/utterances.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc
    .array(fc.oneof(fc.constantFrom(...UTTERANCES.map((row) => row.text)), fc.string({ maxLength: 5 })), {
      maxLength: 6,
    })
    .map((parts) => parts.join('')),
);

const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
const meaning = (understood: Utterance): string =>
  [
    understood.kind,
    'level' in understood ? understood.level : '',
    'verb' in understood ? understood.verb : '',
  ].join('/');

describe('any text', () => {
  test('is understood as something valid and never throws', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const understood = parseUtterance(text);
        if ('code' in understood && understood.code !== null) {
          expect(understood.code).toMatch(/^K-[0-9A-HJKMNP-TV-Z]{4,8}$/);
        }
        if (understood.kind !== 'call') return;
        expect(understood.rest).toBe(understood.rest.trim());
        const details = parseCallDetails(understood.rest);
        expect(details.place.length).toBeLessThanOrEqual(40);
        expect(details.excludedNames.every((name) => name !== '')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('without any word of calling never pages', () => {
    const harmless = fc.array(
      fc.constantFrom(
        '今日',
        'は',
        '書類',
        '窓口',
        'を',
        '確認',
        'しました',
        ' ',
        '2番',
        '。',
        'hello',
        '!',
        'です',
        '🙂',
        '課長',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(harmless, (words) => {
        expect(parseUtterance(words.join('')).kind).not.toBe('call');
      }),
    );
  });

  test('of 100 KB takes no longer than a short one needs', () => {
    for (const unit of [
      '<',
      '<at>',
      '&nbsp;',
      '応援',
      '応',
      'ー',
      ' ',
      '「',
      'K-',
      'あ ',
      '〔',
      '\u3099',
      '🙏',
    ]) {
      const text = unit.repeat(Math.ceil(100_000 / unit.length));
      const before = process.cpuUsage();
      parseUtterance(text);
      parseCallDetails(text);
      const used = process.cpuUsage(before);
      // Milliseconds in practice; the bound only tells linear from catastrophic.
      expect((used.user + used.system) / 1000).toBeLessThan(1000);
    }
  });
});

describe('how it is written does not matter', () => {
  const ways: ReadonlyArray<readonly [string, (text: string) => string]> = [
    ['spaces around', (text) => `  ${text}　`],
    ['wider spaces', (text) => text.replace(/ /g, '　　')],
    ['full width', (text) => (text.includes('<') ? text : fullWidth(text))],
    ['a mention before it', (text) => `<at>まもり</at> ${text}`],
    ['the markup of Teams', (text) => `<div><at id="0">まもり</at>&nbsp;${text}</div>`],
    ['invisible characters', (text) => `\u200b${text}\ufeff`],
    ['exclamation marks', (text) => (text.endsWith('？') ? text : `${text}！！`)],
  ];
  test.each(ways)('%s', (_, written) => {
    for (const { text } of UTTERANCES) {
      expect([text, meaning(parseUtterance(written(text)))]).toEqual([text, meaning(parseUtterance(text))]);
    }
  });
});
