/** Days and times of the wall clock in Japan (one offset, no daylight saving time). `2026-12-01`, `10:31`. */
const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo', dateStyle: 'short' });
const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' });
const DAY_MS = 24 * 3_600_000;

export const dayOf = (at: number): string => day.format(at);
export const timeOf = (at: number): string => time.format(at);

/** Whether this is a day of the calendar, written so that days compare as text. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const noon = new Date(`${text}T12:00:00Z`);
  return !Number.isNaN(noon.getTime()) && noon.toISOString().startsWith(text);
}

/** First millisecond of a day. */
export const dayStart = (text: string): number => Date.parse(`${text}T00:00:00+09:00`);
/** First millisecond after it. */
export const dayEnd = (text: string): number => dayStart(text) + DAY_MS;
