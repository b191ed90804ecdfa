import {
  EMPTY,
  PAGE,
  arrivals,
  assemble,
  departures,
  missingPages,
  pagesOf,
  refreshInPlace,
  inOrder,
  reuseRows,
  sameOrder,
} from "$lib/domain/windows";
import type { RowView } from "$lib/rpc/generated/schema";
import { describe, expect, it } from "vitest";
import { row } from "./row";

const window = (total: number, rows: RowView[]) => ({
  total,
  groups: [{ kind: "everything" as const, count: total }],
  rows,
});
const list = (...rows: RowView[]) => assemble([{ page: 0, window: window(rows.length, rows) }]);
const page = (number: number, total: number) =>
  window(
    total,
    Array.from({ length: Math.min(PAGE, total - number * PAGE) }, (_, at) => row(number * PAGE + at)),
  );

describe("pages", () => {
  it("covers the rows that are seen", () => {
    expect(pagesOf(0, 12, 5000)).toEqual([0]);
    expect(pagesOf(PAGE - 5, PAGE + 10, 5000)).toEqual([0, 1]);
    expect(pagesOf(5 * PAGE - 20, 9999, 5 * PAGE)).toEqual([4]);
    expect(pagesOf(0, 0, 0)).toEqual([0]);
  });

  it("asks only for pages with a hole", () => {
    const total = 3 * PAGE + 20;
    const shown = assemble([{ page: 1, window: page(1, total) }]);
    expect([shown.total, shown.rows.size]).toEqual([total, PAGE]);
    expect(missingPages(shown, PAGE - 10, 2 * PAGE + 10)).toEqual([0, 2]);
    expect(missingPages(assemble([{ page: 0, window: page(0, total) }], shown), PAGE - 10, 2 * PAGE - 1)).toEqual([]);
    expect(missingPages(EMPTY, 0, 10)).toEqual([]);
  });
});

describe("a list of which stretches are loaded", () => {
  const total = 3 * PAGE;
  const pages = [2, 0].map((number) => ({ page: number, window: page(number, total) }));

  it("has what is loaded in its order, however it came", () => {
    const ids = inOrder(assemble(pages)).map((one) => one.id);
    expect([ids.length, ids[0], ids[PAGE], ids.at(-1)]).toEqual([2 * PAGE, 0, 2 * PAGE, total - 1]);
  });

  it("keeps nothing behind the end of one that became shorter", () => {
    const shorter = assemble([{ page: 0, window: page(0, PAGE + 2) }], assemble(pages));
    expect([shorter.total, shorter.rows.size]).toEqual([PAGE + 2, PAGE]);
  });
});

describe("while the order stands still", () => {
  const shown = list(row(1), row(2), row(3));

  it("sees what moved", () => {
    expect(sameOrder(shown, list(row(1, { unread: 2 }), row(2), row(3)))).toBe(true);
    expect(sameOrder(shown, list(row(2), row(1), row(3)))).toBe(false);
    expect(sameOrder(shown, list(row(1), row(2)))).toBe(false);
  });

  it("hands on the very row where nothing about it is new", () => {
    const next = reuseRows(shown, list(row(2), row(1, { unread: 2 }), row(3)));
    expect(inOrder(next).map((one) => one.id)).toEqual([2, 1, 3]);
    expect(next.rows.get(0)).toBe(shown.rows.get(1));
    expect(next.rows.get(1)?.unread).toBe(2);
  });

  it("renews the content of rows where they are", () => {
    const fresh = refreshInPlace(shown, list(row(3), row(1, { unread: 5 }), row(2)));
    expect(inOrder(fresh).map((one) => one.id)).toEqual([1, 2, 3]);
    expect(fresh.rows.get(0)?.unread).toBe(5);
  });

  it("counts those that came and those that came up", () => {
    expect(arrivals(shown, list(row(4), row(1), row(2), row(3)))).toBe(1);
    expect(arrivals(shown, list(row(3, { last_activity_at: 5000 }), row(1), row(2)))).toBe(1);
    expect(arrivals(shown, list(row(2), row(3)))).toBe(0);
  });

  it("knows those that left", () => {
    expect([...departures(shown, list(row(1), row(3)))]).toEqual(["1:2"]);
    expect(departures(shown, list(row(4), row(1), row(2), row(3))).size).toBe(0);
  });
});
