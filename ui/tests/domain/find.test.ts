import { findMessages, nextHit, placesIn } from "$lib/domain/find";
import type { MessageView } from "$lib/rpc/generated/schema";
import { describe, expect, it } from "vitest";

const said = (id: number, text: string, deleted = false) => ({ id, text, deleted }) as MessageView;

describe("finding in a conversation", () => {
  it("finds without case and accents, and nothing that was taken back", () => {
    const messages = [said(1, "Herr Müller"), said(2, "MULLER again"), said(3, "Muller", true), said(4, "no")];
    expect(findMessages(messages, " muller ")).toEqual([1, 2]);
    expect(findMessages(messages, "  ")).toEqual([]);
  });

  it("starts at the newest and goes round", () => {
    expect(nextHit(3, -1, -1)).toBe(2);
    expect(nextHit(3, 0, -1)).toBe(2);
    expect(nextHit(3, 2, 1)).toBe(0);
    expect(nextHit(0, -1, 1)).toBe(-1);
  });

  it("marks the words as they stand, whatever folding did to their length", () => {
    expect(placesIn("Zoë and zoe", "zoe")).toEqual([
      { from: 0, to: 3 },
      { from: 8, to: 11 },
    ]);
    const decomposed = "Zoe\u0308!";
    expect(placesIn(decomposed, "zoe!")).toEqual([{ from: 0, to: decomposed.length }]);
  });
});
