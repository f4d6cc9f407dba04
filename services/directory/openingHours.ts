import { isNationalHoliday, isNewYearClosure, japanTime } from './calendar.ts';
import type { HoursKind } from './escalationSchema.ts';
import type { Building } from './schema.ts';

/**
 * Which hours a building has at a moment: 開庁時間, 時間外 of a working day, or 閉庁日. The opening minute belongs
 * to the opening hours, the closing minute no longer does.
 */
export function hoursAt(building: Building, at: number): HoursKind {
  const { day, weekday, minutes } = japanTime(at);
  const hours = building.hours[weekday];
  const { nationalHolidays, newYear, dates } = building.closedDays;
  const closed =
    hours === undefined ||
    (nationalHolidays && isNationalHoliday(day)) ||
    (newYear && isNewYearClosure(day)) ||
    dates.includes(day);
  if (closed) return 'closed';
  return minutes >= hours.open && minutes < hours.close ? 'open' : 'after';
}
