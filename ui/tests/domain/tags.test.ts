import { newTag, tagTitle } from "$lib/domain/tags";
import { describe, expect, it } from "vitest";

describe("a new tag", () => {
  it("is written as the server writes titles", () => {
    expect(tagTitle("  Late  Check Out! ")).toBe("late-check-out");
    expect(tagTitle("Größe_2")).toBe("größe_2");
    expect(tagTitle("<script>")).toBe("script");
  });

  it("is offered only where there is none of that name", () => {
    expect(newTag("VIP", ["vip"])).toBeNull();
    expect(newTag(" ", [])).toBeNull();
    expect(newTag("!!", [])).toBeNull();
    expect(newTag("wedding", ["vip"])).toBe("wedding");
  });
});
