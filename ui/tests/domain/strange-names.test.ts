import { resultBadge } from "$lib/domain/badges";
import { fillVariables } from "$lib/domain/text";
import { describe, expect, it } from "vitest";

/** Names that every object answers to by itself. */
const NAMES = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"];

describe("a value called like a part of every object", () => {
  it("is a plain result in a row", () => {
    for (const kind of NAMES) {
      expect(resultBadge({ kind, label: "", url: null })).toEqual({ kind: "result", label: kind });
    }
  });

  it("is an unfilled variable of a template", () => {
    for (const name of NAMES) expect(fillVariables(`{{${name}}}`, {})).toBe(`{{${name}}}`);
    expect(fillVariables("{{constructor}}", { constructor: "Ada" } as never)).toBe("Ada");
  });
});
