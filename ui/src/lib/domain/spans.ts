// The stretch of time numbers are asked for, the one before it, and the parts it is drawn in. Epoch seconds, by the
// property's calendar.

import { boundsOf, type Period } from "./periods";
import { daysBetween, momentAt, wallTime, weekdayAt } from "./zone";

export interface Span {
  from: number;
  /** Not included. */
  to: number;
}

export type PartKind = "hour" | "day" | "week" | "month";

export interface Parts {
  kind: PartKind;
  /** Where each begins; it ends where the next one does. */
  starts: readonly number[];
}

const HOUR = 3600;
/** As many of one kind as a chart has room for. */
const MOST: Record<PartKind, number> = { hour: 24, day: 31, week: 26, month: 36 };

/** What a period means for somebody who asks at `now`. A day that has not ended goes as far as now. */
export function spanOf(period: Period, now: number, zone: string): Span {
  const { active_from, active_until } = boundsOf(period, now, zone);
  const to = Math.min(active_until ?? now + 1, now + 1);
  return { from: Math.min(active_from ?? 0, to), to };
}

/** `2026-05-08` */
export function isoDay(at: number, zone: string): string {
  const { year, month, day } = wallTime(at, zone);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)}`;
}

/** As long a stretch before it: yesterday up to this hour, last month up to this day, as many days for days of one's own. */
export function spanBefore(period: Period, span: Span, zone: string): Span | null {
  if (span.from === 0) return null;
  const days = { today: 1, week: 7, month: 0, range: daysBetween(span.from, span.to - 1, zone) + 1 }[period.kind];
  const months = period.kind === "month" ? 1 : 0;
  const from = earlier(span.from, days, months, zone);
  // A month may be shorter than the one it is held against.
  return { from, to: Math.min(earlier(span.to, days, months, zone), span.from) };
}

/** The same hour some days and months before. */
function earlier(at: number, days: number, months: number, zone: string): number {
  const { year, month, day, hour, minute, second } = wallTime(at, zone);
  return momentAt(zone, year, month - months, day - days, hour) + minute * 60 + second;
}

/** Hours of one day, days of a month, weeks of half a year, else the last months. */
export function partsOf({ from, to }: Span, zone: string): Parts {
  const days = daysBetween(from, to - 1, zone) + 1;
  const kind: PartKind = days <= 1 ? "hour" : days <= MOST.day ? "day" : days <= MOST.week * 7 - 6 ? "week" : "month";
  const starts: number[] = [];
  for (let start = firstOf(kind, from, to, zone); start < to; start = next(kind, start, zone)) {
    starts.push(start);
    if (starts.length > MOST[kind]) break;
  }
  return { kind, starts };
}

function firstOf(kind: PartKind, from: number, to: number, zone: string): number {
  const { year, month, day, hour } = wallTime(from, zone);
  if (kind === "hour") return momentAt(zone, year, month, day, hour);
  if (kind === "day") return momentAt(zone, year, month, day);
  if (kind === "week") return momentAt(zone, year, month, day - weekdayAt(from, zone) + 1);
  const last = wallTime(to - 1, zone);
  const oldest = momentAt(zone, last.year, last.month - MOST.month + 1, 1);
  return Math.max(momentAt(zone, year, month, 1), oldest);
}

function next(kind: PartKind, start: number, zone: string): number {
  if (kind === "hour") return start + HOUR;
  const { year, month, day } = wallTime(start, zone);
  if (kind === "month") return momentAt(zone, year, month + 1, 1);
  return momentAt(zone, year, month, day + (kind === "week" ? 7 : 1));
}
