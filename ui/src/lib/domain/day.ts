// The day's two screens, as far as they can be decided from what the core answered. Times are epoch seconds.

import type {
  AccountKey,
  AgentId,
  AssigneesView,
  DayRow,
  HandoverView,
  MorningView,
  RowView,
} from "$lib/rpc/generated/schema";
import { badgesOf, type BadgeKind, type RowBadge } from "./badges";
import { momentAt, wallTime } from "./zone";

/** From then on nobody is expected at the desk, by the property's clock. Hour. */
const EVENING = 18;
/** How long one conversation is looked at. Seconds. */
const A_LOOK = 40;

/** When the last evening began there: the one before this day. */
export function lastEvening(now: number, zone: string): number {
  const { year, month, day } = wallTime(now, zone);
  return momentAt(zone, year, month, day - 1, EVENING);
}

export type DayTime = "morning" | "afternoon" | "evening";

export function dayTime(now: number, zone: string): DayTime {
  const { hour } = wallTime(now, zone);
  if (hour < 12) return "morning";
  return hour < EVENING ? "afternoon" : "evening";
}

export const PARTS = ["urgent", "waiting", "mine", "night", "left"] as const;
export type Part = (typeof PARTS)[number];

export interface Section {
  part: Part;
  rows: readonly DayRow[];
}

/** What somebody can only look at is ticked off; everything else is done when it is no longer there. */
export const isTicked = (part: Part): boolean => part === "mine" || part === "night";

/** The parts that have something, in their order; `whole`: all of the night, not only what is worth a look. */
export function sectionsOf(view: MorningView, whole: boolean): Section[] {
  const night = whole ? view.night : view.night.filter((one) => one.look !== null);
  const rows = { ...view, night };
  const sections = PARTS.map((part) => ({ part, rows: rows[part] }));
  return sections.filter((section) => section.rows.length > 0 || (section.part === "night" && view.night.length > 0));
}

export interface Progress {
  done: number;
  total: number;
  /** Whole minutes for what is left. */
  minutes: number;
}

const isDone = (part: Part, row: DayRow): boolean => isTicked(part) && row.checked;

/** How far the check is: what is shown only because all of the night is does not count. */
export function progressOf(sections: readonly Section[]): Progress {
  const counted = sections.flatMap(({ part, rows }) =>
    rows.filter((row) => part !== "night" || row.look !== null).map((row) => isDone(part, row)),
  );
  const done = counted.filter(Boolean).length;
  return { done, total: counted.length, minutes: Math.ceil(((counted.length - done) * A_LOOK) / 60) };
}

/** The first row that is not done, after the one the person is at. */
export function nextRow(sections: readonly Section[], after: string | null, keyOf: (row: RowView) => string) {
  const open = sections.flatMap(({ part, rows }) =>
    rows.filter((row) => !isDone(part, row) && (part !== "night" || row.look !== null)).map((row) => keyOf(row.row)),
  );
  const at = after === null ? -1 : open.indexOf(after);
  return open[at + 1] ?? open[0] ?? null;
}

const SHOWN: ReadonlySet<BadgeKind> = new Set<BadgeKind>([
  "opted_out",
  "expired",
  "lead",
  "tour",
  "customer",
  "contract",
  "booking",
  "result",
]);
const ROOM = 2;

/** What the section does not say already. */
export function dayBadges(row: RowView): { shown: RowBadge[]; more: RowBadge[] } {
  const { shown, more } = badgesOf(row, false);
  const all = [...shown, ...more].filter((badge) => SHOWN.has(badge.kind));
  return { shown: all.slice(0, ROOM), more: all.slice(ROOM) };
}

/** Those to close: all that look finished, but the ones somebody left out. */
export function toClose(view: HandoverView, leftOut: ReadonlySet<string>, keyOf: (row: RowView) => string): RowView[] {
  return view.finished.map((one) => one.row).filter((row) => !leftOut.has(keyOf(row)));
}

/** Somebody who may take what is mine. */
export interface Receiver {
  key: string;
  name: string;
  id: AgentId;
  /** The properties where they can be given something. */
  accounts: ReadonlySet<AccountKey>;
}

/**
 * Everybody but me, once each: first who is in most properties, then in the order of the desk. Somebody is known by number
 * and name: a server has one number for a person in all its properties.
 */
export function receivers(people: ReadonlyMap<AccountKey, AssigneesView>): Receiver[] {
  const found = new Map<string, Receiver & { accounts: Set<AccountKey> }>();
  for (const [account, { agents }] of people) {
    for (const { id, name, is_me } of agents) {
      if (is_me) continue;
      const key = `${id} ${name}`;
      const one = found.get(key) ?? { key, name, id, accounts: new Set<AccountKey>() };
      one.accounts.add(account);
      found.set(key, one);
    }
  }
  return [...found.values()].toSorted((a, b) => b.accounts.size - a.accounts.size);
}
