import { beginsSequence, commandFor, judgeKey, type KeyChoices, type Place } from "$lib/a11y/key-map";
import { expect, it } from "vitest";

const designed: KeyChoices = { singleKeys: true, own: {}, sendWithControl: false };
const window: Place = { modal: false, apart: false, taken: () => false };

it("opens the day's screens by one key after another, outside of texts", () => {
  expect(commandFor(["G M", "M"], window, designed)).toBe("morning");
  expect(commandFor(["G H", "H"], window, designed), "not what H alone does").toBe("handover");
  expect(commandFor(["G M"], { ...window, apart: true }, designed)).toBeUndefined();
  expect(commandFor(["G M"], { ...window, modal: true }, designed)).toBeUndefined();
  const off = { ...designed, singleKeys: false };
  expect(commandFor(["G M"], window, off)).toBeUndefined();
  expect([beginsSequence("G", designed), beginsSequence("G", off)]).toEqual([true, false]);
  expect(judgeKey("take_over", "G", designed)).toMatchObject({ because: "taken" });
});
