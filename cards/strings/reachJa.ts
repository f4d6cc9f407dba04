import type { DutyKind } from '../../services/directory/directory.ts';
import type { Row } from '../../services/reach/overview.ts';

/** Words of 到達確認 and 通知テスト. */
export const reachJa = {
  buttons: {
    open: '到達確認',
    show: '確認する',
    again: 'もう一度確認',
    refresh: '最新にする',
    test: '通知テスト',
    start: '通知テストを始める',
    startSure: '送信する',
    leave: 'やめる',
    confirm: '確認しました',
    earlier: '前のページ',
    later: '次のページ',
  },
  list: {
    title: '到達確認',
    none: 'まだ確認していません。「もう一度確認」を押すと、すぐに確かめます。',
    allReached: (all: number) => `呼び出すことのある職員 ${all}人、全員に届きます。`,
    unreached: (all: number, count: number) =>
      `呼び出すことのある職員 ${all}人のうち、${count}人に届きません。`,
    unsure: (count: number) => `${count}人は、今は確かめられていません。`,
    checkedAt: (time: string) => `最後の確認：${time}`,
    checking: '確認しています。終わると、このカードが変わります。',
    meaning: (days: number) =>
      `${days}日先までの当番、所属長と代理、総務課などが対象です。「届く」は、まもりから送れるという意味です。気づくかどうかは「通知テスト」で確かめます。`,
    next: (day: string) => `次は${day}`,
    since: (time: string) => `${time}から`,
    page: (page: number, pages: number) => `${page}／${pages}ページ`,
  },
  post: {
    duty: (unit: string) => `${unit}の応援職員の当番`,
    'general-affairs-duty': (unit: string) => `${unit}の当番`,
    manager: (unit: string) => `${unit}の課長`,
    'section-head': (unit: string) => `${unit}の所属長`,
    'department-head': (unit: string) => `${unit}の部局等の長`,
    deputy: (unit: string) => `${unit}の長の代理`,
    named: (unit: string) => `呼び出しの規則で指定（${unit}）`,
    'general-affairs': (unit: string) => `${unit}の職員`,
    colleague: (unit: string) => `${unit}の職員`,
  } satisfies Record<DutyKind, (unit: string) => string>,
  status: {
    reachable: '届きます',
    'not-installed': 'まもりが入っていません',
    uninstalled: 'まもりが外されました',
    blocked: 'まもりがブロックされています',
    'unknown-person': 'Teamsに見つかりません',
    'no-address': 'Teamsの接続先が分かりません',
    untested: 'まだ確かめられていません',
  } satisfies Record<Row['status'], string>,
  todo: {
    'not-installed':
      'Teams の「アプリ」で「まもり」を追加してもらってください。管理者が一括で追加することもできます。',
    uninstalled: '本人に事情を確かめて、Teams の「アプリ」で「まもり」をもう一度追加してもらってください。',
    blocked: 'Teams で「まもり」とのチャットを開き、ブロックを解除してもらってください。',
    'unknown-person':
      '組織のファイルに書いた本人の番号が、今の Teams アカウントのものと同じか確かめてください。退職・異動なら、当番から外してください。',
    'no-address':
      'まもりのチャットを一度開いてもらってください。全員がこの表示なら、まもりの管理者に知らせてください。',
    untested: '少し待ってから「もう一度確認」を押してください。',
  } satisfies Partial<Record<Row['status'], string>>,
  channel: {
    title: '呼び出しの届かない職員がいます',
    counts: (all: number, count: number) => `呼び出すことのある職員 ${all}人のうち ${count}人です。`,
    fresh: (count: number) => `新しく分かったのは ${count}人です。`,
    still: '1週間たっても変わっていないため、もう一度お知らせします。',
    how: '総務課の職員は、まもりとの個人チャットで「到達確認」と送ると、氏名と直し方を確認できます。',
    sent: '個人チャットにお送りしました。',
    unsent: '個人チャットを開けませんでした。まもりを個人用に追加してください。',
  },
  test: {
    title: '通知テスト',
    ask: 'この通知に気づいたら、下のボタンを押してください。',
    noCall: 'これは呼び出しではありません。だれも助けを求めていません。',
    noTime: '押すまでの時間は記録しません。気づいたときで、かまいません。',
    day: (day: string) => `${day}の通知テスト`,
    thanks: '確認しました。ありがとうございます。',
    works: '呼び出しのときも、このように届きます。',
    already: 'この通知テストは、すでに確認済みです。',
    old: 'この通知テストは終わっています。押す必要はありません。',
    none: 'あなたへの通知テストはありません。',
    never: 'まだ行っていません。',
    nextAt: (time: string) => `次の自動の通知テスト：${time}`,
    noNext: '自動では行わない設定です。',
    startedAt: (time: string) => `${time}に始めました`,
    startedBy: (name: string) => `（${name}）`,
    sending: '送信しています。',
    asked: (count: number) => `送った職員：${count}人`,
    confirmed: (count: number, all: number) => `確認済み：${all}人中 ${count}人`,
    everybody: '全員が確認しました。',
    open: (count: number) => `未確認：${count}人`,
    openLater: (day: string) => `未確認の職員の氏名は、${day}以降にここに出ます。それまでは人数だけです。`,
    openHint: 'Teams の通知の設定を、一緒に確かめてください。速さや回数は記録していません。',
    away: (count: number) => `休暇・出張など：${count}人`,
    unreachable: (count: number) => `届かなかった職員：${count}人`,
    sure: (count: number) =>
      `呼び出すことのある職員 ${count}人に「通知テスト」を送ります。呼び出しではないことを、カードに書いて送ります。`,
    replaces: '前の通知テストは、ここで終わります。',
    today: '通知テストは、1日に1回だけです。今日はもう送りました。',
    began: '通知テストを始めました。',
    listReady: '通知テストの結果がまとまりました。',
    more: (count: number) => `ほか ${count}人`,
  },
};

/** Japanese first: every other language has exactly these keys. */
export type ReachStrings = typeof reachJa;
