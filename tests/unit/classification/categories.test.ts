import { describe, expect, test } from '@jest/globals';
import type { CategoryId } from '../../../services/classification/classifier.ts';
import { clauseOf } from '../../../services/classification/clause.ts';
import { createClassifier } from '../../../services/classification/createClassifier.ts';

const classifier = createClassifier();

/** One plain report a category, in own words, with words that must be among the quotations. */
const REPORTS: ReadonlyArray<readonly [CategoryId, string, readonly string[]]> = [
  ['time-restraint', '窓口に二時間居座り、説明が終わっても帰ろうとしませんでした。', ['二時間', '居座り']],
  [
    'repeated-contact',
    '毎日5回以上電話があり、回答済みの同じ内容の苦情が続きます。',
    ['毎日5回以上電話があり'],
  ],
  [
    'verbal-abuse',
    '「役立たず」「給料泥棒」とフロア中に響く声で怒鳴られました。',
    ['怒鳴られました', '役立たず'],
  ],
  ['nitpicking', '言葉尻を捉え、同じ質問を何度も繰り返して責め立てられました。', ['言葉尻を']],
  ['threat', '「夜道に気をつけろよ」と言って電話を切りました。', ['夜道に気をつけろよ']],
  ['abuse-of-authority', '元市議を名乗り、「わしの顔を立てて特別に通せ」と迫られました。', ['元市議を']],
  ['social-media', '担当者の実名と顔写真が掲示板に書き込まれ、拡散されています。', []],
  ['excessive-demand', '土下座しろ、慰謝料を払えと要求されました。', ['土下座しろ', '慰謝料を']],
  [
    'sexual-harassment',
    '帰りに待ち伏せされ、つきまとわれています。',
    ['待ち伏せされ', 'つきまとわれています'],
  ],
  ['other', '執務室に勝手に入り、職員を中傷するビラを配りました。', []],
];

describe('each category of the policy', () => {
  test.each(REPORTS)('%s', (category, text, words) => {
    const { labels, assessment } = classifier.classify(text);
    const label = labels.find(({ id }) => id === category);
    expect(label?.clause).toBe(clauseOf(category));
    expect(label?.score).toBeGreaterThanOrEqual(0.5);
    const quoted = label?.evidence.map((evidence) => evidence.text) ?? [];
    expect(quoted).toEqual(expect.arrayContaining([...words]));
    expect(quoted).not.toEqual([]);
    expect(assessment).toBe('harassment');
  });

  test('clauses run from P7 to P16', () => {
    expect(clauseOf('time-restraint')).toBe('P7');
    expect(clauseOf('threat')).toBe('P11');
    expect(clauseOf('other')).toBe('P16');
  });
});

test('a report of shouting and a threat quotes both, and the hour', () => {
  const text = '窓口で1時間以上大声で怒鳴られ、『殺すぞ』と言われました';
  const suggestion = classifier.classify(text);
  expect(suggestion.labels.map(({ id }) => id)).toEqual(['time-restraint', 'verbal-abuse', 'threat']);
  const quoted = suggestion.labels.map(({ evidence }) => evidence.map((one) => one.text));
  expect(quoted).toEqual([['1時間'], ['大声で', '怒鳴られ'], ['殺すぞ']]);
  expect(suggestion.assessment).toBe('harassment');
  expect(suggestion.danger).toBe('imminent');
  expect(suggestion.dangerEvidence.map((one) => one.text)).toEqual(['殺すぞ']);
});

describe('what the form says beside the text', () => {
  test('a checked 「今も危険」 is danger whatever the words are', () => {
    expect(classifier.classify('窓口にいます', { dangerNow: true }).danger).toBe('imminent');
  });

  test('more than one hour on the clock suggests 時間拘束, half an hour does not', () => {
    const ids = (minutes: number) =>
      classifier.classify('話が続きました', { minutes }).labels.map(({ id }) => id);
    expect(ids(75)).toContain('time-restraint');
    expect(ids(35)).not.toContain('time-restraint');
  });
});

test('怒鳴り続け is a voice, not a telephone that keeps ringing', () => {
  const { labels } = classifier.classify('窓口で大声で「ばかやろう」と怒鳴り続け、帰りませんでした。');
  expect(labels.map(({ id }) => id)).not.toContain('repeated-contact');
  expect(labels.map(({ id }) => id)).toContain('verbal-abuse');
});
