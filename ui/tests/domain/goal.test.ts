import { goalOf, goalWords } from "$lib/domain/goal";
import { expect, it } from "vitest";

const MINUTE = 60;
const words = (minutes: number, within = 120) => {
  const goal = goalOf({ waiting_since: 0, answer_due: within * MINUTE }, minutes * MINUTE);
  return goal && goalWords(goal);
};

it("says how much is left of two hours, and of a quarter of one", () => {
  expect(words(24)).toBe("1 h 36");
  expect(words(82)).toBe("38 min");
  expect(words(11, 15)).toBe("4 min left");
});

it("says how long it is over", () => {
  expect(words(18, 15)).toBe("Overdue 3 min");
  expect(words(5 * 60)).toBe("Overdue 3 h");
  expect(words(50 * 60)).toBe("Overdue 2 days");
});

it("turns at five minutes and at the end", () => {
  const tone = (minutes: number) => goalOf({ waiting_since: 0, answer_due: 15 * MINUTE }, minutes * MINUTE)?.tone;
  expect([tone(0), tone(10), tone(10.1), tone(14.9), tone(15)]).toEqual(["calm", "calm", "soon", "soon", "over"]);
});

it("is only for a guest who waits", () => {
  expect(goalOf({ waiting_since: 0, answer_due: null }, 60)).toBeNull();
});
