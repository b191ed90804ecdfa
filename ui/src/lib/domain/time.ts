// How times are written. Rows show the age, messages the clock; the tooltip has both and the date. Epoch seconds.
//
// A time is that of the property it belongs to. The zone of the conversation in front is set once (`writeTimesIn`);
// what belongs elsewhere, such as a row of the list, names its own.

import { m } from "$lib/paraglide/messages";
import { getLocale } from "$lib/paraglide/runtime";
import { frontZone, setFrontZone } from "./front-zone.svelte";
import { formatLocale } from "./language";
import { computerZone, daysBetween, sameClock, wallTime, zoneOf } from "./zone";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SHAPES = {
  clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  weekday: { weekday: "long" },
  day: { day: "numeric", month: "short" },
  dayAndYear: { day: "numeric", month: "short", year: "numeric" },
  date: { day: "numeric", month: "long", year: "numeric" },
  weekdayAndDay: { weekday: "long", day: "numeric", month: "long" },
  whole: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type Shape = keyof typeof SHAPES;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The zone in which times are written from now on, where none is named; `null` = the computer's. */
export function writeTimesIn(zone: string | null): void {
  setFrontZone(zoneOf(zone));
}

/** The zone of what is in front. */
export const zoneInFront = frontZone;

/** A moment in the words of the language on screen. */
export function written(shape: Shape, at: number, zone: string): string {
  const key = `${getLocale()} ${zone} ${shape}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(formatLocale(getLocale()), { ...SHAPES[shape], timeZone: zone });
    formats.set(key, format);
  }
  return format.format(at * 1000);
}

/** English sets a comma after the weekday that nobody writes at a desk. */
export const withoutComma = (date: string): string => (getLocale() === "en" ? date.replace(",", "") : date);

/** `09:46` */
export const clockTime = (at: number, zone = frontZone()): string => written("clock", at, zone);

/** `09:46` by the clock of this computer: for what happens to it, whatever is in front. */
export const computerTime = (at: number): string => clockTime(at, computerZone());

/** `Friday 8 May 2026, 09:35`, with the zone where its clock is not the computer's. */
export function fullTime(at: number, zone = frontZone()): string {
  const time = m.time_full({ date: withoutComma(written("whole", at, zone)), time: clockTime(at, zone) });
  return sameClock(zone, computerZone(), at) ? time : m.time_elsewhere({ time, zone: zoneWords(zone) });
}

/** `Zurich`; the zone's last name, as travellers know it. */
export const zoneWords = (zone = frontZone()): string => zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;

/** `now`, `11 min`, `2 h`, `Tuesday`, `8 May`, `8 May 2025`. A clock that runs ahead of ours is "now". */
export function age(at: number, now: number, zone = frontZone()): string {
  const seconds = now - at;
  if (seconds < MINUTE) return m.time_now();
  if (seconds < HOUR) return m.time_minutes({ count: Math.floor(seconds / MINUTE) });
  if (seconds < DAY) return m.time_hours({ count: Math.floor(seconds / HOUR) });
  // Seven days back the same weekday comes again.
  if (daysBetween(at, now, zone) < 7) return written("weekday", at, zone);
  const sameYear = wallTime(at, zone).year === wallTime(now, zone).year;
  return written(sameYear ? "day" : "dayAndYear", at, zone);
}
