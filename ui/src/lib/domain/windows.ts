// Bookkeeping of a long list of which only stretches are loaded: pages, order, and what came and went meanwhile.

import type { GroupView, RowView, WindowView } from "$lib/rpc/generated/schema";
import { sameOr } from "./same";
import { refKey } from "./refs";

/** Rows asked for at once: what the tallest window shows, and about as much again. */
export const PAGE = 50;

/** Rows by their place, 0 being the first; only those that were loaded. Work on them must not grow with a list's length. */
type Rows = ReadonlyMap<number, RowView>;

/** A list as far as it is known. */
export interface Snapshot {
  total: number;
  groups: readonly GroupView[];
  rows: Rows;
}

export const EMPTY: Snapshot = { total: 0, groups: [], rows: new Map() };

/** What is loaded, in the list's order. */
export const inOrder = ({ rows }: Snapshot): RowView[] => [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);

/** Numbers of the pages that hold rows `first` to `last`, both included. */
export function pagesOf(first: number, last: number, total: number): number[] {
  if (total === 0) return [0];
  const from = Math.floor(Math.max(0, Math.min(first, total - 1)) / PAGE);
  const to = Math.floor(Math.max(0, Math.min(last, total - 1)) / PAGE);
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

/** Those of the pages that are not loaded whole. */
export function missingPages(snapshot: Snapshot, first: number, last: number): number[] {
  return pagesOf(first, last, snapshot.total).filter((page) => {
    const end = Math.min((page + 1) * PAGE, snapshot.total);
    for (let at = page * PAGE; at < end; at++) if (!snapshot.rows.has(at)) return true;
    return false;
  });
}

/** A list from pages that were answered together. The last answer's total and groups count. */
export function assemble(pages: readonly { page: number; window: WindowView }[], base: Snapshot = EMPTY): Snapshot {
  const newest = pages.at(-1)?.window;
  if (newest === undefined) return base;
  const rows = new Map(base.rows);
  for (const { page, window } of pages) window.rows.forEach((row, at) => rows.set(page * PAGE + at, row));
  for (const at of rows.keys()) if (at >= newest.total) rows.delete(at);
  return { total: newest.total, groups: newest.groups, rows };
}

function byKey(snapshot: Snapshot): Map<string, { row: RowView; index: number }> {
  const found = new Map<string, { row: RowView; index: number }>();
  for (const [index, row] of snapshot.rows) found.set(refKey(row), { row, index });
  return found;
}

const eachRow = (rows: Rows, change: (row: RowView) => RowView): Rows =>
  new Map([...rows].map(([at, row]) => [at, change(row)]));

/** Whether what both know stands in the same places. */
export function sameOrder(shown: Snapshot, next: Snapshot): boolean {
  if (shown.total !== next.total || shown.groups.length !== next.groups.length) return false;
  const grouped = shown.groups.every(
    (group, at) => group.kind === next.groups[at]?.kind && group.count === next.groups[at]?.count,
  );
  if (!grouped) return false;
  return [...next.rows].every(([at, row]) => {
    const there = shown.rows.get(at);
    return there === undefined || refKey(row) === refKey(there);
  });
}

/** The shown order with the newest content of each row: for while the pointer is over the list. */
export function refreshInPlace(shown: Snapshot, next: Snapshot): Snapshot {
  const known = byKey(next);
  return { ...shown, rows: eachRow(shown.rows, (row) => known.get(refKey(row))?.row ?? row) };
}

/** `next`, with the very rows of `shown` where nothing about them is new: an unchanged row is not drawn again. */
export function reuseRows(shown: Snapshot, next: Snapshot): Snapshot {
  const known = byKey(shown);
  const same = (row: RowView) => {
    const before = known.get(refKey(row))?.row;
    return before === undefined ? row : sameOr(before, row);
  };
  return { ...next, rows: eachRow(next.rows, same) };
}

/** How many conversations came, or came up with something new, that the shown order does not have in place. */
export function arrivals(shown: Snapshot, next: Snapshot): number {
  const known = byKey(shown);
  let count = 0;
  for (const [index, row] of next.rows) {
    const before = known.get(refKey(row));
    const moved = before !== undefined && index < before.index && row.last_activity_at > before.row.last_activity_at;
    if (before === undefined ? shown.rows.has(index) || index >= shown.total : moved) count++;
  }
  return count;
}

/** Keys of shown rows that the list does not have any more. */
export function departures(shown: Snapshot, next: Snapshot): Set<string> {
  const known = byKey(next);
  const gone = new Set<string>();
  for (const [index, row] of shown.rows) {
    // Only where the same stretch was asked for again can an absence be told from "not loaded".
    const asked = next.rows.has(index) || index >= next.total;
    if (asked && !known.has(refKey(row))) gone.add(refKey(row));
  }
  return gone;
}
