import type { Language } from '../rendered.ts';
import { reachEn } from './reachEn.ts';
import { type ReachStrings, reachJa } from './reachJa.ts';

export type { ReachStrings } from './reachJa.ts';

export const reachStrings = (language: Language): ReachStrings => (language === 'ja' ? reachJa : reachEn);
