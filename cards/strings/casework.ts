import type { Language } from '../rendered.ts';
import { caseworkEn } from './caseworkEn.ts';
import { type CaseworkStrings, caseworkJa } from './caseworkJa.ts';
import { recordEn } from './recordEn.ts';
import { type RecordStrings, recordJa } from './recordJa.ts';

export type { CaseworkStrings } from './caseworkJa.ts';

export const casework = (language: Language): CaseworkStrings =>
  language === 'ja' ? caseworkJa : caseworkEn;
export const recordStrings = (language: Language): RecordStrings => (language === 'ja' ? recordJa : recordEn);
