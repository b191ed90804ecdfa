import { describe, expect, it } from "vitest";
import { stretch, toggled } from "$lib/domain/selection";

const order = ["a", "b", "c", "d"];

describe("choosing several", () => {
  it("puts a row in and takes it out again", () => {
    const one = toggled(new Set(["a"]), "b");
    expect([...one]).toEqual(["a", "b"]);
    expect([...toggled(one, "a")]).toEqual(["b"]);
  });

  it("takes a stretch in either direction", () => {
    expect([...stretch(order, "b", "d")]).toEqual(["b", "c", "d"]);
    expect([...stretch(order, "d", "b")]).toEqual(["b", "c", "d"]);
  });

  it("begins anew where the first row has left the list", () => {
    expect([...stretch(order, "gone", "c")]).toEqual(["c"]);
    expect([...stretch(order, "a", "gone")]).toEqual([]);
  });
});
