import { describe, expect, it } from "vitest";
import { filterOf, isShown, moved, readViewsFile, viewsFile, type Shown } from "$lib/domain/saved-views";
import type { SavedViewView } from "$lib/rpc/generated/schema";
import { NO_FILTER } from "$lib/state/filters.svelte";

const shown: Shown = {
  view: "all",
  account: null,
  chosen: { ...NO_FILTER, statuses: ["lead", "unread"], active_from: 12 },
  period: { kind: "week" },
};
const saved = (id: number, change: Partial<SavedViewView> = {}): SavedViewView => ({
  view: { account: 1, id, shared: false },
  name: `View ${id}`,
  may_change: true,
  filter: filterOf(shown),
  unknown: [],
  ...change,
});

describe("a saved view", () => {
  it("keeps the days as they were chosen, not the moments they meant then", () => {
    expect(filterOf(shown).filter.active_from).toBeNull();
    expect(filterOf(shown).period).toEqual({ kind: "week" });
  });

  it("is shown when the list is narrowed the same, whatever was ticked first", () => {
    const turned = { ...shown, chosen: { ...shown.chosen, statuses: ["unread" as const, "lead" as const] } };
    expect(isShown(saved(1), turned)).toBe(true);
    expect(isShown(saved(1), { ...shown, view: "mine" })).toBe(false);
    expect(isShown(saved(1), { ...shown, period: null })).toBe(false);
    expect(isShown(saved(1, { filter: null, unknown: ["priority"] }), shown)).toBe(false);
  });

  it("of one property is not that of another", () => {
    const one = saved(1, { filter: filterOf({ ...shown, account: 1 }) });
    expect(isShown(one, { ...shown, account: 1 })).toBe(true);
    expect(isShown(one, { ...shown, account: 2 })).toBe(false);
    expect(isShown(one, shown)).toBe(false);
  });

  it("moves one place, and not past an end", () => {
    const all = [saved(1), saved(2), saved(3)];
    const ids = (views: SavedViewView[]) => views.map(({ view }) => view.id);
    expect(ids(moved(all, "1:own:1", 1))).toEqual([2, 1, 3]);
    expect(ids(moved(all, "1:own:3", -1))).toEqual([1, 3, 2]);
    expect(ids(moved(all, "1:own:3", 1))).toEqual([1, 2, 3]);
    expect(ids(moved(all, "1:team:1", 1))).toEqual([1, 2, 3]);
  });

  it("travels in a file; what is no such file is refused whole", () => {
    const text = viewsFile([saved(1), saved(2, { filter: null, unknown: ["priority"] })]);
    expect(readViewsFile(text)).toEqual([{ name: "View 1", filter: filterOf(shown) }]);
    expect(readViewsFile("not JSON")).toBeNull();
    expect(readViewsFile('{"deskbell_views":2,"views":[]}')).toBeNull();
    expect(readViewsFile('{"deskbell_views":1,"views":[{"name":7}]}')).toEqual([]);
  });
});
