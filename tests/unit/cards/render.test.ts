import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_CARD_BYTES, render } from '../../../cards/render.ts';
import { cardTemplate } from '../../../cards/template.ts';
import { clockText, escapeMarkdown, extensionNumber, oneLine } from '../../../cards/text.ts';
import { at } from '../../fixtures/calls.ts';

/** An expression of the templating language, as somebody could type it too. */
const expression = (inner: string): string => `\${${inner}}`;

const template = cardTemplate('sample', {
  type: 'AdaptiveCard',
  body: [
    { type: 'TextBlock', text: expression('name') },
    { $include: 'line', $data: expression('lines') },
  ],
});
const line = (text: string) => ({
  runs: [{ type: 'TextRun', text }],
});
const shown = (text: string) => {
  const { card } = render(template, { name: text, lines: [line(text)] }, text);
  const { body } = card as { body: { text?: string; inlines?: { text: string }[] }[] };
  return { block: body[0]?.text, run: body[1]?.inlines?.[0]?.text };
};

describe('render', () => {
  test('fails, naming card and field, when the view model forgot something', () => {
    expect(() => render(template, { name: '佐藤', lines: [{}] }, '')).toThrow(
      /card sample: nothing fills \$\{/,
    );
    expect(() => render(template, { lines: [] }, '')).toThrow(
      `card sample: nothing fills ${expression('name')}`,
    );
  });

  test('shows an expression that somebody typed, and does not evaluate it', () => {
    const typed = `${expression('name')} ${expression('1+1')} \${`;
    expect(shown(typed).run).toBe(typed);
  });

  test('shows any text in a line exactly as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        expect(shown(text).run).toBe(text);
      }),
    );
    // What the masking itself is made of.
    const masked = `\uFDD00\uFDD1${expression('x')}`;
    expect(shown(masked).run).toBe(masked);
  });

  test('escapes what a TextBlock would read as Markdown or as a mention, and nothing else', () => {
    expect(shown('*太字* _x_ [a](b) <at>誰か</at> `c` ~d~ & |').block).toBe(
      '\\*太字\\* \\_x\\_ \\[a\\](b) \\<at\\>誰か\\</at\\> \\`c\\` \\~d\\~ \\& \\|',
    );
    expect(shown('# 見出し\n- 項目\n1. 一番').block).toBe('\\# 見出し\n\\- 項目\n1\\. 一番');
    expect(shown('{{DATE(2026-12-01T00:00:00Z)}}').block).toBe('\\{\\{DATE(2026-12-01T00:00:00Z)}}');
    expect(shown('K-7F3Q 2番窓口（本庁舎）10:31').block).toBe('K-7F3Q 2番窓口（本庁舎）10:31');
  });

  test('Markdown escapes give the text back when a client reads them', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeMarkdown(text).replace(/\\([!-/:-@[-`{-~])/g, '$1')).toBe(text);
      }),
    );
  });

  test('refuses a card that Teams would not take', () => {
    const text = 'あ'.repeat(MAX_CARD_BYTES / 2);
    expect(() => shown(text)).toThrow(/card sample: \d+ bytes are too many to send/);
  });

  test('previews are one line without markup', () => {
    expect(render(template, { name: '', lines: [] }, '応援\n<at>誰か</at>').summary).toBe(
      '応援 ＜at＞誰か＜/at＞',
    );
  });

  test('refuses a template that names a part there is not', () => {
    expect(() => cardTemplate('sample', { body: [{ $include: 'nothing' }] })).toThrow('no card part nothing');
  });
});

describe('texts', () => {
  test('times are the wall clock in Japan: seconds today, the date otherwise', () => {
    expect(clockText(at('00:00:05'), at('23:59:59'))).toBe('00:00:05');
    expect(clockText(at('23:59:59', '2026-11-30'), at('00:00:00'))).toBe('11/30 23:59');
    expect(clockText(Date.parse('2026-11-30T15:00:00Z'), at('10:00:00'))).toBe('00:00:00');
  });

  test('long words are cut with an ellipsis, never inside a character', () => {
    expect(oneLine('  2番\n窓口\u0000 ', 20)).toBe('2番 窓口');
    expect(oneLine('👩‍💼'.repeat(3), 4)).toHaveLength('👩‍💼'.length + 1);
    expect(oneLine('abc\u202Edef', 20)).toBe('abcdef');
  });

  test('an extension is shown once as 内線, however it is configured', () => {
    expect([extensionNumber('内線 2119'), extensionNumber('2119'), extensionNumber('内線2119')]).toEqual([
      '2119',
      '2119',
      '2119',
    ]);
  });
});
