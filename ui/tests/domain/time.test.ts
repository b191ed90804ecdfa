import { age, clockTime, fullTime } from "$lib/domain/time";
import { describe, expect, it } from "vitest";

const at = (text: string) => new Date(text).getTime() / 1000;
const now = at("2026-05-08T09:46:30");

describe("age", () => {
  it.each([
    ["2026-05-08T09:46:00", "now"],
    ["2026-05-08T09:50:00", "now"],
    ["2026-05-08T09:35:30", "11 min"],
    ["2026-05-08T07:40:00", "2 h"],
    ["2026-05-07T10:00:00", "23 h"],
    ["2026-05-05T09:00:00", "Tuesday"],
    ["2026-04-20T09:00:00", "20 Apr"],
    ["2025-05-08T09:00:00", "8 May 2025"],
  ])("writes %s as %s", (time, words) => expect(age(at(time), now)).toBe(words));
});

it("writes the clock and the whole date", () => {
  expect(clockTime(at("2026-05-08T09:05:00"))).toBe("09:05");
  expect(fullTime(at("2026-05-08T09:35:00"))).toBe("Friday 8 May 2026, 09:35");
});
