import { MOST, matchOf, ranked, sortHits } from "$lib/domain/palette";
import type { SearchHit } from "$lib/rpc/generated/schema";
import { expect, it } from "vitest";
import { row } from "./row";

it("finds the beginnings of words, whatever their accents and case", () => {
  expect(matchOf("Mark as lead", "mar")).toEqual({ rank: 0, parts: ["", "Mar", "k as lead"] });
  expect(matchOf("José Martínez", "MAR")).toEqual({ rank: 1, parts: ["José ", "Mar", "tínez"] });
  expect(matchOf("José Martínez", "martin")).toEqual({ rank: 1, parts: ["José ", "Martín", "ez"] });
  expect(matchOf("Hand back to AI", "ai hand")).toEqual({ rank: 2, parts: ["", "Hand", " back to ", "AI"] });
  expect(matchOf("Mark as lead", "ark")).toBeNull();
  expect(matchOf("Mark as lead", "mark x")).toBeNull();
  expect(matchOf("Mark as lead", "  ")).toBeNull();
});

it("keeps the label whole between the marks", () => {
  for (const typed of ["ç", "cafe", "caf e", "ﬀ"]) {
    const match = matchOf("Çay e Café", typed);
    if (match) expect(match.parts.join("")).toBe("Çay e Café");
  }
});

it("ranks the best first, then what was used last", () => {
  const labels = ["Take over", "Undo the take", "Take a note", "Close"];
  const order = (used: string[]) =>
    ranked(
      labels,
      "take",
      (label) => label,
      (label) => label,
      used,
    ).map(({ item }) => item);
  expect(order([])).toEqual(["Take over", "Take a note", "Undo the take"]);
  expect(order(["Undo the take", "Take a note"])).toEqual(["Take a note", "Take over", "Undo the take"]);
});

it("parts conversations found by name from those found by their messages, recent ones first", () => {
  const hit = (id: number, snippet: SearchHit["snippet"] = null): SearchHit => ({ row: row(id), by: [], snippet });
  const found = { message_id: 1, parts: ["the ", "March", " invoice"] } as SearchHit["snippet"];
  const hits = [hit(1), hit(2, found), hit(3), hit(4, found)];
  const { account } = hit(1).row;
  const { named, messages } = sortHits(hits, [
    { account, id: 4 },
    { account, id: 3 },
  ]);
  expect(named.map((one) => one.row.id)).toEqual([3, 1]);
  expect(messages.map((one) => one.row.id)).toEqual([4, 2]);
  const many = Array.from({ length: 40 }, (_, at) => hit(at));
  expect(sortHits(many, []).named.length).toBe(MOST.named);
});
