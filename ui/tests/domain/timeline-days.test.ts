import { describe, expect, it } from "vitest";
import { calendarDate, dayOfThread, shortDate, sinceWords, stretch } from "$lib/domain/timeline-days";

const at = (year: number, month: number, day: number, hour = 9, minute = 31) =>
  new Date(year, month - 1, day, hour, minute).getTime() / 1000;
const now = at(2026, 5, 8, 9, 46);

describe("moments", () => {
  it("are said as a desk writes them", () => {
    expect(calendarDate(at(2025, 3, 14))).toBe("14 March 2025");
    expect(shortDate(at(2026, 5, 7), now)).toBe("7 May");
    expect(shortDate(at(2025, 5, 7), now)).toBe("2025");
  });

  it("name today and yesterday by the calendar, not by 24 hours", () => {
    expect(dayOfThread(at(2026, 5, 8, 0, 1), now)).toEqual({ named: "today", date: "Friday 8 May" });
    expect(dayOfThread(at(2026, 5, 7, 23, 59), now)).toEqual({ named: "yesterday", date: "Thursday 7 May" });
    expect(dayOfThread(at(2025, 5, 7), now)).toEqual({ named: null, date: "Wednesday 7 May 2025" });
  });

  it("say since when", () => {
    expect(sinceWords(at(2026, 5, 8, 9, 40), now)).toBe("09:40");
    expect(sinceWords(at(2026, 5, 6), now)).toBe("Wednesday");
    expect(sinceWords(at(2026, 4, 1), now)).toBe("1 Apr");
  });
});

describe("the property's calendar", () => {
  it("has its own midnight", () => {
    const evening = Date.UTC(2026, 4, 8, 22, 30) / 1000;
    const later = Date.UTC(2026, 4, 9, 6) / 1000;
    expect(dayOfThread(evening, later, "Europe/Zurich").named).toBe("today");
    expect(dayOfThread(evening, later, "UTC").named).toBe("yesterday");
    expect(sinceWords(evening, later, "UTC")).toBe("Friday");
    expect(sinceWords(evening, later, "Europe/Zurich")).toBe("00:30");
  });
});

describe("stretch", () => {
  it("counts in whole minutes and never back", () => {
    expect(stretch(23 * 3600 + 49 * 60 + 59)).toEqual({ days: 0, hours: 23, minutes: 49 });
    expect(stretch(-5)).toEqual({ days: 0, hours: 0, minutes: 0 });
    expect(stretch(50 * 3600)).toEqual({ days: 2, hours: 0, minutes: 0 });
  });
});
