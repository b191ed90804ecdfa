// Saved views as plain values: what is kept of the list as it stands, their order, and the file they travel in.

import type { Period } from "$lib/domain/periods";
import type { AccountKey, ListFilter, SavedViewView, View, ViewFilter, ViewRef } from "$lib/rpc/generated/schema";

/** What the list shows now. */
export interface Shown {
  view: View;
  account: AccountKey | null;
  chosen: ListFilter;
  period: Period | null;
}

export const viewKey = (view: ViewRef): string => `${view.account}:${view.shared ? "team" : "own"}:${view.id}`;

export function filterOf(shown: Shown): ViewFilter {
  return {
    view: shown.view,
    filter: { ...shown.chosen, active_from: null, active_until: null },
    period: shown.period,
    all_properties: shown.account === null,
  };
}

/** Whether the list shows just what this view does. */
export function isShown(saved: SavedViewView, shown: Shown): boolean {
  if (saved.filter === null) return false;
  const account = shown.account === null || shown.account === saved.view.account;
  return account && JSON.stringify(inOrder(saved.filter)) === JSON.stringify(inOrder(filterOf(shown)));
}

/** Ticking in another order is no other filter. */
function inOrder({ view, filter, period, all_properties }: ViewFilter): unknown {
  const { channels, statuses, topics, labels, assigned } = filter;
  const lists = [channels, statuses, topics, labels, assigned].map((list) => [...list].sort());
  return [view, lists, period && { ...period }, all_properties];
}

/** The views with one moved up (-1) or down (1). */
export function moved(views: readonly SavedViewView[], key: string, by: -1 | 1): SavedViewView[] {
  const at = views.findIndex((one) => viewKey(one.view) === key);
  const to = at + by;
  const next = [...views];
  const [one] = at >= 0 && to >= 0 && to < views.length ? next.splice(at, 1) : [];
  if (one) next.splice(to, 0, one);
  return next;
}

interface NamedFilter {
  name: string;
  filter: ViewFilter;
}

const VERSION = 1;

/** The file of all views that can be applied here. */
export function viewsFile(views: readonly SavedViewView[]): string {
  const known = views.flatMap(({ name, filter }): NamedFilter[] => (filter === null ? [] : [{ name, filter }]));
  return JSON.stringify({ deskbell_views: VERSION, views: known }, null, 2);
}

/** The views in a file; nothing for what is no file of views. What a view may hold is the core's to check. */
export function readViewsFile(text: string): NamedFilter[] | null {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(read) || read["deskbell_views"] !== VERSION || !Array.isArray(read["views"])) return null;
  return read["views"].filter(
    (one): one is NamedFilter => isRecord(one) && typeof one["name"] === "string" && isRecord(one["filter"]),
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
