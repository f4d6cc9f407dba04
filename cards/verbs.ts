/**
 * What a button says. Handlers dispatch on `verb` only; everything in `data` is a hint, never authority
 * (promise 4). Each button is an Action.Execute with an Action.Submit fallback carrying the same data.
 */
export const VERBS = [
  /** Home card. */
  'call.advice',
  'call.assist',
  'call.emergency',
  'report.open',
  'cases.open',
  'home.open',
  'language.ja',
  'language.en',
  /** On a responder's card: 向かいます / 電話で支援します / 到着しました / 行けません. */
  'answer.going',
  'answer.phone',
  'answer.arrived',
  'answer.declined',
  /** On the caller's card: 来てくれた / 対応終了 / 取消（押し間違い）/ 連絡済み (phone-only step). */
  'call.came',
  'call.end',
  'call.cancel',
  'call.phoned',
  /** 緊急に切り替える; 私が110番します; 通報済み. */
  'call.raise',
  'police.claim',
  'police.done',
  /** Opens the live card of one case. */
  'case.open',
  /** Short report and its suggestion. */
  'report.submit',
  'suggestion.confirm',
  'suggestion.correct',
  'suggestion.edit',
  'suggestion.open',
  /** 学習データの書き出し: General Affairs' manager allows one. */
  'corrections.permit',
  /** 事案一覧 and its search. */
  'list.open',
  'list.search',
  'list.find',
  /** One case after the call: the neutral card, and what General Affairs does with it. */
  'work.open',
  'work.timeline',
  'work.views',
  'work.accept',
  'work.assign',
  'work.assign-save',
  'work.note',
  'work.note-save',
  'work.propose',
  'work.propose-save',
  'work.categories',
  'work.categories-save',
  'work.amend',
  'work.amend-save',
  'work.close',
  'work.reopen',
  /** The narrative, and the full report step by step. */
  'record.read',
  'record.hide',
  'record.steps',
  'record.step',
  'record.save',
  /** 到達確認: who cannot be paged, and asking again. */
  'reach.open',
  'reach.check',
  /** 通知テスト: its result, starting one, and 確認しました on the card of it. */
  'test.open',
  'test.start',
  'test.confirm',
] as const;
export type Verb = (typeof VERBS)[number];

/** Data of every button. `code` and `round` are set on cards of a case, `draft` on a form. */
export interface ActionData {
  readonly verb: Verb;
  readonly code?: string;
  /** Round of the viewer's lane when the card was drawn: makes a second press of the same button one tap. */
  readonly round?: number;
  /** Server-issued id of one form or home card: sent or pressed twice it is one report, one call. */
  readonly draft?: string;
  /** Where the list of cases goes on; empty: at its start. */
  readonly cursor?: string;
  /** The list (filter, period, section, place in it) that a case was opened from: the way back. */
  readonly list?: string;
  /** Step of the full report, and where saving it leads to. */
  readonly step?: string;
  readonly leadsTo?: 'next' | 'finish';
  /** How many changes the record had when the form was drawn. */
  readonly base?: number;
  /** Page of a record or timeline, from 0. */
  readonly page?: number;
  /** 対応終了 although people are still being called; 通知テスト after the question. */
  readonly sure?: boolean;
  /** The 通知テスト that a card is of: the day it began. */
  readonly test?: string;
}
