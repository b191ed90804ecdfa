import { dayBadges, dayTime, lastEvening, nextRow, progressOf, receivers, sectionsOf, toClose } from "$lib/domain/day";
import { refKey } from "$lib/domain/refs";
import type { AssigneeView, DayRow, HandoverView, Look, MorningView } from "$lib/rpc/generated/schema";
import { describe, expect, it } from "vitest";
import { row } from "./row";

const at = (iso: string) => Date.parse(iso) / 1000;
const one = (id: number, checked = false, look: Look | null = null): DayRow => ({
  row: row(id),
  checked,
  look,
  about: null,
});
const morning = (given: Partial<MorningView>): MorningView => ({
  since: 0,
  answered: given.night?.length ?? 0,
  in_need: 0,
  urgent: [],
  waiting: [],
  mine: [],
  night: [],
  left: [],
  notes: [],
  ...given,
});

describe("when it is", () => {
  it("takes the evening before this day, by the property's clock", () => {
    expect(lastEvening(at("2026-05-08T05:02:00Z"), "Europe/Zurich")).toBe(at("2026-05-07T16:00:00Z"));
    expect(lastEvening(at("2026-05-07T23:30:00Z"), "Europe/Zurich"), "after midnight there").toBe(
      at("2026-05-07T16:00:00Z"),
    );
    expect(lastEvening(at("2026-05-08T20:00:00Z"), "Europe/Zurich"), "not the one that begins").toBe(
      at("2026-05-07T16:00:00Z"),
    );
    expect(lastEvening(at("2026-03-29T08:00:00Z"), "Europe/Zurich"), "the clock changed at night").toBe(
      at("2026-03-28T17:00:00Z"),
    );
  });

  it("greets as the property's clock says", () => {
    const greet = (iso: string) => dayTime(at(iso), "Europe/Zurich");
    expect([greet("2026-05-08T09:59:59Z"), greet("2026-05-08T10:00:00Z")]).toEqual(["morning", "afternoon"]);
    expect([greet("2026-05-08T15:59:59Z"), greet("2026-05-08T16:00:00Z")]).toEqual(["afternoon", "evening"]);
  });
});

describe("the check", () => {
  const view = morning({
    urgent: [one(1)],
    mine: [one(2, true), one(3)],
    night: [one(4, false, "lead"), one(5), one(6, true, "result")],
  });
  const worth = sectionsOf(view, false);

  it("has the parts that have something, and of the night what is worth a look", () => {
    const shown = worth.map(({ part, rows }) => [part, rows.map(({ row: { id } }) => id)]);
    expect(shown).toEqual([
      ["urgent", [1]],
      ["mine", [2, 3]],
      ["night", [4, 6]],
    ]);
    expect(sectionsOf(view, true)[2]?.rows).toHaveLength(3);
    expect(sectionsOf(morning({ night: [one(5)] }), false), "the whole of it can still be asked for").toHaveLength(1);
    expect(sectionsOf(morning({}), true)).toEqual([]);
  });

  it("counts what can be ticked and what is still there, and never what is only shown", () => {
    expect(progressOf(worth)).toEqual({ done: 2, total: 5, minutes: 2 });
    expect(progressOf(sectionsOf(view, true))).toEqual(progressOf(worth));
    expect(progressOf([])).toEqual({ done: 0, total: 0, minutes: 0 });
  });

  it("goes on with the next that is open, and begins again after the last", () => {
    expect(nextRow(worth, null, refKey)).toBe("1:1");
    expect(nextRow(worth, "1:1", refKey)).toBe("1:3");
    expect(nextRow(worth, "1:3", refKey)).toBe("1:4");
    expect(nextRow(worth, "1:4", refKey)).toBe("1:1");
    expect(nextRow([], null, refKey)).toBeNull();
  });
});

it("shows no badge that its part says already", () => {
  const booking = { kind: "booking", label: "R-1", url: null };
  const busy = row(1, { escalated: true, who: { kind: "waiting" }, is_new: true, lead: true, conversions: [booking] });
  expect(dayBadges(busy).shown.map((badge) => badge.kind)).toEqual(["lead", "booking"]);
});

it("closes what looks finished but for what was left out", () => {
  const finished = [1, 2, 3].map((id) => ({ row: row(id), finished: "thanked" as const, guest_at: 1 }));
  const view: HandoverView = { mine: [], promised: [], finished };
  expect(toClose(view, new Set(["1:2"]), refKey).map(({ id }) => id)).toEqual([1, 3]);
});

it("offers everybody else once, by number and name, whoever is in most properties first", () => {
  const agent = (id: number, name: string, is_me = false): AssigneeView => ({
    id,
    name,
    is_me,
    availability: "online",
    open: 0,
  });
  const people = new Map([
    [1, { agents: [agent(1, "Nadia", true), agent(2, "Jonas"), agent(3, "Sofia")], teams: [] }],
    [2, { agents: [agent(1, "Nadia", true), agent(3, "Sofia"), agent(2, "Sofia")], teams: [] }],
  ]);
  const offered = receivers(people).map(({ name, id, accounts }) => [name, id, [...accounts]]);
  expect(offered).toEqual([
    ["Sofia", 3, [1, 2]],
    ["Jonas", 2, [1]],
    ["Sofia", 2, [2]],
  ]);
});
