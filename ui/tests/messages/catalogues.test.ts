// Every catalogue against the English one: nothing it does not know, nothing left out of a sentence, no number without
// its form.

import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Plural = [{ declarations: string[]; selectors: string[]; match: Record<string, string> }];
type Catalogue = Record<string, string | Plural>;

const folder = new URL("../../messages/", import.meta.url);
const read = (language: string) => JSON.parse(readFileSync(new URL(`${language}.json`, folder), "utf8")) as Catalogue;
const english = read("en");
const others = readdirSync(folder)
  .map((file) => file.replace(".json", ""))
  .filter((language) => language !== "en");

/** Screens nobody can do without: a missing word there would stand in English in the middle of a sentence. */
const MAIN = /^(view|rail|badge|row|group|goal|time|answer|signin|close|escalate|assign|banner|foot|ring)_/u;

const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/gu)].map((match) => match[1]).sort();
const forms = (message: string | Plural) => (typeof message === "string" ? [message] : Object.values(message[0].match));

it("there are five languages", () => expect([...others, "en"].sort()).toEqual(["ar", "de", "en", "es", "hu"]));

describe.each(others)("%s", (language) => {
  const catalogue = read(language);

  it("has only what English has", () => {
    expect(Object.keys(catalogue).filter((key) => !(key in english))).toEqual([]);
  });

  it("says all there is to say on the main screens, and nearly all elsewhere", () => {
    const missing = Object.keys(english).filter((key) => !(key in catalogue));
    const ofMain = Object.keys(english).filter((key) => MAIN.test(key));
    expect(missing.filter((key) => MAIN.test(key)).length / ofMain.length).toBeLessThan(0.1);
    expect(missing.length / Object.keys(english).length).toBeLessThan(0.2);
  });

  it("leaves no value out and adds none", () => {
    for (const [key, message] of Object.entries(catalogue)) {
      const wanted = holes(forms(english[key] ?? "").at(-1) ?? "");
      for (const form of forms(message)) expect(holes(form), `${key}: ${form}`).toEqual(wanted);
    }
  });

  it("has a form for every kind of number, and no empty words", () => {
    const kinds = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const [key, message] of Object.entries(catalogue)) {
      for (const form of forms(message)) expect(form.trim(), key).not.toBe("");
      const isPlural = typeof english[key] !== "string";
      expect(typeof message !== "string", `${key} bends with a number`).toBe(isPlural);
      if (typeof message === "string") continue;
      const told = Object.keys(message[0].match).map((selector) => selector.split("=")[1]);
      expect(told.toSorted(), key).toEqual(kinds);
    }
  });
});
