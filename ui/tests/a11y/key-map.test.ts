import {
  COMMANDS,
  beginsSequence,
  chordsOfCommand,
  commandFor,
  isChangeable,
  judgeKey,
  shownChord,
  textCommandFor,
  withOwnKey,
  type KeyChoices,
  type Place,
} from "$lib/a11y/key-map";
import { describe, expect, it } from "vitest";

const designed: KeyChoices = { singleKeys: true, own: {}, sendWithControl: false };
const window: Place = { modal: false, apart: false, taken: () => false };
const text: Place = { ...window, apart: true };

describe("the table", () => {
  it("gives no chord to two commands", () => {
    const chords = COMMANDS.filter((one) => textCommandFor(chordsOfCommand(one, designed), designed) !== one).flatMap(
      (one) => [...chordsOfCommand(one, designed)],
    );
    expect(new Set(chords).size).toBe(chords.length);
    expect(chords.length).toBeGreaterThan(35);
  });

  it("has every key of the window lead to its command", () => {
    for (const command of COMMANDS) {
      for (const chord of chordsOfCommand(command, designed)) {
        const found = commandFor([chord], window, designed) ?? textCommandFor([chord], designed);
        const inText = textCommandFor([chord], designed);
        expect([found, inText], chord).toContain(command);
      }
    }
  });
});

describe("where a key is pressed", () => {
  it("lets a text have its letters, and keeps the chords", () => {
    for (const chord of ["J", "T", "Space", "?", "/", "#", ".", "Home", "ArrowDown", "Enter", "Shift+A"]) {
      expect(commandFor([chord], text, designed), chord).toBeUndefined();
    }
    expect(commandFor(["Ctrl+K"], text, designed)).toBe("anything");
    expect(commandFor(["F6"], text, designed)).toBe("next_part");
    expect(commandFor(["Escape"], text, designed)).toBe("back");
  });

  it("locks wherever one is", () => {
    for (const place of [window, text, { ...window, modal: true }, { ...text, modal: true }]) {
      expect(commandFor(["Ctrl+L"], place, designed)).toBe("lock");
    }
  });

  it("does nothing behind a dialog, and leaves a control its own keys", () => {
    expect(commandFor(["Ctrl+K"], { ...window, modal: true }, designed)).toBeUndefined();
    expect(commandFor(["Space"], { ...window, taken: (chord) => chord === "Space" }, designed)).toBeUndefined();
  });

  it("falls back to the Latin key only where the written one means nothing", () => {
    expect(commandFor(["О", "J"], window, designed)).toBe("next");
    expect(commandFor(["Ctrl+-", "Ctrl+6"], window, designed)).toBe("text_smaller");
    expect(commandFor(["Ctrl+&", "Ctrl+1"], window, designed)).toBe("view_needs_person");
  });
});

describe("one key after another", () => {
  it("belongs to the window, and goes with the single keys", () => {
    expect(commandFor(["G S", "S"], window, designed)).toBe("statistics");
    expect(commandFor(["G S"], text, designed)).toBeUndefined();
    expect(commandFor(["G S"], { ...window, modal: true }, designed)).toBeUndefined();
    expect(commandFor(["G S"], window, { ...designed, singleKeys: false })).toBeUndefined();
    expect(beginsSequence("G", designed)).toBe(true);
    expect(beginsSequence("S", designed)).toBe(false);
    expect(beginsSequence("G", { ...designed, singleKeys: false })).toBe(false);
  });

  it("leaves its first key to nothing else", () => {
    expect(isChangeable("statistics")).toBe(false);
    expect(judgeKey("take_over", "G", designed)).toMatchObject({ because: "taken" });
  });
});

describe("what a person sets", () => {
  it("moves a single key and turns one off", () => {
    const choices = { ...designed, own: { take_over: "Y", close: "" } };
    expect(commandFor(["Y"], window, choices)).toBe("take_over");
    expect(commandFor(["T"], window, choices)).toBeUndefined();
    expect(commandFor(["C"], window, choices)).toBeUndefined();
    expect(shownChord("close", choices)).toBeUndefined();
  });

  it("keeps the named keys of a command whose single key went", () => {
    const choices = { ...designed, own: { next: "" } };
    expect(chordsOfCommand("next", choices)).toEqual(["ArrowDown"]);
    expect(chordsOfCommand("next", { ...designed, own: { next: "N" } })).toEqual(["N", "ArrowDown"]);
  });

  it("turns all single keys off at once, and nothing else", () => {
    const off = { ...designed, singleKeys: false };
    for (const chord of ["J", "T", "Space", "?", "#"]) expect(commandFor([chord], window, off)).toBeUndefined();
    for (const chord of ["ArrowDown", "Home", "Escape", "Ctrl+K", "F6", "Enter"]) {
      expect(commandFor([chord], window, off), chord).toBeDefined();
    }
  });

  it("ignores what cannot be changed, as an older version may have kept it", () => {
    expect(isChangeable("anything")).toBe(false);
    expect(chordsOfCommand("anything", { ...designed, own: { anything: "Q" } })).toEqual(["Ctrl+K"]);
  });

  it("refuses a key that is taken, or no single key", () => {
    expect(judgeKey("take_over", "Y", designed)).toEqual({ ok: true });
    expect(judgeKey("take_over", "T", designed)).toEqual({ ok: true });
    expect(judgeKey("take_over", "H", designed)).toEqual({ ok: false, because: "taken", by: "hand_back" });
    expect(judgeKey("take_over", "H", { ...designed, own: { hand_back: "" } })).toEqual({ ok: true });
    for (const chord of ["Ctrl+Y", "F5", "Enter", "Escape", "Tab", "ArrowUp"]) {
      expect(judgeKey("take_over", chord, designed), chord).toEqual({ ok: false, because: "not_single" });
    }
  });

  it("keeps only what differs from the design", () => {
    expect(withOwnKey({}, "take_over", "Y")).toEqual({ take_over: "Y" });
    expect(withOwnKey({ take_over: "Y" }, "take_over", "T")).toEqual({});
    expect(withOwnKey({ close: "X" }, "close", "")).toEqual({ close: "" });
  });
});

it("sends with Enter, or with Ctrl Enter where that was chosen", () => {
  expect(textCommandFor(["Enter"], designed)).toBe("send");
  expect(textCommandFor(["Shift+Enter"], designed)).toBe("new_line");
  expect(textCommandFor(["Ctrl+Enter"], designed)).toBe("send_and_close");
  const control = { ...designed, sendWithControl: true };
  expect(textCommandFor(["Enter"], control)).toBe("new_line");
  expect(textCommandFor(["Ctrl+Enter"], control)).toBe("send");
  expect(textCommandFor(["Ctrl+Shift+Enter"], control)).toBe("send_and_close");
});
