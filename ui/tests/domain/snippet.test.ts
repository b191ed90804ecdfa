import { leadIn, markedIn } from "$lib/domain/snippet";
import { expect, it } from "vitest";

it("keeps what was found in sight", () => {
  const parts = ["Hi, I think I was charged twice for the ", "deposit", "?"];
  expect(leadIn(parts)).toEqual(["… twice for the ", "deposit", "?"]);
  expect(leadIn(["for the ", "deposit", ""])).toEqual(["for the ", "deposit", ""]);
  expect(leadIn(["a long text in which nothing is marked at all"])).toEqual([
    "a long text in which nothing is marked at all",
  ]);
});

it("marks a name word by word where words begin, whatever the accents, and not twice", () => {
  expect(markedIn("José Martínez", "martin jose")).toEqual(["", "José", " ", "Martín", "ez"]);
  expect(markedIn("Mara Marais", "mar mara")).toEqual(["", "Mara", " ", "Mara", "is"]);
  expect(markedIn("Rico Conti", "co")).toEqual(["Rico ", "Co", "nti"]);
  expect(markedIn("+43 660 555", "60")).toEqual(["+43 6", "60", " 555"]);
  expect(markedIn("Priya", "")).toEqual(["Priya"]);
});
