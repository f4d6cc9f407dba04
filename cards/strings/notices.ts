import type { Language } from '../rendered.ts';
import { extensionNumber } from '../text.ts';

type Detail = Readonly<Record<string, string>>;

const number = (d: Detail): string => extensionNumber(d.extension ?? '');
const ring = (d: Detail): string => `内線${number(d)}`;
const ringEn = (d: Detail): string => `ext. ${number(d)}`;

/** Sentences that stand at the top of a card for one moment: what just happened, what was understood. */
const ja = {
  called: (d: Detail) =>
    `${d.level}の呼び出しを受け付けました（${d.code}）。下のカードで状況を確認できます。`,
  joined: (d: Detail) => `呼び出し中の事案（${d.code}）にまとめました。下のカードが最新です。`,
  notCalled: () => 'まだ誰も呼んでいません。必要なときは下のボタンを押してください。',
  notUnderstood: () =>
    'うまく読み取れませんでした。まだ誰も呼んでいません。下のボタンを押すか、「応援」「緊急」「相談」と送ってください。',
  dangerText: (d: Detail) =>
    `危険な状況でしょうか。まだ誰も呼んでいません。すぐに助けが必要なら「緊急」を押してください。つながらないときは${ring(d)}へ電話してください。`,
  welcome: () => 'まもりを使えるようになりました。困ったときは「応援」と送るだけで職員が駆けつけます。',
  language: () => '表示を日本語にしました。',
  severalCases: (d: Detail) =>
    `対応中の事案が複数あります（${d.codes}）。番号を付けて送ってください（例：${d.word} ${d.code}）。`,
  notAdded: () => 'この報告はまだ保存していません。もう一度「送信」を押すと、新しい報告として保存します。',
  sameButton: (d: Detail) =>
    `先ほどの呼び出し（${d.code}）は終わっています。新しい呼び出しはしていません。必要なときは、もう一度押してください。`,
  moved: () => '最新のカードを下に出しました。',
  personalOnly: () => '事案の内容は個人チャットでお答えします。まもりとの個人チャットを開いてください。',
  groupCalled: () => '呼び出しを受け付けました。状況は個人チャットのカードで確認できます。',
  noPersonalChat: (d: Detail) =>
    `個人チャットを開けませんでした。まもりを個人用に追加してください。急ぎのときは${ring(d)}へ電話してください。`,
  groupCalledOnly: (d: Detail) =>
    `呼び出しを受け付けました（${d.code}）。個人チャットを開けないため、状況のカードをお見せできません。まもりを個人用に追加してください。つながらないときは${ring(d)}へ電話してください。`,
  raised: () => '緊急に切り替わりました。',
  place: () => '呼んでいる人の場所が変わりました。カードの場所を確認してください。',
  again: () => 'もう一度、助けを求めています。',
  ended: () => '対応終了になりました。向かっている方は戻って構いません。',
  cancelled: () => '呼び出しは取り消されました（押し間違い）。',
  asked: () => '到着しましたか。1分以内に返答がないときは、ほかの職員をもう一度呼びます。',
  police: () => '110番をする人がまだ決まっていません。「私が110番します」を押してください。',
  report: () => '報告が届きました。',
  assigned: () => 'この事案の担当になりました。',
  'danger-in-text': () => '報告に危険を示す記述があります。本人に確認してください。',
};

const en: typeof ja = {
  called: (d) => `Your call (${d.level}) has been saved: ${d.code}. The card below shows what happens.`,
  joined: (d) => `Added to the case that is already open (${d.code}). The card below is current.`,
  notCalled: () => 'Nobody has been called. Press a button below when you need somebody.',
  notUnderstood: () =>
    'I did not understand that. Nobody has been called. Press a button below, or send 「応援」, 「緊急」 or 「相談」.',
  dangerText: (d) =>
    `Is this dangerous? Nobody has been called yet. Press the emergency button if you need help now, or ring ${ringEn(d)}.`,
  welcome: () => 'Mamori is ready. When you need somebody, send 「応援」 and colleagues will come.',
  language: () => 'Cards are now in English.',
  severalCases: (d) =>
    `More than one case is open (${d.codes}). Add the code, for example: ${d.word} ${d.code}`,
  notAdded: () => 'This report has not been saved yet. Press "Send" again to save it as a new report.',
  sameButton: (d) =>
    `Your call ${d.code} is closed, and nobody has been called anew. Press again if you need somebody.`,
  moved: () => 'The current card is below.',
  personalOnly: () =>
    'I answer about cases in personal chat only. Please open your personal chat with Mamori.',
  groupCalled: () => 'Your call has been saved. The card in your personal chat shows what happens.',
  noPersonalChat: (d) =>
    `I could not open a personal chat with you. Please add Mamori for yourself. If it is urgent, ring ${ringEn(d)}.`,
  groupCalledOnly: (d) =>
    `Your call has been saved (${d.code}). I cannot open a personal chat with you, so I cannot show you what happens: please add Mamori for yourself. Or ring ${ringEn(d)}.`,
  raised: () => 'This has been switched to emergency.',
  place: () => 'The caller is now somewhere else. Please check the place on the card.',
  again: () => 'Your colleague is calling for help again.',
  ended: () => 'This case has been ended. If you were on your way you can turn back.',
  cancelled: () => 'The call was cancelled (pressed by mistake).',
  asked: () => 'Have you arrived? Without an answer within a minute, others are called again.',
  police: () => 'Nobody has taken the police call (110) yet. Press "I will call 110".',
  report: () => 'A report has come in.',
  assigned: () => 'This case has been assigned to you.',
  'danger-in-text': () => 'The report describes danger. Please check with the employee.',
};

type Notice = keyof typeof ja;

export const notice = (language: Language, which: Notice, detail: Detail = {}): string =>
  (language === 'ja' ? ja : en)[which](detail);

export const isNotice = (name: unknown): name is Notice => typeof name === 'string' && name in ja;
