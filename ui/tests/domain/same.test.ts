import { sameEntries, sameItems, sameOr } from "$lib/domain/same";
import { describe, expect, it } from "vitest";

const one = { id: 1, text: "a" };
const two = { id: 2, text: "b" };
const idOf = ({ id }: { id: number }) => id;

describe("what did not change", () => {
  it("stays the same object, and what changed is the new one", () => {
    const shown = { text: "a", list: [1] };
    expect(sameOr(shown, { text: "a", list: [1] })).toBe(shown);
    const told = { text: "a", list: [2] };
    expect(sameOr(shown, told)).toBe(told);
  });

  it("keeps the list itself where every item is as it was, in its order", () => {
    const shown = [one, two];
    expect(sameItems(shown, [{ ...one }, { ...two }], idOf)).toBe(shown);
  });

  it("keeps the items that are as they were where one changed, came, went or moved", () => {
    const shown = [one, two];
    const changed = sameItems(shown, [{ ...one }, { id: 2, text: "c" }], idOf);
    expect(changed[0]).toBe(one);
    expect(changed[1]).toEqual({ id: 2, text: "c" });
    expect(sameItems(shown, [{ ...one }], idOf)).toEqual([one]);
    expect(sameItems(shown, [...shown, { id: 3, text: "d" }], idOf).length).toBe(3);
    const moved = sameItems(shown, [{ ...two }, { ...one }], idOf);
    expect(moved).not.toBe(shown);
    expect(moved[0]).toBe(two);
  });

  it("keeps an entry of which every part is the very same", () => {
    const message = { id: 1 };
    const shown = [
      { key: "m1", message, continues: false },
      { key: "m2", message, continues: false },
      { key: "d1", at: 5 },
    ];
    const told = sameEntries<{ key: string; [part: string]: unknown }>(shown, [
      { key: "m1", message, continues: false },
      { key: "m2", message: { ...message }, continues: false },
      { key: "d1", at: 5, more: true },
    ]);
    expect(told.map((entry, at) => entry === shown[at])).toEqual([true, false, false]);
  });
});
