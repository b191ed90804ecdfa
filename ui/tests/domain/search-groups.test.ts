import { describe, expect, it } from "vitest";
import { grouped } from "$lib/domain/search-groups";
import type { SearchHit } from "$lib/rpc/generated/schema";
import { row } from "./row";

const snippet = { message_id: 5, at: 1, parts: ["the ", "sauna", " is open"] };

describe("what a search found", () => {
  const hits: SearchHit[] = [
    { row: row(1), by: [], snippet },
    { row: row(2), by: ["guest"], snippet },
    { row: row(3), by: ["conversation"], snippet: null },
  ];

  it("stands under guests, conversations and messages, in that order", () => {
    const keys = grouped(hits).map((found) => found.key);
    expect(keys).toEqual(["1:2|guests", "1:3|conversations", "1:1|messages", "1:2|messages"]);
  });

  it("has a key of its own in each group", () => {
    const keys = grouped(hits).map((found) => found.key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
