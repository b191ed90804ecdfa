import { snoozeUntil } from "$lib/domain/snooze";
import { computerZone, momentAt } from "$lib/domain/zone";
import { describe, expect, it } from "vitest";

const at = (year: number, month: number, day: number, hour: number) =>
  new Date(year, month - 1, day, hour).getTime() / 1000;

const here = computerZone();

describe("snoozeUntil", () => {
  it("ends in the morning of a day the desk is awake", () => {
    const friday = at(2026, 5, 8, 22);
    expect(snoozeUntil("hour", friday, here)).toBe(friday + 3600);
    expect(snoozeUntil("tomorrow", friday, here)).toBe(at(2026, 5, 9, 9));
    expect(snoozeUntil("monday", friday, here)).toBe(at(2026, 5, 11, 9));
    expect(snoozeUntil("guest", friday, here)).toBeNull();
  });

  it("means the next Monday on a Monday, and tomorrow on a Sunday", () => {
    expect(snoozeUntil("monday", at(2026, 5, 11, 8), here)).toBe(at(2026, 5, 18, 9));
    expect(snoozeUntil("monday", at(2026, 5, 10, 8), here)).toBe(at(2026, 5, 11, 9));
  });

  it("means the property's morning, also over a night in which its clock changes", () => {
    // In Zurich it is already the 29th of March, the day its clock goes forward.
    const night = momentAt("UTC", 2026, 3, 28, 23);
    expect(snoozeUntil("tomorrow", night, "Europe/Zurich")).toBe(momentAt("UTC", 2026, 3, 30, 7));
    expect(snoozeUntil("tomorrow", night, "America/New_York")).toBe(momentAt("UTC", 2026, 3, 29, 13));
    const before = momentAt("UTC", 2026, 10, 24, 12);
    expect(snoozeUntil("tomorrow", before, "Europe/Zurich")).toBe(momentAt("UTC", 2026, 10, 25, 8));
  });
});
