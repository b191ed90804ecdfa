import { emojiList, gridStep } from "$lib/domain/emoji";
import { describe, expect, it } from "vitest";

describe("emoji", () => {
  it("are read from the catalogue with their names", () => {
    expect(emojiList("👍 thumbs up; ☀️ sun;")).toEqual([
      { emoji: "👍", name: "thumbs up" },
      { emoji: "☀️", name: "sun" },
    ]);
  });

  it("are walked like a page: rows down, edges hold, right is back in a page read from the right", () => {
    expect(gridStep("ArrowDown", 1, 20, 8, false)).toBe(9);
    expect(gridStep("ArrowDown", 15, 20, 8, false)).toBe(15);
    expect(gridStep("ArrowRight", 3, 20, 8, true)).toBe(2);
    expect(gridStep("End", 3, 20, 8, false)).toBe(19);
    expect(gridStep("a", 3, 20, 8, false)).toBeNull();
  });
});
