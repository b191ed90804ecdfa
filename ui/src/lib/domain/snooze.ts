/** Until when a conversation can be put off. */

/** A conversation put off until another day comes back when the desk is awake. Hour of the local day. */
const MORNING = 9;

export type SnoozeChoice = "hour" | "tomorrow" | "monday" | "guest";

/** Epoch seconds, in local time; `null` = until the guest writes. */
export function snoozeUntil(choice: SnoozeChoice, now: number): number | null {
  const date = new Date(now * 1000);
  switch (choice) {
    case "hour":
      return now + 3600;
    case "tomorrow":
      return morning(date, 1);
    case "monday":
      return morning(date, 8 - (date.getDay() || 7));
    case "guest":
      return null;
  }
}

function morning(date: Date, days: number): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, MORNING).getTime() / 1000;
}
