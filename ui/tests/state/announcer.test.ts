import { ringSentence } from "$lib/state/announcer.svelte";
import { expect, it } from "vitest";

it("speaks one ring in full and several as their number", () => {
  const ring = { name: "Priya Raghunathan", reason: "payment dispute", property: "Hotel Aurora" };
  expect(ringSentence([ring])).toBe("Priya Raghunathan needs a person, payment dispute, Hotel Aurora");
  expect(ringSentence([{ name: "", reason: null, property: null }])).toBe("A guest needs a person");
  expect(ringSentence([ring, ring, ring])).toBe("3 guests need a person");
  expect(ringSentence([])).toBe("");
});
