/** How moments and stretches of time are said in a thread. Times are epoch seconds, shown in the property's zone. */

import { clockTime, withoutComma, written, zoneInFront } from "./time";
import { daysBetween, wallTime } from "./zone";

/** "14 March 2025" */
export const calendarDate = (at: number, zone = zoneInFront()): string => written("date", at, zone);

const yearOf = (at: number, zone: string): number => wallTime(at, zone).year;

/** "7 May", or the year alone when it was another one. */
export function shortDate(at: number, now: number, zone = zoneInFront()): string {
  const year = yearOf(at, zone);
  return year === yearOf(now, zone) ? written("day", at, zone) : `${year}`;
}

/** The day of a separator: which of the named days it is, and its date without the year unless that is another one. */
export function dayOfThread(
  at: number,
  now: number,
  zone = zoneInFront(),
): { named: "today" | "yesterday" | null; date: string } {
  const sameYear = yearOf(at, zone) === yearOf(now, zone);
  const date = withoutComma(written(sameYear ? "weekdayAndDay" : "whole", at, zone));
  const days = daysBetween(at, now, zone);
  return { named: days === 0 ? "today" : days === 1 ? "yesterday" : null, date };
}

/** "09:46" today, "Wednesday" this week, "7 May" before: how long somebody has been at it. */
export function sinceWords(at: number, now: number, zone = zoneInFront()): string {
  const days = daysBetween(at, now, zone);
  if (days <= 0) return clockTime(at, zone);
  return days < 7 ? written("weekday", at, zone) : shortDate(at, now, zone);
}

/** Whole hours and minutes of a stretch of time; never negative. Days only when there are two or more. */
export function stretch(seconds: number): { days: number; hours: number; minutes: number } {
  const minutes = Math.max(0, Math.floor(seconds / 60));
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return { days: Math.floor(hours / 24), hours: 0, minutes: 0 };
  return { days: 0, hours, minutes: minutes % 60 };
}
