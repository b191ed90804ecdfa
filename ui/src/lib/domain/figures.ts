// How numbers are written, and what they are held against. Pure.

import { getLocale } from "$lib/paraglide/runtime";
import type { GoalView, StatisticsView } from "$lib/rpc/generated/schema";
import { formatLocale } from "./language";
import type { Span } from "./spans";

/** `1,204` */
export const numberWords = (value: number): string =>
  new Intl.NumberFormat(formatLocale(getLocale()), { maximumFractionDigits: 1 }).format(value);

/** `12.0%`; nothing of nothing is no share. */
export function shareWords(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const shape = { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(formatLocale(getLocale()), shape).format(part / whole);
}

/** In hundredths, with one decimal, as they are written; `null` = nothing to take a share of. */
export const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1000) / 10;

/** Everything that happened in that stretch is in these numbers. */
export const isSure = (numbers: StatisticsView, span: Span): boolean =>
  numbers.whole === numbers.known && (numbers.since === null || numbers.since <= span.from);

/** What is sure on both sides is held against each other; anything else says nothing. */
export function changeOf(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : Math.round((now - before) * 10) / 10;
}

/** How many of the answers came in time, in whole hundredths; `null` = there were none. */
export function metShare({ met, missed }: GoalView): number | null {
  const all = met + missed;
  // Nobody is told "100 %" while one was missed.
  return all === 0 ? null : Math.floor((met / all) * 100);
}

/** Where an axis ends, so that its half is a whole number, too. */
export function axisEnd(most: number): number {
  for (let ten = 1; ; ten *= 10) {
    for (const step of [2, 4, 6, 10]) if (step * ten >= most) return step * ten;
  }
}
