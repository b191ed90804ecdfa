import { suggestTemplates } from "$lib/domain/suggest";
import { describe, expect, it } from "vitest";

const template = (short_code: string, content: string) => ({ short_code, content });
const all = [
  template("parking", "The garage entrance is behind the house. Parking costs 20 a night."),
  template("breakfast", "Breakfast is from seven to ten."),
  template("invoice", "Your invoice for {{booking}} is attached."),
  template("hello", "Hello, how can we help?"),
];

describe("suggestTemplates", () => {
  it("finds by the words of the guest, however they end, and says which", () => {
    const found = suggestTemplates(all, "Hi! When is Breakfast?", "");
    expect(found.map(({ template: { short_code } }) => short_code)).toEqual(["breakfast"]);
    expect(found[0]?.words).toEqual(["Breakfast"]);
    expect(suggestTemplates(all, "two invoices please", "please")[0]).toMatchObject({ words: ["invoices"] });
  });

  it("says nothing where only words are shared that stand everywhere, and never reads a variable as a word", () => {
    expect(suggestTemplates(all, "hello there", "hello there")).toEqual([]);
    expect(suggestTemplates(all, "my booking", "")).toEqual([]);
    const alike = all.map((one) => template(one.short_code, `${one.content} Regards`));
    expect(suggestTemplates(alike, "regards", "")).toEqual([]);
  });
});
