// Sentences of the day's two screens. Decisions are made in lib/domain.

import type { Part } from "$lib/domain/day";
import { previewAuthor, previewText } from "$lib/domain/rows";
import { clockTime, withoutComma, written } from "$lib/domain/time";
import { daysBetween, zoneOf } from "$lib/domain/zone";
import { m } from "$lib/paraglide/messages";
import type { DayRow, EndedRow, Look, MorningView, RowView } from "$lib/rpc/generated/schema";
import type { IconName } from "$components/ui/icons";

const DAY = 86_400;

export const PART_NAMES: Record<Part, () => string> = {
  urgent: m.day_urgent,
  waiting: m.day_waiting,
  mine: m.day_mine,
  night: m.day_night,
  left: m.day_left,
};

export const PART_ICONS: Record<Part, IconName> = {
  urgent: "concierge-bell",
  waiting: "clock",
  mine: "user",
  night: "sparkles",
  left: "hand",
};

/** In little space. */
export const partShort = (part: Part): string => (part === "night" ? m.day_night_short() : PART_NAMES[part]());

/** "09:46" today, "Wednesday, 09:46" earlier, by the clock of that place. */
export function moment(at: number, now: number, zone: string): string {
  const days = daysBetween(at, now, zone);
  const time = clockTime(at, zone);
  if (days <= 0) return time;
  return `${written(days < 7 ? "weekday" : "day", at, zone)}, ${time}`;
}

/** "Friday 8 May, 07:02." */
export const today = (now: number, zone: string): string =>
  m.day_moment({ date: withoutComma(written("weekdayAndDay", now, zone)), time: clockTime(now, zone) });

/** What the AI did alone; empty for nothing. */
export function answeredWords({ answered, since }: MorningView, now: number, zone: string): string {
  if (answered === 0) return "";
  return now - since <= DAY
    ? m.day_answered({ count: answered })
    : m.day_answered_since({ count: answered, time: moment(since, now, zone) });
}

/** What stands under a guest's name: an author, where there is one to name, and words. */
export interface Line {
  by?: string;
  text: string;
}

const preview = ({ preview, named }: RowView): Line => ({
  by: previewAuthor(preview, named) || undefined,
  text: previewText(preview),
});

export function morningLine(part: Part, one: DayRow, now: number): Line {
  const zone = zoneOf(one.row.timezone);
  switch (part) {
    case "urgent":
    case "waiting":
      return waitingLine(one.row, now, zone);
    case "night":
      return nightLine(one);
    case "left":
      return leftLine(one.row, now, zone);
    case "mine":
      return preview(one.row);
  }
}

function waitingLine(row: RowView, now: number, zone: string): Line {
  const said = row.reason ?? previewText(row.preview);
  const since = row.waiting_since === null ? "" : m.day_waits_since({ time: moment(row.waiting_since, now, zone) });
  return { text: [said, since].filter(Boolean).join(" · ") };
}

const LOOKS: Partial<Record<Look, () => string>> = { unsure: m.day_unsure, proposal: m.day_proposed };

function nightLine({ row, look, about }: DayRow): Line {
  const what = look === null ? undefined : LOOKS[look]?.();
  if (what === undefined) return preview(row);
  return { text: about ? m.day_about({ what, about }) : what };
}

function leftLine(row: RowView, now: number, zone: string): Line {
  const named = row.who_name === null ? m.answer_somebody() : m.answer_other({ name: row.who_name });
  const who = row.who_is_me ? m.answer_you() : named;
  if (row.said_at === null) return { text: who };
  return { text: m.day_left_since({ who, time: moment(row.said_at, now, zone) }) };
}

/** Why it looks finished, or else what was said last. */
export function endedLine({ row, finished, guest_at }: EndedRow, now: number): Line {
  const zone = zoneOf(row.timezone);
  const at = finished === "thanked" ? guest_at : row.said_at;
  if (finished === null || at === null) return preview(row);
  const time = moment(at, now, zone);
  return { text: finished === "thanked" ? m.day_thanked({ time }) : m.day_silent({ time }) };
}
