import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eachNgram, foldText } from '../../../services/classification/learned/ngrams.ts';
import { clausesOf } from '../../../services/classification/learned/passages.ts';
import { normalise, sourceSpan } from '../../../services/classification/normalise.ts';
import { quotedIn } from '../../../services/classification/reading.ts';
import { wordsIn } from '../../../services/classification/thesaurus/wordClasses.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc
    .array(
      fc.constantFrom('怒鳴って', 'から', '「', '」', '。', '、', ' ', '\n', 'ｶﾞ', '１', 'ば', '🙂', 'けど'),
      {
        maxLength: 60,
      },
    )
    .map((parts) => parts.join('')),
);

describe('places', () => {
  test('clauses are in order, inside the text, short, and never only marks', () => {
    fc.assert(
      fc.property(text, (given) => {
        let last = 0;
        for (const { start, end } of clausesOf(given)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(given.length);
          expect(end - start).toBeLessThanOrEqual(90);
          last = end;
        }
      }),
    );
  });

  test('folding keeps every place, and n-grams and words lie inside the text', () => {
    fc.assert(
      fc.property(text, (given) => {
        const { text: normal } = normalise(given);
        expect(foldText(normal)).toHaveLength(normal.length);
        expect(quotedIn(normal)).toHaveLength(normal.length);
        eachNgram(normal, (_, start, end) => {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(normal.length);
        });
        for (const { start, end } of wordsIn(normal)) expect(end).toBeGreaterThan(start);
      }),
    );
  });

  test('every span of the normalised text leads back to a slice of the given one', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (given, a, b) => {
        const normalised = normalise(given);
        const { length } = normalised.text;
        if (length === 0) return;
        const start = Math.min(a % length, b % length);
        const end = Math.max(a % length, b % length) + 1;
        const span = sourceSpan(normalised, start, end);
        expect(span.start).toBeLessThan(span.end);
        expect(span.end).toBeLessThanOrEqual(given.length);
      }),
    );
  });
});

test('one writes バカ, ばか or ﾊﾞｶ: it is one word', () => {
  const classes = (given: string) => wordsIn(normalise(given).text).map(({ of }) => of);
  expect(classes('ばか')).toEqual(classes('バカ'));
  expect(classes('ﾊﾞｶ')).toEqual(classes('バカ'));
  expect(classes('バカ').length).toBeGreaterThan(0);
});

test('dictation without punctuation is cut where a clause ends', () => {
  const given =
    '窓口に来られていきなり大きな声で怒鳴られて何を言っても聞いてもらえなくて隣の窓口の人も手を止めていました';
  const clauses = clausesOf(given).map(({ start, end }) => given.slice(start, end));
  expect(clauses.length).toBeGreaterThan(1);
  expect(clauses.join('')).toBe(given);
});
