import type { Directory } from '../directory/directory.ts';
import { dayEnd, dayOf, dayStart } from '../japanDay.ts';

/** Days that the city hall is open, as the schedule needs them. */
type Days = Pick<Directory, 'isWorkingDay'>;

const MINUTE_MS = 60_000;
/** How late on its day something may still begin: a process that was down does not wake people at night. */
const LATE_MS = 6 * 60 * MINUTE_MS;
/** Beyond this there is no working day to wait for. */
const DAYS_LOOKED_AT = 400;

export const nextDay = (day: string): string => dayOf(dayEnd(day));

/** Day after day from `day` on. */
function* daysFrom(day: string): Generator<string> {
  for (let at = day, n = 0; n < DAYS_LOOKED_AT; n++, at = nextDay(at)) yield at;
}

export function isFirstOfMonth({ isWorkingDay }: Days, day: string): boolean {
  if (!isWorkingDay(day)) return false;
  for (let at = `${day.slice(0, 8)}01`; at < day; at = nextDay(at)) if (isWorkingDay(at)) return false;
  return true;
}

/** The next moment after `now` at these minutes of a day that fits; null when there is none, or it is switched off. */
function next(fits: (day: string) => boolean, minutes: number | null, now: number): number | null {
  if (minutes === null) return null;
  for (const day of daysFrom(dayOf(now))) {
    const at = dayStart(day) + minutes * MINUTE_MS;
    if (at > now && fits(day)) return at;
  }
  return null;
}

export const nextCheck = (days: Days, minutes: number | null, now: number): number | null =>
  next(days.isWorkingDay, minutes, now);

/** The first working day of a month. */
export const nextTest = (days: Days, minutes: number | null, now: number): number | null =>
  next((day) => isFirstOfMonth(days, day), minutes, now);

/** Whether something that was due at these minutes may begin now. */
export function isTime({ isWorkingDay }: Days, minutes: number | null, now: number): boolean {
  const day = dayOf(now);
  const since = now - dayStart(day) - (minutes ?? 0) * MINUTE_MS;
  return isWorkingDay(day) && since >= 0 && since < LATE_MS;
}

/** The `count`-th working day after the day of `from`, at the same time; null when there are none. */
export function afterWorkingDays({ isWorkingDay }: Days, from: number, count: number): number | null {
  const begun = dayOf(from);
  let left = count;
  for (const day of daysFrom(nextDay(begun))) {
    if (isWorkingDay(day)) left -= 1;
    if (left === 0) return dayStart(day) + (from - dayStart(begun));
  }
  return null;
}
