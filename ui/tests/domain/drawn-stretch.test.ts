import { drawnFrom, drawnUntil, furtherBack } from "$lib/domain/drawn-stretch";
import type { TimelineEntry } from "$lib/domain/timeline";
import { describe, expect, it } from "vitest";

/** "d" = the heading of a day, "u" = the unread mark, a number = a message. */
function entries(...what: (number | "d" | "u")[]): TimelineEntry[] {
  return what.map((one, at) => {
    if (one === "d") return { kind: "day", key: `d${at}`, at };
    if (one === "u") return { kind: "unread", key: "unread", count: 1 };
    return { kind: "message", key: `m${one}`, message: { id: one } } as TimelineEntry;
  });
}

describe("drawnFrom", () => {
  it("opens with the newest, under the heading they have", () => {
    expect(drawnFrom(entries(1, 2, 3, 4), null, 2)).toBe(2);
    expect(drawnFrom(entries(1, "d", 3, 4), null, 2)).toBe(1);
    expect(drawnFrom(entries(1, 2), null, 100)).toBe(0);
  });
  it("opens no later than at the unread mark", () => {
    expect(drawnFrom(entries(1, 2, "u", 3, 4, 5), null, 2)).toBe(2);
  });
  it("goes on from its message, whatever came in front of it or behind it", () => {
    expect(drawnFrom(entries(1, 2, 3, 4), "m3", 1)).toBe(2);
    expect(drawnFrom(entries("d", 8, 9, 1, 2, 3, 4, 5), "m3", 1)).toBe(5);
  });
  it("draws everything where its message is gone", () => {
    expect(drawnFrom(entries(5, 6, 7), "m3", 1)).toBe(0);
  });
});

describe("drawnUntil", () => {
  it("is the end where nothing is unread", () => {
    expect(drawnUntil(entries(1, 2, 3), null, 1)).toBe(3);
  });
  it("opens with what follows the unread mark, and with no more than there is", () => {
    expect(drawnUntil(entries(1, "u", 2, 3, 4, 5), null, 2)).toBe(4);
    expect(drawnUntil(entries(1, "u", 2, 3), null, 9)).toBe(4);
  });
  it("goes to its entry, whatever came in front of it or behind it", () => {
    expect(drawnUntil(entries(8, 9, "u", 2, 3, 4, 5), "m3", 1)).toBe(5);
  });
  it("is the end where its entry is gone", () => {
    expect(drawnUntil(entries(1, "u", 2, 4), "m3", 1)).toBe(4);
  });
});

describe("furtherBack", () => {
  it("is a message, never a heading: those move when more is put in front", () => {
    expect(furtherBack(entries("d", 1, "d", 2, 3), 4, 2)).toBe("m2");
    expect(furtherBack(entries("d", 1, 2), 1, 6)).toBe("m1");
  });
  it("comes to the start in the end", () => {
    const all = entries("d", 1, 2, 3, "d", 4, 5, 6, 7);
    let from = drawnFrom(all, null, 2);
    let steps = 0;
    while (from > 0 && steps++ < 20) from = drawnFrom(all, furtherBack(all, from, 3), 2);
    expect(from).toBe(0);
    expect(steps).toBeLessThan(5);
  });
  it("is nothing in a thread without messages", () => {
    expect(furtherBack(entries("d"), 0, 3)).toBeNull();
  });
});
