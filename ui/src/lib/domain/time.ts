// How times are written. Rows show the age, messages the clock; the tooltip has both and the date. Epoch seconds.

import { m } from "$lib/paraglide/messages";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", options);
const clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const weekday = format({ weekday: "long" });
const day = format({ day: "numeric", month: "short" });
const dayAndYear = format({ day: "numeric", month: "short", year: "numeric" });
const whole = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

const date = (at: number) => new Date(at * 1000);

/** `09:46` */
export const clockTime = (at: number): string => clock.format(date(at));

/** `Friday 8 May 2026, 09:35` */
export const fullTime = (at: number): string => `${whole.format(date(at)).replace(/^(\w+),/, "$1")}, ${clockTime(at)}`;

/** `now`, `11 min`, `2 h`, `Tuesday`, `8 May`, `8 May 2025`. A clock that runs ahead of ours is "now". */
export function age(at: number, now: number): string {
  const seconds = now - at;
  if (seconds < MINUTE) return m.time_now();
  if (seconds < HOUR) return m.time_minutes({ count: Math.floor(seconds / MINUTE) });
  if (seconds < DAY) return m.time_hours({ count: Math.floor(seconds / HOUR) });
  if (seconds < 7 * DAY) return weekday.format(date(at));
  const sameYear = date(at).getFullYear() === date(now).getFullYear();
  return (sameYear ? day : dayAndYear).format(date(at));
}
