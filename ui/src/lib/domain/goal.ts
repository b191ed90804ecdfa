// How long a guest may wait for a person, and how much of it is left. Seconds.

import { m } from "$lib/paraglide/messages";
import type { RowView } from "$lib/rpc/generated/schema";

/** From here on the words turn to brass. */
const SOON = 5 * 60;

export interface Goal {
  /** Negative once it is over. */
  left: number;
  /** Of the whole time: 1 at the start, 0 at the end and later. */
  share: number;
  tone: "calm" | "soon" | "over";
}

type Waiting = Pick<RowView, "waiting_since" | "answer_due">;

/** Only a guest who waits has a goal. */
export function goalOf(row: Waiting, now: number): Goal | null {
  if (row.answer_due === null || row.waiting_since === null) return null;
  const whole = row.answer_due - row.waiting_since;
  const left = Math.min(whole, row.answer_due - now);
  const tone = left <= 0 ? "over" : left < SOON ? "soon" : "calm";
  return { left, share: Math.max(0, Math.min(1, left / whole)), tone };
}

/** `4 min left`, `38 min`, `1 h 36`, `Overdue 3 min` */
export function goalWords({ left, tone }: Goal): string {
  const minutes = tone === "over" ? Math.floor(-left / 60) : Math.ceil(left / 60);
  if (tone === "over") {
    if (minutes < 60) return m.goal_over_minutes({ minutes });
    const hours = Math.floor(minutes / 60);
    return hours < 24 ? m.goal_over_hours({ hours }) : m.goal_over_days({ count: Math.floor(hours / 24) });
  }
  if (tone === "soon") return m.goal_left_minutes({ minutes });
  if (minutes < 60) return m.goal_minutes({ minutes });
  return m.goal_hours({ hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, "0") });
}
