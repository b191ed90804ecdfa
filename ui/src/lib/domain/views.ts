// The five views of the list, in the order of the rail and of Ctrl 1 to 5.

import { m } from "$lib/paraglide/messages";
import type { View } from "$lib/rpc/generated/schema";

export const VIEWS: readonly View[] = ["needs_person", "mine", "ai", "all", "closed"];

const names: Record<View, () => string> = {
  needs_person: m.view_needs_person,
  mine: m.view_mine,
  ai: m.view_ai,
  all: m.view_all,
  closed: m.view_closed,
};

export const viewName = (view: View): string => names[view]();
