import { initials, shortName } from "$lib/domain/names";
import { expect, it } from "vitest";

it.each([
  ["Priya Raghunathan", "PR"],
  ["Zoë van den Berg", "ZB"],
  ["Ελένη Παπαδοπούλου", "ΕΠ"],
  ["Lukas", "LU"],
  ["+43 660 5550142", ""],
  ["", ""],
])("takes the letters of %s", (name, letters) => expect(initials(name)).toBe(letters));

it("shortens a name, never a number", () => {
  expect(shortName("Priya Raghunathan")).toBe("Priya");
  expect(shortName("+43 660 5550142", false)).toBe("+43 660 5550142");
});
