import { extensionNumber } from '../text.ts';

/** What a refusal's sentence may mention. Times are texts as `clockText` gives them. */
export interface RefusalFacts {
  readonly name?: string;
  readonly time?: string;
  readonly code?: string;
  readonly extension?: string;
}
type Refusal = (facts: RefusalFacts) => string;

const by = (name: string | undefined): string =>
  name === undefined || name === '' ? 'ほかの職員' : `${name}さん`;
const thisCase = (code: string | undefined): string =>
  code === undefined ? 'この事案' : `この事案（${code}）`;
const phoneTo = (extension: string): string => `内線${extensionNumber(extension)}へ電話してください。`;
const soon = (extension: string | undefined): string =>
  extension === undefined ? '' : `お急ぎのときは${phoneTo(extension)}`;

const grouped = (count: number): string => count.toLocaleString('en-US');

const refusals = {
  closed: ({ code, time }: RefusalFacts) =>
    `${thisCase(code)}は${time === undefined ? 'すでに' : `${time}に`}対応が終わっています。`,
  'already-acknowledged': ({ name }: RefusalFacts) =>
    `${by(name)}がすでに確認し、向かっています。ありがとうございます。`,
  'not-yours': () => 'この操作ができるのは、この事案の関係者だけです。',
  'not-open': () => 'この操作は今はできません。カードで最新の状態をご確認ください。',
  'wrong-role': () => 'この操作は、今の立場ではできません。',
  'counter-no-report': () => '窓口端末からは報告できません。ご自分のTeamsから報告してください。',
  'guest-only-call': () => '職員名簿に登録がないため、使えるのは「緊急」「応援」「相談」だけです。',
  'unknown-case': ({ code }: RefusalFacts) =>
    `${code === undefined ? '' : `${code}という`}事案が見つかりません。番号をお確かめください。`,
  'stale-card': () => '古いカードのボタンでした。最新の状態はこのとおりです。',
  'already-police': ({ name }: RefusalFacts) => `110番は${by(name)}が引き受けています。`,
  'police-not-claimed': () => '110番を引き受けた職員がまだいません。「私が110番します」を押してください。',
  'not-going': () => '「向かいます」の回答がまだありません。',
  'no-open-case': () => '対応中の事案はありません。',
  'bad-input': () => '入力を読み取れませんでした。もう一度お試しください。',
  'too-long': () => '文字数が多すぎます。短くして、もう一度送ってください。',
  'try-again': ({ extension }: RefusalFacts) =>
    `処理できませんでした。もう一度押してください。${soon(extension)}`,
  unavailable: ({ extension }: RefusalFacts) =>
    `今は保存を確認できません。呼び出しは届いていないものと考えてください。${
      extension === undefined ? '電話で助けを呼んでください。' : `すぐに${phoneTo(extension)}`
    }`,
  'group-chat': () => 'ここでは事案の内容をお見せできません。個人チャットでお答えします。',
  tenant: () => 'この市の職員ではないため、ご利用になれません。',
  'already-emergency': ({ time }: RefusalFacts) =>
    `${time === undefined ? 'すでに' : `${time}に`}緊急に切り替わっています。`,
  answered: () => 'この操作はすでに受け付けています。',
  'suggestion-handled': () => 'この案は確認済みです。',
  excluded: () => 'この事案の操作はできません。',
  'own-case': () => 'ご自分の事案は、ほかの職員が処理します。',
  'already-accepted': ({ name }: RefusalFacts) => `${by(name)}がすでに受け付けています。`,
  'not-accepted': () => '先に「受付する」を押してください。',
  'case-closed': () => '対応終了の事案です。続けるときは「対応を再開する」を押してください。',
  'case-ended': () => '対応終了の事案です。書き足すときは「訂正・追記」を使ってください。',
  'not-closed': () => 'この事案は対応終了になっていません。',
  'still-calling': () => 'まだ職員を呼び出しています。',
  'record-full': () =>
    '記録が大きくなりすぎたため、これ以上は保存できません。続きは新しい報告として書いてください。',
  'unknown-person': ({ name }: RefusalFacts) =>
    `${name === undefined ? 'その氏名' : `「${name}」`}に当たる職員が見つかりません。氏名をお確かめください。`,
} satisfies Record<string, Refusal>;

/** Japanese first: every other language has exactly these keys. */
export const ja = {
  list: '・',
  /** Between two things on one line. */
  gap: '　',
  /** 氏名 as people are spoken of; a counter account is a place and takes no さん. */
  san: (name: string) => `${name}さん`,
  you: 'あなた',
  staff: '職員',
  floor: (floor: number) => (floor < 0 ? `地下${-floor}階` : `${floor}階`),
  quote: (text: string) => `「${text}」`,
  levels: { report: '報告', advice: '相談', assist: '応援', emergency: '緊急' },
  categories: {
    'time-restraint': '時間拘束',
    'repeated-contact': 'リピート型',
    'verbal-abuse': '暴言',
    nitpicking: '揚げ足取り',
    threat: '脅迫',
    'abuse-of-authority': '権威型',
    'social-media': 'SNSへの投稿',
    'excessive-demand': '正当な理由のない過度な要求',
    'sexual-harassment': 'セクハラ',
    other: 'その他',
  },
  buttons: {
    emergency: '緊急',
    assist: '応援を呼ぶ',
    advice: '相談',
    report: '報告する',
    cases: '自分の事案',
    language: 'English',
    home: 'ホーム',
    going: '向かいます',
    phone: '電話で支援します',
    arrived: '到着しました',
    declined: '行けません',
    came: '来てくれた',
    end: '対応終了',
    cancel: '取消（押し間違い）',
    phoned: '連絡済み',
    raise: '緊急に切り替える',
    policeClaim: '私が110番します',
    policeDone: '通報済み',
    guidance: '案内を開く・閉じる',
    open: '開く',
    list: '事案一覧',
    manage: '事案を処理する',
    recordAndTimeline: '記録と経過',
    openCode: (code: string) => `${code}を開く`,
    openCase: '事案を開く',
    send: '送信',
    confirm: 'この案でよい',
    edit: '修正する',
    correct: '修正を保存',
    openSuggestion: '案を見る',
    more: '続きを見る',
    newest: '最新の事案に戻る',
  },
  summary: {
    home: 'まもり',
    quiet: (code: string) => `確認依頼 ${code}`,
    received: (level: string, code: string) => `【${level}】受け付けました　${code}`,
    closed: (how: string, code: string) => `【${how}】${code}`,
    page: (level: string, place: string, caller: string, code: string) =>
      [`【${level}】${place}`, caller, code].filter((part) => part !== '').join('　'),
    askArrival: (place: string, code: string) => `【到着の確認】${place}　${code}`,
    reportForm: '報告',
    reportSaved: (code: string) => `報告を保存しました　${code}`,
    suggestion: (code: string) => `行為のタイプの案　${code}`,
    cases: '自分の事案',
  },
  home: {
    title: 'まもり',
    lead: 'ボタンを押すと、すぐに職員を呼びます。入力や確認はありません。',
    emergency: '暴力、凶器など、身の危険があるとき',
    assist: '相手が興奮している、1人では難しいとき',
    advice: '総務課に知らせます（応援職員は呼びません）',
    words: '「緊急」「応援」「相談」と送信しても同じです。',
    noAnswer: (extension: string) => `3秒で受付カードが出なければ 内線${extensionNumber(extension)}`,
    noAnswerWhy: 'カードが出ていなければ、まだ誰も呼べていません。',
    openCase: (code: string, level: string) => `対応中の事案があります：${code}（${level}）`,
  },
  reception: {
    title: {
      report: '報告を受け付けました',
      advice: '相談を受け付けました',
      assist: '応援を受け付けました',
      emergency: '緊急を受け付けました',
    },
    quietTitle: (code: string) => `確認依頼 ${code}`,
    quietLevel: (level: string) => `区分：${level}`,
    at: (time: string) => `${time} 受付`,
    by: (name: string) => `呼び出した人：${name}`,
    reportedBy: (name: string) => `代わりに報告した人：${name}`,
    affected: (name: string) => `対応している職員：${name}`,
    earlierPlaces: (places: string) => `前の場所：${places}`,
    alone: '1人で対応中',
    aloneAffected: (name: string) => `${name}が1人で対応中`,
    aloneAdvice: '応援職員が着くまで、相手と距離を取ってください。',
    notAlone: '応援職員が到着しています',
    reportOnly: '職員の呼び出しはしていません。助けが必要なときは「緊急に切り替える」を押してください。',
    saved: '報告は保存済みです。',
    accepted: (number: string) =>
      number === '' ? '総務課が受け付けました。' : `総務課が受け付けました（${number}）。`,
    closed: '総務課の対応は終了しました。',
    reportLater: '落ち着いたら、「報告する」から記録を残してください。',
  },
  safety: {
    leave: '相手から離れ、安全な場所へ移動してください。',
    evacuation: (text: string) => `避難：${text}`,
    dial: (prefix: string) =>
      `電話できるときは${prefix === '' ? '110へ' : `、外線番号 ${prefix} に続けて110へ`}。電話したら「通報済み」を押してください。`,
    unclaimed: '110番通報：引き受けた職員はまだいません',
    claimed: (name: string, time: string) => `110番通報：${name}が通報します（${time}）`,
    done: (name: string, time: string) => `110番通報：通報済み　${name}（${time}）`,
  },
  lanes: {
    second: '応援職員',
    generalAffairs: '総務課',
    step: (label: string, text: string) => `${label}：${text}`,
    others: 'ほかの職員',
    queued: '呼び出しています',
    sent: '送信済み・未確認',
    nobodyYet: 'まだ誰も確認していません',
    going: (name: string) => `${name}が確認・向かっています`,
    phone: (name: string) => `${name}が電話で支援します`,
    arrived: (name: string) => `${name}が到着しました`,
    asked: '到着したかどうかを確認しています',
    lapsed: (name: string) => `${name}の到着が未確認です`,
    came: '到着しました（現場で確認）',
    unanswered: '応答がありません。',
    unreachable: '届きませんでした。',
    empty: '呼べる職員がいません。',
    next: '次の職員を呼んでいます',
    exhausted: '全員を呼びましたが、まだ誰も確認していません。繰り返し呼んでいます。',
    nobody: '呼び出しが届いた職員がいません。繰り返し呼んでいます。',
    ring: (extension: string) => phoneTo(extension),
    phoneStep: (label: string, extension: string) => `${label}　${phoneTo(extension)}`,
    phoned: (label: string) => `${label}　連絡済み`,
    off: '今回は呼び出しません',
    offAdvice: '相談のため呼び出していません',
    offGuest: '職員名簿に登録がないため、総務課だけを呼んでいます',
  },
  closed: {
    ended: '対応終了',
    cancelled: '取消（押し間違い）',
    byWhom: (time: string, name: string) => [time, name].filter((part) => part !== '').join('　'),
    stopped: '呼び出しは止まりました。',
    standDown: '呼び出しは止まっています。向かう必要はありません。',
  },
  responder: {
    calls: (name: string) => `${name}が呼んでいます`,
    reports: (name: string) => `${name}からの報告`,
    reportOnly: '報告だけの事案です。職員の呼び出しはしていません。',
    dangerInText: '報告に危険を示す記述があります',
    askArrival: '到着しましたか',
    askArrivalWhy:
      '回答がなければ、ほかの職員も呼びます。まだ向かっているときは「向かいます」を押してください。',
    going: '向かうと回答しました',
    phone: '電話で支援すると回答しました',
    arrived: '到着を受け付けました',
    declined: '「行けません」を受け付けました。ほかの職員を呼びます。',
    lapsed: '到着を確認できなかったため、ほかの職員も呼んでいます。',
    held: (names: string) => `${names}が対応しています。`,
    remote: '離れた庁舎です。電話での支援もできます。',
    hint: (code: string) => `ボタンが使えないときは「応答 ${code}」と送信してください。`,
    police: '110番通報',
    policeUnclaimed: '引き受けた職員はまだいません。通報できる人は押してください。',
    policeClaimedByYou: '電話したら「通報済み」を押してください。',
    policeClaimed: (name: string, time: string) => `${name}が110番します（${time}）`,
    policeDone: (name: string, time: string) => `通報済み　${name}（${time}）`,
    dial: (prefix: string) => (prefix === '' ? '電話：110' : `電話：外線番号 ${prefix} に続けて 110`),
    address: (text: string) => `住所：${text}`,
    entrance: (text: string) => `入口：${text}`,
    words: (hall: string, place: string) =>
      `読み上げ：「事件です。${hall}、${place}で、職員の身に危険が及んでいます。すぐに来てください。」`,
    hall: (city: string, building: string) => `${city}${/[町村]$/.test(city) ? '役場' : '役所'} ${building}`,
  },
  left: {
    text: 'この事案では、あなたの対応は必要ありません。',
    retired: '最新のカードは下にあります',
  },
  channel: {
    opened: '新しい事案です。総務課の職員は、まもりとの個人チャットの「事案一覧」から受け付けてください。',
    emergency: '緊急の呼び出しがありました。対応できる職員は現場へ向かってください。',
    exhausted: '呼び出した職員から応答がありません。対応できる職員は、現場へ向かうか電話してください。',
    'danger-in-text': '報告に危険を示す記述があります。担当の職員は個人チャットで確認してください。',
    engine: '呼び出しの処理に異常があります。電話や口頭で、職員を現場へ向かわせてください。',
    accepted: '総務課が受け付けました。',
    closed: '総務課の対応は終了しました。',
    ended: '対応終了になりました。向かう必要はありません。',
    cancelled: '呼び出しは取り消されました（押し間違い）。向かう必要はありません。',
    answer: (code: string) => `向かうときは、まもりとの個人チャットで「応答 ${code}」と送信してください。`,
    at: (time: string) => `${time} 受付`,
  },
  form: {
    title: '報告',
    lead: '分かる範囲でかまいません。あとから追加もできます。',
    when: 'いつ',
    whenExample: '例：今日の10時30分ごろ',
    where: 'どこ',
    whereExample: '例：1階 税務課2番窓口',
    what: 'ひとこと（4,000文字まで）',
    whatExample: '例：大声で「責任者を出せ」と言われ、書類を投げつけられた',
    dangerLabel: '今の状況',
    danger: '今も危険（緊急として呼び出します）',
    error: (text: string) => `※ ${text}`,
    missing: {
      when: 'いつのことか入力してください。',
      where: 'どこでのことか入力してください。',
      what: '何があったか、ひとこと入力してください。',
    },
    tooLong: (limit: number, length: number) =>
      `${grouped(limit)}文字までにしてください（今は${grouped(length)}文字です）。`,
    cut: '長すぎるため、終わりの部分を表示できません。短くしてお送りください。',
    dangerOffer: '危険を示す記述があります。まだ緊急の呼び出しはしていません。',
  },
  saved: {
    title: '報告を保存しました',
    called: '緊急として職員を呼び出しています。状況は事案のカードに表示します。',
    notCalled: '危険を示す記述があります。まだ緊急の呼び出しはしていません。',
    notCalledPhone: (extension: string) => `今も危険なときは「緊急」を押すか、${phoneTo(extension)}`,
    suggestion: 'このあと、行為のタイプの案をお見せします。',
    full: '続けて、詳しい報告も書けます。あとからでもかまいません。',
  },
  suggestion: {
    title: '行為のタイプ（案）',
    proposal: '報告の言葉から作った案です。ハラスメントに当たるかどうかは、人が判断します。',
    assessment: {
      harassment: 'ハラスメントに当たる可能性があります',
      'needs-judgement': '当たるかどうか、判断が必要です',
      'not-harassment': '該当なしの可能性があります',
    },
    clause: (name: string) => `基本方針【該当する行為】${name}`,
    none: '当てはまる行為のタイプは見つかりませんでした。',
    noneHint: '思い当たるタイプがあれば、「修正する」から選んでください。',
    danger: {
      imminent: '身の危険を示す記述があります',
      'harm-done': '危害を受けたことを示す記述があります',
    },
    dangerHint: '今も危険なときは「緊急」と送信してください。',
    choose: '行為のタイプ（いくつでも選べます）',
    chooseNone: 'どれにも当たらないときは、すべて外して保存してください。',
    ready: '報告の言葉から、行為のタイプの案を作りました。内容は「案を見る」を押すと表示されます。',
    confirmed: '案のとおり確認しました',
    corrected: '修正を保存しました',
    chosen: (names: string) => `行為のタイプ：${names}`,
    chosenNone: '行為のタイプ：当てはまるものなし',
    notFinal: '決定ではありません。このあと組織として判断します。',
  },
  corrections: {
    title: '学習データの書き出し',
    lead: [
      '職員が確認・修正した短い報告を、分類を良くするための学習データとしてファイルに書き出すことを、1回だけ許可します。',
      '氏名・電話番号・住所などは種類の名前に置き換えます。置き換えきれないこともあるため、使う前に人が確かめます。',
      '許可は24時間で切れます。書き出した事案の閲覧記録には、あなたの許可による書き出しとして残ります。',
    ],
    permit: '1回だけ許可する',
    permitted: '許可しました。24時間以内に1回だけ書き出せます。',
    off: '学習データの書き出しは使わない設定です。',
  },
  cases: {
    title: '自分の事案',
    empty: '自分の事案はまだありません。',
    status: { open: '対応中', ended: '対応終了', cancelled: '取消' },
    reported: '報告済み',
    roles: {
      caller: '呼び出した事案',
      affected: '自分が対応した事案',
      reporter: '報告した事案',
      responder: '応援した事案',
    },
  },
  refusals,
};

export type Strings = Omit<typeof ja, 'refusals'> & {
  readonly refusals: Readonly<Record<RefusalKey, Refusal>>;
};
export type RefusalKey = keyof typeof refusals;
