import { byCategory, categoriesOf, placeOf } from "$lib/domain/template-categories";
import { expect, test } from "vitest";

const named = (...names: string[]) => names.map((short_code) => ({ short_code }));
const names = (templates: readonly { short_code: string }[]) => templates.map((one) => one.short_code);

test("what stands before the first slash is the category", () => {
  expect(placeOf({ short_code: "arrival/late check-in" })).toEqual({ category: "Arrival", name: "late check-in" });
  expect(placeOf({ short_code: "stay / 24/7 bar" })).toEqual({ category: "Stay", name: "24/7 bar" });
});

test("a name that only has a slash keeps it", () => {
  for (const short_code of ["hello", "/hello", "hello/", " / ", "/"])
    expect(placeOf({ short_code })).toEqual({ category: "", name: short_code });
});

test("categories come once, however they are written, in the order of the alphabet", () => {
  expect(categoriesOf(named("stay/cot", "hello", "Arrival/late", "arrival/code", "Ärger/refund"))).toEqual([
    "Ärger",
    "Arrival",
    "Stay",
  ]);
});

test("templates stand by their category, and what has none stands last", () => {
  const all = named("hello", "stay/cot", "arrival/late", "bye", "stay/towels");
  expect(names(byCategory(all))).toEqual(["arrival/late", "stay/cot", "stay/towels", "hello", "bye"]);
  expect(names(byCategory(all, "Stay"))).toEqual(["stay/cot", "stay/towels"]);
});
