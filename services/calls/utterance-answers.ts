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
      応答 | おうとう | 応答します | 応答しました | 向かいます | 向かう | 向かっています | 向かってます | むかいます |
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

interface FoundAnswer {
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
  if (code === null) return undefined;
  // 「緊急 K-7F3Q」: the level of that case, not a new call at a place called K-7F3Q.
  if (LEVEL_ALONE.has(whole)) return { verb: 'raise', code };
  const said = verbBesideCode(words);
  return said === undefined ? undefined : { verb: said, code };
}

const GOING_END =
  /(?:向かいます|向かっています|向かってます|むかいます|行きます|いきます|参ります|駆けつけます|急行します)$/;
const NOT_GOING_END =
  /(?:行け|いけ|向かえ|対応でき)(?:ません|ない|ないです|そうにありません|そうにないです)$/;
/** Alone with a code it says what 応答 says. */
const UNDERSTOOD = phrases(
  '了解 | 了解です | 了解しました | りょうかい | りょうかいです | 承知しました | 承知です | わかりました | 分かりました | ok | おk',
);
const ASKED = /[?？]|(?:です|ます|ません|でしょう|の|ない)か$|^(?:いつ|どこ|誰|だれ|何|どう|なぜ)/;
/** A cry for help is a call, whatever else stands beside it. */
const CRY = /助け|たすけ|sos|help/;
const DENIED = /ない|ません|無理|なく|ず(?:に)?$/;
/** 「佐藤さんが行きます」 is about somebody else. */
const ABOUT_OTHERS = /(?<!私|僕|俺|自分|わたし|こちら)が.{0,12}$|と(?:言|い|の)/;
const FILLER = phrases(
  'よろしく | よろしくお願いします | よろしくおねがいします | お願いします | はい | すみません | 今 | 今から | すぐ | すぐに | です | ありがとうございました | ありがとうございます | お疲れさまでした | お疲れ様でした',
);

/**
 * A code says which case is meant, so that the verb may stand beside other words (「応答 K-7F3Q すぐ行きます」). Only what
 * says that somebody comes is read so; what ends or takes back a case is a whole line. A question or a denial is none.
 */
function verbBesideCode(words: string): AnswerVerb | undefined {
  const parts = words
    .split(/[\s。、,.!！…・:：]+/u)
    .map((part) => compact(part))
    .filter((part) => part !== '');
  const verbs = parts.map(verbOfPart);
  if (verbs.includes('declined')) return 'declined';
  const rest = parts.filter((_, index) => verbs[index] === undefined);
  if (rest.some((part) => ASKED.test(part) || DENIED.test(part) || CRY.test(part))) return undefined;
  const found = verbs.filter((verb) => verb !== undefined);
  const isWhole = rest.every((part) => FILLER.has(part));
  const [verb = 'going'] = found.filter((one) => one !== 'going');
  if (found.length === 0) return undefined;
  const atEdge = verbs[0] !== undefined || verbs.at(-1) !== undefined;
  const tellsOfComing = verb === 'going' || verb === 'phone' || verb === 'arrived';
  return isWhole || (tellsOfComing && atEdge) ? verb : undefined;
}

function verbOfPart(part: string): AnswerVerb | undefined {
  const verb = verbOf(part) ?? verbOf(part.replace(BEFORE, '').replace(AFTER, ''));
  if (verb !== undefined) return verb;
  if (UNDERSTOOD.has(part)) return 'going';
  if (ABOUT_OTHERS.test(part) || ASKED.test(part)) return undefined;
  if (NOT_GOING_END.test(part)) return 'declined';
  return GOING_END.test(part) ? 'going' : undefined;
}

const LEVEL_ALONE = phrases('緊急 | 緊急です | きんきゅう | kinkyuu | kinkyu | emergency');

const verbOf = (words: string): AnswerVerb | undefined => ANSWERS.find(([, list]) => list.has(words))?.[0];
