import type { CategoryId } from './classifier.ts';

/**
 * One thing a text may say. `pattern` reads normalised text (NFKC, lower case, full-width katakana), is global
 * and bounded: no repetition inside a repetition, gaps of at most a few dozen characters inside one sentence.
 */
export interface Cue {
  /** `threat.kill`: kept with the evidence, for maintainers. */
  readonly id: string;
  /** 0–1: how much one occurrence says for its category. Different cues of a category add up (noisy or). */
  readonly weight: number;
  readonly pattern: RegExp;
  /** What it stands for, in plain words. */
  readonly note: string;
  /** A sentence that matches this is about something else (pests, films, training, prices). */
  readonly unless?: RegExp;
  /** The pattern contains a negation itself (帰らない): a following one is not looked for. */
  readonly saysNo?: true;
  /** Something a member of staff may do as well (shouting): counted only when the visitor does it. */
  readonly byVisitor?: true;
}

export interface CueList {
  readonly category: CategoryId;
  readonly cues: readonly Cue[];
}

type Extras = Pick<Cue, 'unless' | 'saysNo' | 'byVisitor'>;

/**
 * Alternatives as a linguist reads them: blanks and line ends between them do not count, everything else is an
 * ordinary regular expression.
 *
 * @example anyOf`怒鳴 | どなり | どなら`
 */
export const anyOf = (source: TemplateStringsArray, ...parts: readonly string[]): RegExp =>
  new RegExp(String.raw(source, ...parts).replace(/\s+/g, ''), 'g');

/** The same for a pattern that is only tested, not searched for again and again. */
export const oneOf = (source: TemplateStringsArray, ...parts: readonly string[]): RegExp =>
  new RegExp(anyOf(source, ...parts).source);

export const cue = (id: string, weight: number, pattern: RegExp, note: string, extras: Extras = {}): Cue => ({
  id,
  weight,
  pattern,
  note,
  ...extras,
});

/** Not about the people at the counter: training, stories, animals, prices. */
export const FICTION =
  /映画|ドラマ|小説|漫画|アニメ|芝居|演劇|劇団|紙芝居|読み聞かせ|歌詞|ゲーム|訓練|研修|ロールプレイ|例文|マニュアル|チラシの文言|ポスター|標語/;
export const PESTS =
  /害虫|駆除|殺虫|スズメバチ|シロアリ|ムカデ|(?<![ァ-ヶー])(?:ハエ|アリ)(?![ァ-ヶー])|虫(?:を|が|の)|(?<![ァ-ヶー])(?:ハチ|クマ|サル|シカ|ヘビ|ネズミ|カラス|イノシシ)(?![ァ-ヶー])|ゴキブリ|アライグマ|蜂|熊(?![本谷野])|猪|外来種|雑草|殺菌|細菌|ウイルス|養豚|養鶏|殺処分|野良|蚊/;
export const SPORT = /試合|応援|運動会|大会|祭|カラオケ|コーラス|合唱|発声|体操|剣道|太鼓|選手|コンサート/;
/** What happened was nobody's intent: weather, a slip, something old that broke. */
export const ACCIDENT =
  /誤って|うっかり|つまず|転んで|転倒|引っかか|ひっかか|滑って|台風|地震|強風|老朽|不注意|手がすべ|手が滑|ぶつけて(?:しま|すみ)|弁償します|わざとでは/;
