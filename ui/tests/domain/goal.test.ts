import { goalOf, goalWords } from "$lib/domain/goal";
import { expect, it } from "vitest";

const MINUTE = 60;
const words = (minutes: number, priority: "urgent" | null = null) => {
  const goal = goalOf({ who: { kind: "waiting" }, waiting_since: 0, priority }, minutes * MINUTE);
  return goal && goalWords(goal);
};

it("gives two hours, and a quarter of an hour where it is urgent", () => {
  expect(words(24)).toBe("1 h 36");
  expect(words(82)).toBe("38 min");
  expect(words(11, "urgent")).toBe("4 min left");
});

it("says how long it is over", () => {
  expect(words(18, "urgent")).toBe("Overdue 3 min");
  expect(words(5 * 60)).toBe("Overdue 3 h");
  expect(words(50 * 60)).toBe("Overdue 2 days");
});

it("turns at five minutes and at the end", () => {
  const tone = (minutes: number) =>
    goalOf({ who: { kind: "waiting" }, waiting_since: 0, priority: "urgent" }, minutes * MINUTE)?.tone;
  expect([tone(0), tone(10), tone(10.1), tone(14.9), tone(15)]).toEqual(["calm", "calm", "soon", "soon", "over"]);
});

it("is only for a guest who waits", () => {
  expect(goalOf({ who: { kind: "ai" }, waiting_since: 0, priority: null }, 60)).toBeNull();
  expect(goalOf({ who: { kind: "waiting" }, waiting_since: null, priority: null }, 60)).toBeNull();
});
