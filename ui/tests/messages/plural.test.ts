// The compiled messages count with rules that are made once: a row of the list says several numbers each time it is drawn.

import { m } from "$lib/paraglide/messages";
import { afterEach, expect, it, vi } from "vitest";

afterEach(() => vi.unstubAllGlobals());

it("makes the rules of a language once, however many numbers are said", () => {
  const made = vi.fn();
  class Counted extends Intl.PluralRules {
    constructor(...args: ConstructorParameters<typeof Intl.PluralRules>) {
      made();
      super(...args);
    }
  }
  vi.stubGlobal("Intl", { ...Intl, PluralRules: Counted });
  const said = [1, 2, 3].map((count) => m.thread_new_below({ count }, { locale: "hu" }));
  expect(said).toEqual(["1 új üzenet", "2 új üzenet", "3 új üzenet"]);
  expect(made).toHaveBeenCalledTimes(1);
});

it("counts each language by its own rules", () => {
  const dual = m.thread_new_below({ count: 2 }, { locale: "ar" });
  const few = m.thread_new_below({ count: 5 }, { locale: "ar" });
  expect(dual).toContain("رسالتان");
  expect(few).toContain("رسائل");
  expect(m.thread_new_below({ count: 1 }, { locale: "en" })).toBe("1 new message");
});
