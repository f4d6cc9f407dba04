import { phrases } from './utterance-line.ts';

type Command =
  | { readonly kind: 'home' }
  | { readonly kind: 'report' }
  | { readonly kind: 'cases' }
  /** 事案一覧 of General Affairs and of heads; for everybody else their own. */
  | { readonly kind: 'list' }
  /** 到達確認 and 通知テスト of General Affairs. */
  | { readonly kind: 'reach' }
  | { readonly kind: 'test' }
  /** 学習データの書き出し: only General Affairs' manager. */
  | { readonly kind: 'corrections' }
  | { readonly kind: 'language'; readonly language: 'ja' | 'en' };

/** Whole-line commands that page nobody. `help` is the home card (its first row is the call). */
const COMMANDS: ReadonlyArray<readonly [Command, ReadonlySet<string>]> = [
  [
    { kind: 'home' },
    phrases(`
      ホーム | ほーむ | メニュー | トップ | home | menu | top | help | ヘルプ | 使い方 | つかいかた |
      使い方は | 使い方は？ | 使い方を教えて | 使い方を教えてください | 使い方がわからない | ボタン |
      はじめる | start | ? | ?? | /help`),
  ],
  [
    { kind: 'report' },
    phrases(`
      報告 | 報告する | 報告します | 報告したい | 報告したいです | 報告です | 報告があります | ほうこく |
      ほうこくする | houkoku | hokoku | 報告書 | 事後報告 | 報告フォーム | report | make a report`),
  ],
  [
    { kind: 'cases' },
    phrases(`
      自分の事案 | 事案 | 自分の事案一覧 | 私の事案 | じあん | 自分の報告 | 履歴 | jian | my cases`),
  ],
  [
    { kind: 'list' },
    phrases(`
      事案一覧 | 一覧 | 事案の一覧 | 事案リスト | じあんいちらん | いちらん | ichiran | 未受付 | 要対応 | cases |
      case list | list`),
  ],
  [
    { kind: 'reach' },
    phrases(`
      到達確認 | とうたつかくにん | 到達の確認 | 到達確認して | 到達確認してください | 到達状況 | 届かない人 |
      届かない職員 | tootatsu | reachability | reach | who can be reached`),
  ],
  [
    { kind: 'test' },
    phrases(`
      通知テスト | つうちてすと | 通知のテスト | 通知テストの結果 | 通知テスト結果 | 通知テストを始める | tsuuchi tesuto |
      notification test | test notification`),
  ],
  [
    { kind: 'corrections' },
    phrases(
      `学習データの書き出し | 学習データ書き出し | 学習データの書き出しを許可 | 学習データを書き出す | export training data`,
    ),
  ],
  [
    { kind: 'language', language: 'ja' },
    phrases(`
      日本語 | にほんご | 日本語で | 日本語にして | 日本語に切り替え | 日本語に切り替える | nihongo |
      japanese | ja`),
  ],
  [
    { kind: 'language', language: 'en' },
    phrases(`
      English | 英語 | えいご | イングリッシュ | 英語で | 英語にして | 英語に切り替え | 英語に切り替える |
      eigo | en | in English`),
  ],
];

export const findCommand = (compact: string): Command | undefined =>
  COMMANDS.find(([, list]) => list.has(compact))?.[0];
