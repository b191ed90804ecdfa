import { chordOf, pressKey, registerKeys } from "$lib/a11y/keys.svelte";
import { expect, it } from "vitest";

const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
  ({ key, keyCode: 0, isComposing: false, getModifierState: () => false, ...more }) as KeyboardEvent;

it("names a chord as the help writes it", () => {
  expect(chordOf(press("j"))).toBe("J");
  expect(chordOf(press("A", { shiftKey: true }))).toBe("Shift+A");
  expect(chordOf(press("?", { shiftKey: true }))).toBe("?");
  expect(chordOf(press(" "))).toBe("Space");
  expect(chordOf(press("1", { ctrlKey: true }), false)).toBe("Ctrl+1");
  expect(chordOf(press("1", { metaKey: true }), true)).toBe("Ctrl+1");
  expect(chordOf(press("F6", { shiftKey: true }))).toBe("Shift+F6");
});

it("leaves an input method alone", () => {
  expect(chordOf(press("Enter", { isComposing: true }))).toBeUndefined();
  expect(chordOf(press("Process", { keyCode: 229 }))).toBeUndefined();
  expect(chordOf(press("Shift", { shiftKey: true }))).toBeUndefined();
});

it("asks the newest registration first", () => {
  const pressed: string[] = [];
  const event = press("t");
  const endOld = registerKeys({ T: () => pressed.push("old") });
  const endNew = registerKeys({ T: () => (pressed.push("new"), pressed.length > 1 ? false : true) });
  pressKey("T", event);
  pressKey("T", event);
  endNew();
  pressKey("T", event);
  endOld();
  expect(pressKey("T", event)).toBe(false);
  expect(pressed).toEqual(["new", "new", "old", "old"]);
});
