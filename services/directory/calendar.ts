import holidayJp from '@holiday-jp/holiday_jp';

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
type Weekday = (typeof WEEKDAYS)[number];

/** One moment as the calendar and the clock on the wall in Japan show it. */
export interface JapanTime {
  /** `2026-12-01`. Compares as text. */
  readonly day: string;
  readonly weekday: Weekday;
  /** Minutes since midnight. */
  readonly minutes: number;
}

/** Japan has one offset and no daylight saving time. */
const JST_MS = 9 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const LAST_MS = Date.UTC(9999, 11, 31) - JST_MS;
const FIRST_MS = Date.UTC(1, 0, 1);

/** `at`: milliseconds since the epoch; outside the years 1–9999 the nearest of them. */
export function japanTime(at: number): JapanTime {
  const inRange = Number.isNaN(at) ? 0 : Math.min(Math.max(at, FIRST_MS), LAST_MS);
  const wall = new Date(inRange + JST_MS);
  return {
    day: wall.toISOString().slice(0, 10),
    weekday: WEEKDAYS[wall.getUTCDay()] ?? 'sun',
    minutes: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
  };
}

/** Noon of a day (`2026-12-01`), for questions about the day as a whole; some days later when asked. */
export const noonOf = (day: string, daysLater = 0): number =>
  Date.parse(`${day}T12:00:00+09:00`) + daysLater * DAY_MS;

/** `count` days from `day` on, the first one included. */
export const daysFrom = (day: string, count: number): JapanTime[] =>
  Array.from({ length: count }, (_, index) => japanTime(noonOf(day, index)));

/** 国民の祝日 and their substitutes. The library knows 1970–2050. */
export const isNationalHoliday = (day: string): boolean => Object.hasOwn(holidayJp.holidays, day);

/** 年末年始: 29 December to 3 January, when public offices are closed. */
export function isNewYearClosure(day: string): boolean {
  const monthDay = day.slice(5);
  return monthDay >= '12-29' || monthDay <= '01-03';
}

/** Whether `day` lies between two days, both included; a side that is missing is open. */
export function within(day: string, range: { from?: string | undefined; to?: string | undefined }): boolean {
  return (range.from === undefined || range.from <= day) && (range.to === undefined || day <= range.to);
}
