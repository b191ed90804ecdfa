import { partsOf, spanBefore, spanOf } from "$lib/domain/spans";
import { momentAt } from "$lib/domain/zone";
import { describe, expect, it } from "vitest";

const ZONE = "Europe/Zurich";
const at = (month: number, day: number, hour = 0) => momentAt(ZONE, 2026, month, day, hour);
/** A Friday. */
const now = at(5, 8, 10);

describe("a period", () => {
  it("goes as far as now", () => {
    expect(spanOf({ kind: "today" }, now, ZONE)).toEqual({ from: at(5, 8), to: now + 1 });
    expect(spanOf({ kind: "week" }, now, ZONE)).toEqual({ from: at(5, 4), to: now + 1 });
    expect(spanOf({ kind: "month" }, now, ZONE)).toEqual({ from: at(5, 1), to: now + 1 });
    const days = { kind: "range", from: "2026-05-02", until: "2026-05-31" } as const;
    expect(spanOf(days, now, ZONE)).toEqual({ from: at(5, 2), to: now + 1 });
  });

  it("ends with its last day, and begins with the first one where none is named", () => {
    const days = { kind: "range", from: "", until: "2026-05-03" } as const;
    expect(spanOf(days, now, ZONE)).toEqual({ from: 0, to: at(5, 4) });
  });
});

describe("what it is held against", () => {
  const before = (kind: "today" | "week" | "month") => spanBefore({ kind }, spanOf({ kind }, now, ZONE), ZONE);

  it("is as long, and as far into its day", () => {
    expect(before("today")).toEqual({ from: at(5, 7), to: at(5, 7, 10) + 1 });
    expect(before("week")).toEqual({ from: at(4, 27), to: at(5, 1, 10) + 1 });
    expect(before("month")).toEqual({ from: at(4, 1), to: at(4, 8, 10) + 1 });
  });

  it("stays before the period where last month was shorter", () => {
    const late = at(5, 31, 10);
    expect(spanBefore({ kind: "month" }, spanOf({ kind: "month" }, late, ZONE), ZONE)).toEqual({
      from: at(4, 1),
      to: at(5, 1),
    });
  });

  it("is as many days for days of one's own, and nothing where there was no first", () => {
    const days = { kind: "range", from: "2026-05-02", until: "2026-05-04" } as const;
    expect(spanBefore(days, spanOf(days, now, ZONE), ZONE)).toEqual({ from: at(4, 29), to: at(5, 2) });
    const open = { kind: "range", from: "", until: "2026-05-04" } as const;
    expect(spanBefore(open, spanOf(open, now, ZONE), ZONE)).toBeNull();
  });
});

describe("the parts of a chart", () => {
  it("are hours, days, weeks or months, as there is room", () => {
    const today = partsOf(spanOf({ kind: "today" }, now, ZONE), ZONE);
    expect([today.kind, today.starts.length]).toEqual(["hour", 11]);
    const month = partsOf(spanOf({ kind: "month" }, now, ZONE), ZONE);
    expect([month.kind, month.starts.length, month.starts[7]]).toEqual(["day", 8, at(5, 8)]);
    const weeks = partsOf({ from: at(2, 3), to: now }, ZONE);
    expect([weeks.kind, weeks.starts[0]]).toEqual(["week", at(2, 2)]);
    const all = partsOf({ from: 0, to: now }, ZONE);
    expect([all.kind, all.starts.length, all.starts.at(-1)]).toEqual(["month", 36, at(5, 1)]);
  });

  it("follow the calendar over a change of the clock", () => {
    const march = partsOf({ from: at(3, 28), to: at(3, 31) }, ZONE);
    expect(march.starts).toEqual([at(3, 28), at(3, 29), at(3, 30)]);
  });
});
