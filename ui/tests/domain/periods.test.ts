import { boundsOf } from "$lib/domain/periods";
import { computerZone, momentAt } from "$lib/domain/zone";
import { expect, test } from "vitest";

const at = (text: string) => Math.floor(new Date(text).getTime() / 1000);
const here = computerZone();
// A Thursday.
const now = at("2026-05-07T15:30:00");

test("a period begins at midnight of the place and is open towards the present", () => {
  expect(boundsOf({ kind: "today" }, now, here)).toEqual({
    active_from: at("2026-05-07T00:00:00"),
    active_until: null,
  });
  expect(boundsOf({ kind: "month" }, now, here).active_from).toBe(at("2026-05-01T00:00:00"));
});

test("weeks begin on Monday, also on a Sunday", () => {
  expect(boundsOf({ kind: "week" }, now, here).active_from).toBe(at("2026-05-04T00:00:00"));
  expect(boundsOf({ kind: "week" }, at("2026-05-10T09:00:00"), here).active_from).toBe(at("2026-05-04T00:00:00"));
});

test("both days of a range are included, and an end may be open", () => {
  const range = boundsOf({ kind: "range", from: "2026-04-30", until: "2026-04-30" }, now, here);
  expect(range).toEqual({ active_from: at("2026-04-30T00:00:00"), active_until: at("2026-05-01T00:00:00") });
  expect(boundsOf({ kind: "range", from: "", until: "2026-12-31" }, now, here)).toEqual({
    active_from: null,
    active_until: at("2027-01-01T00:00:00"),
  });
});

test("what is no day filters nothing", () => {
  expect(boundsOf({ kind: "range", from: "soon", until: "" }, now, here)).toEqual({
    active_from: null,
    active_until: null,
  });
  expect(boundsOf(null, now, here)).toEqual({ active_from: null, active_until: null });
});

test("days are those of the property", () => {
  // In Auckland it is Friday already; its clock went back on the first Sunday of April.
  const bounds = boundsOf({ kind: "today" }, momentAt("UTC", 2026, 5, 7, 15), "Pacific/Auckland");
  expect(bounds.active_from).toBe(momentAt("UTC", 2026, 5, 7, 12));
  const week = boundsOf({ kind: "week" }, momentAt("UTC", 2026, 4, 5, 3), "Pacific/Auckland");
  expect(week.active_from).toBe(momentAt("UTC", 2026, 3, 29, 11));
});
