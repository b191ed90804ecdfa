// The five views of the list, in the order of the rail and of Ctrl 1 to 5.

import { m } from "$lib/paraglide/messages";
import type { GroupKind, View } from "$lib/rpc/generated/schema";

export const VIEWS: readonly View[] = ["needs_person", "mine", "ai", "all", "closed"];

const names: Record<View, () => string> = {
  needs_person: m.view_needs_person,
  mine: m.view_mine,
  ai: m.view_ai,
  all: m.view_all,
  closed: m.view_closed,
};

export const viewName = (view: View): string => names[view]();

/** What stands over a group: one of the list All, or a view that is one group. */
export type HeadKind = Exclude<GroupKind, "everything"> | "answering_me" | "answering_ai";

/** `null` = nothing stands over it: the view's own name says what it is. */
export function headOf(kind: GroupKind, view: View): HeadKind | null {
  if (kind !== "everything") return kind;
  if (view === "needs_person") return "needs_person";
  if (view === "mine") return "answering_me";
  return view === "ai" ? "answering_ai" : null;
}
