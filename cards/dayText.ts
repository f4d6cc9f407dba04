import type { Language } from './rendered.ts';

const options = { timeZone: 'Asia/Tokyo', month: 'long', day: 'numeric', weekday: 'short' } as const;
const FORMATS: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  ja: new Intl.DateTimeFormat('ja-JP', options),
  en: new Intl.DateTimeFormat('en-GB', options),
};

/** 「12月1日(火)」 of a day `2026-12-01`. */
export const dayText = (day: string, language: Language): string =>
  FORMATS[language]
    .format(Date.parse(`${day}T12:00:00+09:00`))
    .replace('(', '（')
    .replace(')', '）');
