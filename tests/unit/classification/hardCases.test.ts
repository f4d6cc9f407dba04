import { describe, expect, test } from '@jest/globals';
import { createClassifier } from '../../../services/classification/createClassifier.ts';

const classifier = createClassifier();
const ids = (text: string): string[] => classifier.classify(text).labels.map(({ id }) => id);

describe('not harassment', () => {
  test.each([
    ['the exercise of a right', '「納得できない。審査請求するし弁護士にも相談する」と言って帰られました。'],
    [
      'a refund of a wrongly levied tax',
      'こちらの計算ミスで税を多く徴収しており、返金してほしいと強い口調で言われました。',
    ],
    ['35 calm minutes, ended by the rule', '面談は35分、終始穏やかで、規定により終了しました。'],
    [
      '85 minutes of explaining inheritance',
      '相続の手続きの説明に85分かかりましたが、穏やかにお話しできました。',
    ],
    [
      'a councillor who accompanies a resident',
      '議員が住民の方に付き添って来庁し、道路工事の時期を質問されました。',
    ],
    ['a request for accommodation', '車椅子の方から、記入台を低くしてほしいと申し出がありました。'],
    ['criticism of a programme without names', '市の子育て支援策を批判する記事がブログに書かれていました。'],
    ['recording for one’s own memory', 'ご自分の記録のために録音したいと言われ、承諾しました。'],
    ['staff who shout', '混雑していたので、職員が大声で番号を呼びました。'],
    ['a film', '映画で人を殺す場面の撮影許可の相談でした。'],
    ['pests', 'スズメバチを殺す薬の貸し出しについて問い合わせがありました。'],
    ['a loud voice that is denied', '大声ではなく、普通に話されていました。'],
  ])('%s', (_, text) => {
    expect(classifier.classify(text)).toEqual({
      labels: [],
      assessment: 'not-harassment',
      danger: 'none',
      dangerEvidence: [],
    });
  });
});

describe('a person decides', () => {
  test('a councillor who mentions the budget with a smile', () => {
    const text = '議員さんから笑いながら「予算に響くぞ」と言われました。';
    expect(classifier.classify(text).assessment).toBe('needs-judgement');
    expect(ids(text)).toContain('abuse-of-authority');
  });

  test('second hand', () => {
    const text = '同僚から聞いた話ですが、先週の窓口で怒鳴られたらしいです。';
    expect(classifier.classify(text).assessment).toBe('needs-judgement');
    expect(ids(text)).toEqual(['verbal-abuse']);
  });

  test('a threat that is denied', () => {
    const suggestion = classifier.classify('相手は「『殺す』とは言っていない」と繰り返しています。');
    expect(suggestion.assessment).not.toBe('harassment');
    expect(suggestion.danger).toBe('none');
  });

  test('illness in doubt, and no diagnosis is inferred', () => {
    const text = '認知症の診断がある方で、1日に20回ほど同じ内容の電話があります。';
    expect(classifier.classify(text).assessment).toBe('needs-judgement');
    expect(ids(text)).toContain('repeated-contact');
  });
});

describe('close neighbours', () => {
  test('announcing a video is a threat, a posted one is SNSへの投稿', () => {
    expect(ids('「この動画をYouTubeに上げるぞ」と言われました。')).toEqual(['threat']);
    expect(ids('YouTubeに職員の実名と顔写真入りの動画が投稿されています。')).toEqual(['social-media']);
  });

  test('harm without a word is danger and 「その他」', () => {
    const suggestion = classifier.classify('何も言わずに机の上のモニターを叩き割って出て行きました。');
    expect(suggestion.danger).toBe('harm-done');
    expect(suggestion.labels.map(({ id }) => id)).toEqual(['other']);
  });

  test('a calm manner does not take a threat away', () => {
    expect(ids('穏やかな口調で「夜道に気をつけてくださいね」と言われました。')).toContain('threat');
  });
});
