import { describe, expect, test } from '@jest/globals';
import { fieldErrors } from '../../../cards/refusals.ts';
import { reportFormCard } from '../../../cards/reportFormCard.ts';
import { reportSavedCard } from '../../../cards/reportSavedCard.ts';
import { suggestionCard, suggestionDoneCard } from '../../../cards/suggestionCard.ts';
import type { Suggestion } from '../../../services/classification/classifier.ts';
import { buttonTitles, dataOf, elements, lines, ofType, textOf } from './elements.ts';
import { nothingFound } from './everyCard.ts';

const code = 'K-7F3Q';
const empty = { when: '', where: '', what: '', danger: false };
type Form = Parameters<typeof reportFormCard>[0];
const form = (more: Partial<Form> = {}) =>
  reportFormCard({ language: 'ja', draft: 'd1', values: empty, errors: {}, ...more }).card;

describe('short report', () => {
  test('asks when, where, what and whether it is still dangerous; nothing holds up the sending', () => {
    const inputs = elements(form()).filter(({ type }) => String(type).startsWith('Input.'));
    expect(inputs.map(({ id, label }) => [id, label])).toEqual([
      ['when', 'いつ'],
      ['where', 'どこ'],
      ['what', 'ひとこと（4,000文字まで）'],
      ['danger', '今の状況'],
    ]);
    expect(inputs.find(({ id }) => id === 'what')).toMatchObject({ isMultiline: true, maxLength: 4000 });
    expect(inputs.find(({ id }) => id === 'danger')?.title).toBe('今も危険（緊急として呼び出します）');
    expect(inputs.some(({ isRequired }) => isRequired === true)).toBe(false);
    expect(dataOf(form({ code }), '送信')).toEqual({ verb: 'report.submit', draft: 'd1', code });
    expect(dataOf(form(), '送信')).toEqual({ verb: 'report.submit', draft: 'd1' });
  });

  test('each message stands directly under its field, in words and not in colour alone', () => {
    const values = { ...empty, where: '2番窓口', what: 'あ'.repeat(4512) };
    const errors = fieldErrors('ja', { when: 'missing', what: 'too-long' }, values);
    const fields = ofType(form({ values, errors }), 'Container').map(({ items }) =>
      elements(items).flatMap(({ id, text }) => [id, text].filter((part) => part !== undefined)),
    );
    expect(fields).toEqual([
      ['when', '※ いつのことか入力してください。'],
      ['where'],
      ['what', '※ 4,000文字までにしてください（今は4,512文字です）。'],
    ]);
  });

  test('a text beyond every limit still gives a card that can be sent, and says that its end is missing', () => {
    const card = form({ values: { ...empty, what: '怒'.repeat(100_000) } });
    expect(textOf(card)).toContain('長すぎるため、終わりの部分を表示できません。');
  });

  test('danger in the text offers 緊急: for the case when there is one', () => {
    expect(dataOf(form({ dangerOffer: true }), '緊急')).toEqual({ verb: 'call.emergency' });
    expect(dataOf(form({ dangerOffer: true, code }), '緊急')).toEqual({ verb: 'call.raise', code });
    expect(buttonTitles(form())).toEqual(['送信']);
  });
});

describe('after the report', () => {
  const saved = (called: boolean, dangerInText: boolean) =>
    reportSavedCard({ language: 'ja', code, called, dangerInText, open: true, helpExtension: '内線 2119' })
      .card;

  test('says that it is saved, and what has not happened', () => {
    expect(lines(saved(false, false)).slice(0, 2)).toEqual(['報告を保存しました', code]);
    expect(buttonTitles(saved(false, false))).toEqual(['報告を記入する']);
    expect(textOf(saved(false, true))).toContain('まだ緊急の呼び出しはしていません。');
    expect(textOf(saved(false, true))).toContain('内線2119へ電話してください。');
    expect(dataOf(saved(false, true), '緊急')).toEqual({ verb: 'call.raise', code });
  });

  test('「今も危険」 has called: no second button for it', () => {
    expect(textOf(saved(true, true))).toContain('緊急として職員を呼び出しています。');
    expect(buttonTitles(saved(true, true))).toEqual(['事案を開く', '報告を記入する']);
  });
});

describe('suggestion (promise 6)', () => {
  const quote = (text: string) => ({ start: 0, end: text.length, text, cue: 'internal' });
  const suggestion: Suggestion = {
    labels: [
      {
        id: 'verbal-abuse',
        score: 0.9,
        clause: 'P9',
        evidence: [quote('うるせえ'), quote('うるせえ'), quote('ばか')],
      },
      { id: 'threat', score: 0.8, clause: 'P11', evidence: [quote('夜道に\n気をつけろ')] },
    ],
    assessment: 'harassment',
    danger: 'imminent',
    dangerEvidence: [quote('カッターを出して')],
  };
  const base = {
    language: 'ja',
    code,
    draft: 'd1',
    suggestion,
    selected: ['verbal-abuse', 'threat'],
  } as const;

  test('is shown as a proposal with types, quoted words and the clause, in careful words', () => {
    expect(lines(suggestionCard({ ...base, mode: 'confirm' }).card)).toEqual([
      '行為のタイプ（案）',
      code,
      '報告の言葉から作った案です。ハラスメントに当たるかどうかは、人が判断します。',
      '身の危険を示す記述があります',
      '「カッターを出して」',
      '今も危険なときは「緊急」と送信してください。',
      '暴言',
      '「うるせえ」',
      '「ばか」',
      '基本方針【該当する行為】暴言',
      '脅迫',
      '「夜道に 気をつけろ」',
      '基本方針【該当する行為】脅迫',
      'ハラスメントに当たる可能性があります',
    ]);
    const { card, summary } = suggestionCard({ ...base, mode: 'confirm' });
    expect(dataOf(card, 'この案でよい')).toEqual({ verb: 'suggestion.confirm', code, draft: 'd1' });
    expect(dataOf(card, '修正する')).toEqual({ verb: 'suggestion.edit', code, draft: 'd1' });
    expect(summary).not.toMatch(/暴言|うるせえ|カッター/);
    expect(JSON.stringify(card)).not.toContain('internal');
  });

  test('can be corrected: the ten types of the policy in its order, the suggested ones ticked', () => {
    const { card } = suggestionCard({ ...base, mode: 'edit' });
    const [choices] = ofType(card, 'Input.ChoiceSet');
    expect(choices).toMatchObject({ id: 'labels', isMultiSelect: true, value: 'verbal-abuse,threat' });
    expect(elements(choices?.choices).map(({ title }) => title)).toEqual([
      '時間拘束',
      'リピート型',
      '暴言',
      '揚げ足取り',
      '脅迫',
      '権威型',
      'SNSへの投稿',
      '正当な理由のない過度な要求',
      'セクハラ',
      'その他',
    ]);
    expect(buttonTitles(card)).toEqual(['修正を保存']);
    expect(dataOf(card, '修正を保存')).toEqual({ verb: 'suggestion.correct', code, draft: 'd1' });
  });

  test('finding nothing is said as it is', () => {
    const { card } = suggestionCard({ ...base, suggestion: nothingFound, selected: [], mode: 'confirm' });
    expect(textOf(card)).toContain('当てはまる行為のタイプは見つかりませんでした。');
    expect(textOf(card)).toContain('該当なしの可能性があります');
    expect(buttonTitles(card)).toEqual(['この案でよい', '修正する']);
  });

  test('once handled there are no quotes and no decision is claimed (promise 7)', () => {
    const { card } = suggestionDoneCard({
      language: 'ja',
      code,
      labels: ['verbal-abuse'],
      outcome: 'corrected',
    });
    expect(lines(card)).toEqual([
      '修正を保存しました　K-7F3Q',
      '行為のタイプ：暴言',
      '決定ではありません。このあと組織として判断します。',
    ]);
    const none = suggestionDoneCard({ language: 'ja', code, labels: [], outcome: 'confirmed' });
    expect(textOf(none.card)).toContain('行為のタイプ：当てはまるものなし');
  });
});
