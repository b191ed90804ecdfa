// The words of the numbers: periods, changes, what they rest on, and which number is which.

import { changeOf, numberWords } from "$lib/domain/figures";
import type { PartKind, Span } from "$lib/domain/spans";
import { withoutComma, written } from "$lib/domain/time";
import { calendarDate } from "$lib/domain/timeline-days";
import { dayNumber, wallTime } from "$lib/domain/zone";
import { m } from "$lib/paraglide/messages";
import { getLocale } from "$lib/paraglide/runtime";
import { formatLocale } from "$lib/domain/language";
import type { BehindNumber, Figure } from "$lib/rpc/generated/schema";

/** `8 May 2026`, `1–8 May 2026`, `– 8 May 2026` where no first day is named; both days included. */
export function spanWords({ from, to }: Span, zone: string): string {
  const last = to - 1;
  if (from === 0) return `– ${calendarDate(last, zone)}`;
  if (dayNumber(from, zone) === dayNumber(last, zone)) return calendarDate(last, zone);
  const shape = { day: "numeric", month: "long", year: "numeric", timeZone: zone } as const;
  return new Intl.DateTimeFormat(formatLocale(getLocale()), shape).formatRange(from * 1000, last * 1000);
}

/** `up 41`, `down 0.6`; nothing where nothing changed or nothing is known. */
export function changeWords(now: number | null, before: number | null): string | null {
  const change = changeOf(now, before);
  if (change === null || change === 0) return null;
  const count = numberWords(Math.abs(change));
  return change > 0 ? m.statistics_up({ count }) : m.statistics_down({ count });
}

/** `9 more than before` */
export function comparedWords(now: number, before: number | null): string | null {
  if (before === null) return null;
  const count = numberWords(Math.abs(now - before));
  if (now === before) return m.statistics_same();
  return now > before ? m.statistics_more({ count }) : m.statistics_fewer({ count });
}

const PER: Record<PartKind, () => string> = {
  hour: m.statistics_per_hour,
  day: m.statistics_per_day,
  week: m.statistics_per_week,
  month: m.statistics_per_month,
};

/** `Conversations per day` */
export const perWords = (kind: PartKind): string => PER[kind]();

/** What stands under a bar: `09`, `Fri 1` where there is room, `1`, `4 May`, `May`. */
export function partWords(kind: PartKind, start: number, zone: string, roomy: boolean): string {
  const { day, hour } = wallTime(start, zone);
  if (kind === "hour") return String(hour).padStart(2, "0");
  if (kind === "week") return written("day", start, zone);
  if (kind === "day" && !roomy) return String(day);
  const shape: Intl.DateTimeFormatOptions = kind === "day" ? { weekday: "short", day: "numeric" } : { month: "short" };
  const words = new Intl.DateTimeFormat(formatLocale(getLocale()), { ...shape, timeZone: zone }).format(start * 1000);
  return withoutComma(words);
}

const NAMES: Record<Figure, () => string> = {
  conversations: m.statistics_total,
  asked: m.statistics_total,
  answered_at_once: m.statistics_response,
  faqs_by_ai: m.statistics_faqs,
  transfers: m.statistics_transfers,
  leads: m.statistics_leads,
  leads_booked: m.statistics_conversion,
  bookings: m.statistics_bookings,
  customers: m.statistics_customers,
  tours: m.statistics_tours,
  contracts: m.statistics_contracts,
};

export const figureName = (figure: Figure): string => NAMES[figure]();

export const behindName = (number: BehindNumber): string =>
  number.number === "late" ? m.statistics_late_title() : figureName(number.figure);
