/** Until when a conversation can be put off. */

import { momentAt, wallTime, weekdayAt } from "./zone";

/** A conversation put off until another day comes back when the desk is awake. Hour of the property's day. */
const MORNING = 9;

export type SnoozeChoice = "hour" | "tomorrow" | "monday" | "guest";

/** Epoch seconds; mornings are those of the property's `zone`. `null` = until the guest writes. */
export function snoozeUntil(choice: SnoozeChoice, now: number, zone: string): number | null {
  switch (choice) {
    case "hour":
      return now + 3600;
    case "tomorrow":
      return morning(now, 1, zone);
    case "monday":
      return morning(now, 8 - weekdayAt(now, zone), zone);
    case "guest":
      return null;
  }
}

function morning(now: number, days: number, zone: string): number {
  const { year, month, day } = wallTime(now, zone);
  return momentAt(zone, year, month, day + days, MORNING);
}
