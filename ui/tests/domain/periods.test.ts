import { boundsOf } from "$lib/domain/periods";
import { expect, test } from "vitest";

const at = (text: string) => Math.floor(new Date(text).getTime() / 1000);
// A Thursday.
const now = at("2026-05-07T15:30:00");

test("a period begins at midnight of this computer and is open towards the present", () => {
  expect(boundsOf({ kind: "today" }, now)).toEqual({ active_from: at("2026-05-07T00:00:00"), active_until: null });
  expect(boundsOf({ kind: "month" }, now).active_from).toBe(at("2026-05-01T00:00:00"));
});

test("weeks begin on Monday, also on a Sunday", () => {
  expect(boundsOf({ kind: "week" }, now).active_from).toBe(at("2026-05-04T00:00:00"));
  expect(boundsOf({ kind: "week" }, at("2026-05-10T09:00:00")).active_from).toBe(at("2026-05-04T00:00:00"));
});

test("both days of a range are included, and an end may be open", () => {
  const range = boundsOf({ kind: "range", from: "2026-04-30", until: "2026-04-30" }, now);
  expect(range).toEqual({ active_from: at("2026-04-30T00:00:00"), active_until: at("2026-05-01T00:00:00") });
  expect(boundsOf({ kind: "range", from: "", until: "2026-12-31" }, now)).toEqual({
    active_from: null,
    active_until: at("2027-01-01T00:00:00"),
  });
});

test("what is no day filters nothing", () => {
  expect(boundsOf({ kind: "range", from: "soon", until: "" }, now)).toEqual({ active_from: null, active_until: null });
  expect(boundsOf(null, now)).toEqual({ active_from: null, active_until: null });
});
