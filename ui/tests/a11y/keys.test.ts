import { canPress, chordOf, chordParts, chordsOf, pressKey, registerKeys } from "$lib/a11y/keys.svelte";
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
  expect(chordParts("Ctrl++")).toEqual(["Ctrl", "+"]);
  expect(chordParts("Shift+A")).toEqual(["Shift", "A"]);
});

it("leaves an input method alone", () => {
  expect(chordOf(press("Enter", { isComposing: true }))).toBeUndefined();
  expect(chordOf(press("Process", { keyCode: 229 }))).toBeUndefined();
  expect(chordOf(press("Shift", { shiftKey: true }))).toBeUndefined();
});

it("leaves the system's and a screen reader's chords alone", () => {
  expect(chordOf(press("t", { metaKey: true }), false)).toBeUndefined();
  expect(chordOf(press("t", { ctrlKey: true }), true)).toBeUndefined();
  const superKey = { getModifierState: (name: string) => name === "Super" };
  expect(chordOf(press("t", superKey), false)).toBeUndefined();
  expect(chordOf(press("t", { altKey: true }), false)).toBe("Alt+T");
});

it("knows a key by its place where the keyboard writes another script", () => {
  expect(chordsOf(press("о", { code: "KeyJ" }))).toEqual(["О", "J"]);
  expect(chordsOf(press("л", { code: "KeyK", ctrlKey: true }), false)).toEqual(["Ctrl+Л", "Ctrl+K"]);
  expect(chordsOf(press("&", { code: "Digit1", ctrlKey: true }), false)).toEqual(["Ctrl+&", "Ctrl+1"]);
  expect(chordsOf(press("z", { code: "KeyY" })), "a German keyboard says what it writes").toEqual(["Z"]);
  expect(chordsOf(press("/", { code: "Digit6", shiftKey: true, ctrlKey: true }), false)).toEqual(["Ctrl+/"]);
});

it("asks the newest registration first", () => {
  const pressed: string[] = [];
  const event = press("t");
  const endOld = registerKeys({ take_over: () => pressed.push("old") });
  const endNew = registerKeys({ take_over: () => (pressed.push("new"), pressed.length > 1 ? false : true) });
  pressKey("take_over", event);
  pressKey("take_over", event);
  endNew();
  pressKey("take_over", event);
  endOld();
  expect(pressKey("take_over", event)).toBe(false);
  expect(pressed).toEqual(["new", "new", "old", "old"]);
});

it("passes over who cannot do it now", () => {
  let can = false;
  const end = registerKeys({ close: { run: () => true, can: () => can } });
  expect([canPress("close"), pressKey("close", press("c"))]).toEqual([false, false]);
  can = true;
  expect([canPress("close"), pressKey("close", press("c"))]).toEqual([true, true]);
  end();
  expect(canPress("close")).toBe(false);
});
