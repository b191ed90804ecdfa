// Stretches of days to filter by. Days are those of the property, as rows show them.

import { momentAt, wallTime, weekdayAt } from "./zone";

/** Both days of a range are included, as `YYYY-MM-DD`; an open end is empty. */
export type Period =
  { kind: "today" } | { kind: "week" } | { kind: "month" } | { kind: "range"; from: string; until: string };

export interface Bounds {
  /** Epoch seconds, included. */
  active_from: number | null;
  /** Epoch seconds, excluded. */
  active_until: number | null;
}

/** The moments a period lies between, for somebody who asks at `now` (epoch seconds), in `zone`. Weeks begin on Monday. */
export function boundsOf(period: Period | null, now: number, zone: string): Bounds {
  if (period === null) return { active_from: null, active_until: null };
  if (period.kind === "range") {
    const from = midnight(period.from, 0, zone);
    const until = midnight(period.until, 1, zone);
    return { active_from: from, active_until: until };
  }
  const { year, month, day } = wallTime(now, zone);
  const first = { today: day, week: day - weekdayAt(now, zone) + 1, month: 1 }[period.kind];
  return { active_from: momentAt(zone, year, month, first), active_until: null };
}

/** Midnight at the start of a written day, some days later; nothing for what is no day. */
function midnight(written: string, later: number, zone: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(written);
  if (!parts) return null;
  return momentAt(zone, Number(parts[1]), Number(parts[2]), Number(parts[3]) + later);
}
