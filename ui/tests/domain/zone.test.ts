import { computerZone, dayNumber, momentAt, offsetAt, sameClock, wallTime, weekdayAt, zoneOf } from "$lib/domain/zone";
import { describe, expect, it } from "vitest";

const utc = (year: number, month: number, day: number, hour = 0, minute = 0) =>
  Date.UTC(year, month - 1, day, hour, minute) / 1000;
const hours = (seconds: number) => seconds / 3600;

describe("a place", () => {
  it("is the computer's where none is told, or one nobody knows", () => {
    expect(zoneOf("Europe/Zurich")).toBe("Europe/Zurich");
    expect(zoneOf(null)).toBe(computerZone());
    expect(zoneOf("")).toBe(computerZone());
    expect(zoneOf("Mars/Olympus")).toBe(computerZone());
  });

  it("has its own clock and weekday", () => {
    const at = utc(2026, 5, 8, 22, 30);
    expect(wallTime(at, "Europe/Zurich")).toMatchObject({ month: 5, day: 9, hour: 0, minute: 30 });
    expect(wallTime(at, "Asia/Kathmandu")).toMatchObject({ day: 9, hour: 4, minute: 15 });
    expect([weekdayAt(at, "UTC"), weekdayAt(at, "Europe/Zurich")]).toEqual([5, 6]);
    expect(weekdayAt(utc(2026, 5, 10), "UTC")).toBe(7);
    expect(weekdayAt(utc(2026, 5, 11), "UTC")).toBe(1);
  });

  it("shares a clock with another only while both show the same", () => {
    expect(sameClock("Europe/Zurich", "Europe/Budapest", utc(2026, 5, 8))).toBe(true);
    expect(sameClock("Europe/London", "UTC", utc(2026, 1, 8))).toBe(true);
    expect(sameClock("Europe/London", "UTC", utc(2026, 7, 8))).toBe(false);
  });
});

describe("days on which the clock changes", () => {
  it("are 23 and 25 hours long, and one day apart all the same", () => {
    const length = (month: number, day: number) =>
      hours(momentAt("Europe/Zurich", 2026, month, day + 1) - momentAt("Europe/Zurich", 2026, month, day));
    expect([length(3, 28), length(3, 29), length(10, 25)]).toEqual([24, 23, 25]);
    const [before, after] = [utc(2026, 3, 28, 22), utc(2026, 3, 29, 20)];
    expect(dayNumber(after, "Europe/Zurich") - dayNumber(before, "Europe/Zurich")).toBe(1);
  });

  it("have an hour that never is, and one that is twice", () => {
    // 02:00 is skipped: an hour later than 01:00, which the clock calls 03:00.
    expect(momentAt("Europe/Zurich", 2026, 3, 29, 2)).toBe(utc(2026, 3, 29, 1));
    // The first 02:00 is still summer time.
    expect(momentAt("Europe/Zurich", 2026, 10, 25, 2)).toBe(utc(2026, 10, 25, 0));
    expect(momentAt("America/New_York", 2026, 11, 1, 1)).toBe(utc(2026, 11, 1, 5));
  });

  it("may change at midnight, or by half an hour", () => {
    // Beirut goes forward at midnight: that day begins at 01:00.
    const start = momentAt("Asia/Beirut", 2026, 3, 29);
    expect(wallTime(start, "Asia/Beirut")).toMatchObject({ day: 29, hour: 1 });
    expect(hours(offsetAt(utc(2026, 7, 1), "Australia/Lord_Howe"))).toBe(10.5);
    expect(momentAt("Australia/Lord_Howe", 2026, 10, 5, 9)).toBe(utc(2026, 10, 4, 22));
  });

  it("agree with the calendar over ten years", () => {
    for (const zone of ["America/New_York", "Pacific/Auckland"]) {
      for (let at = utc(2021, 1, 1); at < utc(2031, 1, 1); at += 37 * 3600) {
        const { year, month, day, hour } = wallTime(at, zone);
        const back = momentAt(zone, year, month, day, hour);
        // The second of the two equal hours in autumn reads as the first.
        if (back > at || at - back > 2 * 3600) expect.fail(`${zone}: ${at} came back as ${back}`);
        if (dayNumber(back, zone) !== dayNumber(at, zone)) expect.fail(`${zone}: ${at} is another day`);
      }
    }
  });
});
