import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CATEGORY_IDS, type Evidence } from '../../../services/classification/classifier.ts';
import { createClassifier } from '../../../services/classification/createClassifier.ts';

const classifier = createClassifier();

const FRAGMENTS = [
  ...[
    '大声で',
    '怒鳴ら',
    'れ',
    '殺すぞ',
    '「',
    '」',
    '『',
    '』',
    '。',
    '、',
    '\n',
    'ﾊﾞｶ',
    'ばか',
    '１時間半',
    '七十五分',
    '2:10:05',
  ],
  ...[
    '包丁',
    'ない',
    'ません',
    '毎日',
    '電話',
    '15時過ぎから17時10分まで',
    'YouTube',
    'ＳＮＳに投稿され',
    '㍿',
    'ｶﾞ',
    '🙂',
    '\u200b',
    'か\u3099',
  ],
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: 'grapheme', maxLength: 3 })), {
      maxLength: 30,
    })
    .map((parts) => parts.join('')),
);

describe('any text', () => {
  test('is classified without an error, and every quotation is an exact slice of it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const suggestion = classifier.classify(text);
        const quoted: Evidence[] = [
          ...suggestion.dangerEvidence,
          ...suggestion.labels.flatMap((label) => label.evidence),
        ];
        for (const { start, end, text: words } of quoted) {
          expect(start).toBeLessThan(end);
          expect(words).toBe(text.slice(start, end));
        }
        for (const { id, score, evidence } of suggestion.labels) {
          expect(CATEGORY_IDS).toContain(id);
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThanOrEqual(1);
          expect(evidence.length).toBeGreaterThan(0);
        }
        if (suggestion.assessment === 'not-harassment') expect(suggestion.labels).toEqual([]);
        if (suggestion.danger === 'none') expect(suggestion.dangerEvidence).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  test('is classified the same however it is typed: half-width kana, full-width letters, invisible characters', () => {
    const plain = 'バカと怒鳴られ、YouTubeに動画を上げるぞと1時間30分';
    const typed = 'ﾊﾞｶと怒鳴ら\u200bれ、ＹｏｕＴｕｂｅに動画を上げるぞと１時間３０分';
    const labels = (text: string) => classifier.classify(text).labels.map(({ id, score }) => [id, score]);
    expect(labels(typed)).toEqual(labels(plain));
    const quoted = classifier
      .classify(typed)
      .labels.flatMap(({ evidence }) => evidence.map((one) => one.text));
    expect(quoted).toEqual(expect.arrayContaining(['ﾊﾞｶと', '怒鳴ら\u200bれ', '１時間３０分']));
  });

  test('of 100 KB is no catastrophe', () => {
    for (const unit of [
      '怒鳴',
      '暴力はない',
      '怒鳴られてはいません',
      '「',
      '映画で怒鳴',
      '1時間',
      '1回',
      '電話',
      '\u3099',
      '何度も',
      'お子さん',
    ]) {
      const text = unit.repeat(Math.ceil(100_000 / unit.length));
      const before = process.cpuUsage();
      classifier.classify(text);
      const used = process.cpuUsage(before);
      // A few hundred milliseconds at most; the bound only tells linear from catastrophic.
      expect((used.user + used.system) / 1000).toBeLessThan(5000);
    }
  });
});
