// What is said about saved views.

import { m } from "$lib/paraglide/messages";
import type { SavedViewView } from "$lib/rpc/generated/schema";
import type { ViewResult } from "$lib/state/views.svelte";

/** Why a change of a view was not made; empty when it was. */
export function resultWords(result: ViewResult): string {
  switch (result) {
    case "done":
      return "";
    case "offline":
      return m.views_offline();
    case "not_allowed":
      return m.views_not_allowed();
    case "refused":
      return m.views_refused();
    case "failed":
      return m.views_failed();
  }
}

const KNOWN: Record<string, () => string> = {
  status: m.views_key_status,
  priority: m.views_key_priority,
  inbox_id: m.views_key_inbox,
  team_id: m.views_key_team,
  assignee_id: m.views_key_assignee,
  labels: m.views_key_labels,
  created_at: m.views_key_created,
  last_activity_at: m.views_key_activity,
  country_code: m.views_key_country,
  browser_language: m.views_key_language,
  deskbell: m.views_key_newer,
};

/** Why a view is not applied: all it filters by that this list cannot. */
export function unknownWords(saved: SavedViewView): string {
  const keys = saved.unknown.map((key) => KNOWN[key]?.() ?? key);
  return m.views_unknown({ name: saved.name, keys: keys.join(", ") });
}
