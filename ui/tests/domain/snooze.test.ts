import { snoozeUntil } from "$lib/domain/snooze";
import { describe, expect, it } from "vitest";

const at = (year: number, month: number, day: number, hour: number) =>
  new Date(year, month - 1, day, hour).getTime() / 1000;

describe("snoozeUntil", () => {
  it("ends in the morning of a day the desk is awake", () => {
    const friday = at(2026, 5, 8, 22);
    expect(snoozeUntil("hour", friday)).toBe(friday + 3600);
    expect(snoozeUntil("tomorrow", friday)).toBe(at(2026, 5, 9, 9));
    expect(snoozeUntil("monday", friday)).toBe(at(2026, 5, 11, 9));
    expect(snoozeUntil("guest", friday)).toBeNull();
  });

  it("means the next Monday on a Monday, and tomorrow on a Sunday", () => {
    expect(snoozeUntil("monday", at(2026, 5, 11, 8))).toBe(at(2026, 5, 18, 9));
    expect(snoozeUntil("monday", at(2026, 5, 10, 8))).toBe(at(2026, 5, 11, 9));
  });
});
