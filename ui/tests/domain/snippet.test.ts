import { leadIn } from "$lib/domain/snippet";
import { expect, it } from "vitest";

it("keeps what was found in sight", () => {
  const parts = ["Hi, I think I was charged twice for the ", "deposit", "?"];
  expect(leadIn(parts)).toEqual(["… twice for the ", "deposit", "?"]);
  expect(leadIn(["for the ", "deposit", ""])).toEqual(["for the ", "deposit", ""]);
  expect(leadIn(["a long text in which nothing is marked at all"])).toEqual([
    "a long text in which nothing is marked at all",
  ]);
});
