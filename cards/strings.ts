import type { Language } from './rendered.ts';
import { en } from './strings/en.ts';
import { ja, type Strings } from './strings/ja.ts';

const LANGUAGES: Readonly<Record<Language, Strings>> = { ja, en };

/** All sentences in one language. Both files have the same keys: a missing one does not compile. */
export const strings = (language: Language): Strings => LANGUAGES[language];
export type { RefusalFacts, RefusalKey, Strings } from './strings/ja.ts';
