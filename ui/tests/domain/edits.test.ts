import { replaceSelection, toggleMark } from "$lib/domain/edits";
import { describe, expect, it } from "vitest";

describe("toggleMark", () => {
  it("puts a mark around the words and not around the spaces beside them", () => {
    expect(toggleMark("see you now", 3, 8, "**")).toEqual({ text: "see **you** now", from: 6, to: 9 });
  });

  it("takes it away, whether the marks are selected or stand outside", () => {
    expect(toggleMark("see **you** now", 6, 9, "**")).toEqual({ text: "see you now", from: 4, to: 7 });
    expect(toggleMark("see **you** now", 4, 11, "**")).toEqual({ text: "see you now", from: 4, to: 7 });
  });

  it("opens an empty mark to write in", () => {
    expect(toggleMark("a ", 2, 2, "_")).toEqual({ text: "a __", from: 3, to: 3 });
  });
});

describe("replaceSelection", () => {
  it("leaves the cursor behind what was put in", () => {
    expect(replaceSelection("Hi all", 3, 6, "🙂")).toEqual({ text: "Hi 🙂", from: 5, to: 5 });
  });
});
