/** How moments and stretches of time are said in a thread. Times are epoch seconds, shown in local time. */

import { clockTime } from "./time";

/** Day first and 24 hours, as front desks write them; a translation brings its own. */
const LOCALE = "en-GB";

const dayFormat = new Intl.DateTimeFormat(LOCALE, { weekday: "long", day: "numeric", month: "long" });
const yearFormat = new Intl.DateTimeFormat(LOCALE, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const shortFormat = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const dateFormat = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "long", year: "numeric" });
const weekdayFormat = new Intl.DateTimeFormat(LOCALE, { weekday: "long" });

/** "14 March 2025" */
export function calendarDate(at: number): string {
  return dateFormat.format(at * 1000);
}

/** "7 May", or the year alone when it was another one. */
export function shortDate(at: number, now: number): string {
  const date = new Date(at * 1000);
  return date.getFullYear() === new Date(now * 1000).getFullYear() ? shortFormat.format(date) : `${date.getFullYear()}`;
}

/** The day of a separator: which of the named days it is, and its date without the year unless that is another one. */
export function dayOfThread(at: number, now: number): { named: "today" | "yesterday" | null; date: string } {
  const date = new Date(at * 1000);
  const sameYear = date.getFullYear() === new Date(now * 1000).getFullYear();
  const words = (sameYear ? dayFormat : yearFormat).format(date).replace(",", "");
  const days = daysBetween(at, now);
  return { named: days === 0 ? "today" : days === 1 ? "yesterday" : null, date: words };
}

/** "09:46" today, "Wednesday" this week, "7 May" before: how long somebody has been at it. */
export function sinceWords(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 0) return clockTime(at);
  return days < 7 ? weekdayFormat.format(at * 1000) : shortDate(at, now);
}

/** Whole hours and minutes of a stretch of time; never negative. Days only when there are two or more. */
export function stretch(seconds: number): { days: number; hours: number; minutes: number } {
  const minutes = Math.max(0, Math.floor(seconds / 60));
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return { days: Math.floor(hours / 24), hours: 0, minutes: 0 };
  return { days: 0, hours, minutes: minutes % 60 };
}

/** Calendar days from one moment to another, in local time. */
function daysBetween(at: number, now: number): number {
  const midnight = (moment: number) => new Date(moment * 1000).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}
