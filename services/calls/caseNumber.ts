import type { CaseNumber } from './call.ts';

const JST_MS = 9 * 3_600_000;

/** The fiscal year (April to March) of a moment in Japan, western: 2027-03-31 is still 2026. */
export function fiscalYear(at: number): number {
  const day = new Date(at + JST_MS);
  return day.getUTCMonth() < 3 ? day.getUTCFullYear() - 1 : day.getUTCFullYear();
}

/** The era's year as of 1 April, on which a fiscal year begins. */
const ERA = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
  era: 'long',
  year: 'numeric',
  timeZone: 'Asia/Tokyo',
});

const eraYear = (year: number): string => {
  const parts = ERA.formatToParts(Date.UTC(year, 3, 1, 3));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('era')}${part('year')}`;
};

/** 管理番号 as it is written. @example formatNumber({ year: 2026, n: 1 }) // '令和8年度-0001' */
export const formatNumber = ({ year, n }: CaseNumber): string =>
  `${eraYear(year)}年度-${String(n).padStart(4, '0')}`;

const WRITTEN = /^(?:(令和|r)?\s*(\d{1,4}|元)\s*(?:年度|年)?\s*[-ー－―‐–—−]\s*)(?:第)?(\d{1,6})号?$/u;

/**
 * A number as people type it: 「令和8年度-0001」「R8-1」「8-1」「2026-1」. Undefined for anything else; a year below 100 is
 * one of 令和.
 */
export function parseNumber(text: string): CaseNumber | undefined {
  const found = WRITTEN.exec(text.normalize('NFKC').toLowerCase().replace(/\s/g, ''));
  if (found === null) return undefined;
  const [, era, written = '', digits = ''] = found;
  const short = written === '元' ? 1 : Number(written);
  const year = era === undefined && short >= 1900 ? short : 2018 + short;
  const n = Number(digits);
  return n >= 1 && short >= 1 && year < 3000 ? { year, n } : undefined;
}

/** Key of the document that gives a number to one case (design: 管理番号). */
export const numberKey = ({ year, n }: CaseNumber) => ({
  kind: 'number',
  id: `${year}-${String(n).padStart(4, '0')}`,
});
