import { Slots } from "$lib/domain/slots";
import { beforeEach, describe, expect, it } from "vitest";

describe("Slots", () => {
  let slots: Slots;
  beforeEach(() => {
    slots = new Slots();
  });
  const place = (names: string, kept: string | null = null) =>
    Object.fromEntries(
      slots
        .place(
          [...names].map((_, at) => at),
          (index) => names[index] ?? "",
          kept,
        )
        .map((row) => [row.name, row.slot]),
    );

  it("leaves each row in its element, and gives those of rows that left to rows that came", () => {
    expect(place("abc")).toEqual({ a: 0, b: 1, c: 2 });
    expect(place("cxa")).toEqual({ a: 0, x: 1, c: 2 });
    expect(Object.values(place("uvw")).sort()).toEqual([0, 1, 2]);
  });
  it("drops elements that nobody needs, and never gives two rows the same", () => {
    place("abcd");
    expect(place("d")).toEqual({ d: 3 });
    const grown = place("dxyz");
    expect(grown["d"]).toBe(3);
    expect(new Set(Object.values(grown)).size).toBe(4);
  });
  it("gives the element with the focus to nobody else", () => {
    place("abc");
    expect(Object.values(place("xbc", "a"))).not.toContain(0);
  });
  it("is in the order of the elements, so that none moves", () => {
    place("abc");
    const order = slots.place([0, 1, 2], (index) => "cba"[index] ?? "", null);
    expect(order.map((row) => row.name)).toEqual(["a", "b", "c"]);
    expect(order.map((row) => row.index)).toEqual([2, 1, 0]);
  });
  it("draws a row twice where two places name it", () => {
    expect(slots.place([4, 5], () => "a", null).map((row) => row.slot)).toEqual([0, 1]);
  });
});
