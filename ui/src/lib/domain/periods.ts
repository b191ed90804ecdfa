// Stretches of days to filter by. Days are those of this computer, as rows show them.

/** Both days of a range are included, as `YYYY-MM-DD`; an open end is empty. */
export type Period =
  { kind: "today" } | { kind: "week" } | { kind: "month" } | { kind: "range"; from: string; until: string };

export interface Bounds {
  /** Epoch seconds, included. */
  active_from: number | null;
  /** Epoch seconds, excluded. */
  active_until: number | null;
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** The moments a period lies between, for somebody who asks at `now` (epoch seconds). Weeks begin on Monday. */
export function boundsOf(period: Period | null, now: number): Bounds {
  if (period === null) return { active_from: null, active_until: null };
  if (period.kind === "range") {
    const from = midnight(period.from, 0);
    const until = midnight(period.until, 1);
    return { active_from: from, active_until: until };
  }
  const day = new Date(now * 1000);
  day.setHours(0, 0, 0, 0);
  if (period.kind === "week") day.setDate(day.getDate() - ((day.getDay() + 6) % 7));
  if (period.kind === "month") day.setDate(1);
  return { active_from: seconds(day), active_until: null };
}

/** Midnight at the start of a written day, some days later; nothing for what is no day. */
function midnight(written: string, later: number): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(written);
  if (!parts) return null;
  const date = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + later);
  return Number.isNaN(date.getTime()) ? null : seconds(date);
}
