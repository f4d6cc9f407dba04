import { findCode } from './utterance-code.ts';
import { compact, type Line, phrases } from './utterance-line.ts';

/** What a line about an existing case asks for; `code` is null when none was typed. */
export type AnswerVerb =
  | 'going'
  | 'phone'
  | 'arrived'
  | 'declined'
  | 'raise'
  | 'end'
  | 'cancel'
  | 'came'
  | 'police-claim'
  | 'police-done';

/** Whole lines only: an answer stops a lane, so nothing is guessed from the middle of a sentence (promise 2). */
const ANSWERS: ReadonlyArray<readonly [AnswerVerb, ReadonlySet<string>]> = [
  [
    'going',
    phrases(`
      応答 | 応答します | 応答しました | 向かいます | 向かう | 向かっています | 向かってます | むかいます |
      今向かいます | 今向かっています | 行きます | いきます | 行く | すぐ行きます | 今行きます |
      今から行きます | 今から向かいます | すぐ向かいます | 応援行きます | 応援に行きます | 応援いきます |
      応援向かいます | 応援に向かいます | 応援に入ります | 私が行きます | 私が向かいます | mukaimasu |
      ikimasu | going | on my way | omw | coming`),
  ],
  [
    'phone',
    phrases(`
      電話で支援します | 電話で支援 | 電話支援 | 電話支援します | 電話で対応します | 電話で応援します |
      電話します | 通話に同席します | 通話に同席 | 同席します | phone | by phone`),
  ],
  [
    'arrived',
    phrases(`
      到着 | 到着しました | 到着した | 到着です | とうちゃく | 着きました | 着いた | つきました | 現着 |
      現場に着きました | 現場到着 | arrived | i am here`),
  ],
  [
    'declined',
    phrases(`
      行けません | 行けない | 行けないです | いけません | いけない | 今行けません | 今は行けません |
      向かえません | すみません行けません | 応援に行けません | 応援行けません | 申し訳ありません行けません |
      行けそうにありません | 行けそうにないです | 手が離せません | 対応できません | 無理です | ikemasen |
      cannot go | can't go | decline`),
  ],
  [
    'raise',
    phrases(`
      緊急に切り替える | 緊急に切り替え | 緊急に切り替えます | 緊急に切り替えて | 緊急に切り替えてください |
      緊急へ切り替える | 緊急に切替 | 緊急に切替える | 緊急切替 | 緊急切り替え | 緊急に変更 |
      緊急に変更します | 緊急に上げる | 緊急に上げます | 緊急にする | 緊急にします | 緊急にして |
      switch to emergency | raise`),
  ],
  [
    'end',
    phrases(`
      対応終了 | 対応終了します | 対応終了しました | 対応終了です | 対応を終了 | 対応を終了します |
      対応を終了しました | 対応終わりました | 対応が終わりました | 対応を終えました | 終了 | 終了します |
      終了しました | end | done | finished`),
  ],
  [
    'cancel',
    phrases(`
      取消 | 取り消し | 取消し | 取り消す | 取り消します | 取り消して | 取り消してください | 取消します |
      取消です | 取消お願いします | 取り消しお願いします | とりけし | 取消（押し間違い） | 押し間違い |
      押し間違いです | 押し間違えました | 間違えて押しました | 間違えました | 間違いです | 間違い |
      誤操作です | 誤操作 | 誤報です | 誤報 | キャンセル | キャンセルします | キャンセルです | 応援取消 |
      応援取り消し | 応援を取り消します | 応援キャンセル | 緊急取消 | 緊急取り消し | 緊急を取り消します |
      緊急キャンセル | 相談取消 | 応援は間違いです | 緊急は間違いです | cancel | mistake`),
  ],
  [
    'came',
    phrases(`
      来てくれた | 来てくれました | きてくれた | きてくれました | 来てもらえました | 来てもらいました |
      応援来た | 応援が来た | 応援来ました | 応援が来ました | 応援が来てくれた | 応援が来てくれました |
      応援来てくれました | 応援が到着しました | 助けが来た | 助けが来ました | 来てくれましたありがとう |
      来てくれましたありがとうございます | 応援の人が来てくれました | help came | help has come`),
  ],
  [
    'police-claim',
    phrases(`
      110番します | 私が110番します | 私が110番 | 110番かけます | 110番に電話します | 110します |
      通報します | 私が通報します | 警察に通報します | 警察呼びます | 警察を呼びます | 警察に電話します |
      今から110番します | 私が警察に通報します`),
  ],
  [
    'police-done',
    phrases(`
      通報済み | 通報済 | 通報済みです | 通報しました | 警察に通報しました | 警察に通報済み |
      110番しました | 110番済み | 110番済 | 110番通報しました | 110番通報済み | 警察呼びました |
      警察を呼びました | 警察に電話しました | police called`),
  ],
];

/** Words people put around the verb; dropped before it is looked up. */
const BEFORE =
  /^(?:はい|了解(?:です|しました)?|りょうかい(?:です)?|承知しました|わかりました|分かりました|の|に|へ|を|は|が|、|。|,|:)+/;
const AFTER = /(?:の件|お願いします|です|、|。|に|へ|を|は|で)$/;

export interface FoundAnswer {
  readonly verb: AnswerVerb;
  readonly code: string | null;
}

/** An answer is a whole line: a verb of the table, with or without a code, in either order. */
export function findAnswer(line: Line): FoundAnswer | undefined {
  const found = findCode(line);
  const code = found?.code ?? null;
  const words = found ? `${line.folded.slice(0, found.start)} ${line.folded.slice(found.end)}` : line.folded;
  const whole = compact(words);
  const verb = verbOf(whole) ?? verbOf(whole.replace(BEFORE, '').replace(AFTER, ''));
  if (verb !== undefined) return { verb, code };
  // 「緊急 K-7F3Q」: the level of that case, not a new call at a place called K-7F3Q.
  return code !== null && LEVEL_ALONE.has(whole) ? { verb: 'raise', code } : undefined;
}

const LEVEL_ALONE = phrases('緊急 | 緊急です | きんきゅう | kinkyuu | kinkyu | emergency');

const verbOf = (words: string): AnswerVerb | undefined => ANSWERS.find(([, list]) => list.has(words))?.[0];
