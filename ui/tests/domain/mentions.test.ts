import {
  mentionAt,
  mentionOptions,
  mentionsIn,
  nameParts,
  putMention,
  withMentions,
  withoutMentions,
  type Mentionable,
} from "$lib/domain/mentions";
import { describe, expect, it } from "vitest";

const team: Mentionable[] = [
  { kind: "user", id: 2, name: "Jonas" },
  { kind: "user", id: 3, name: "Jonas Lindqvist" },
  { kind: "team", id: 4, name: "Spa (evening)" },
];

describe("naming somebody in a note", () => {
  it("begins behind an @ that stands alone, and ends with the line", () => {
    expect(mentionAt("ask @Jo", 7)).toEqual({ from: 4, typed: "Jo" });
    expect(mentionAt("@Jonas Li", 9)).toEqual({ from: 0, typed: "Jonas Li" });
    expect(mentionAt("me@hotel.example", 10)).toBeNull();
    expect(mentionAt("@Jonas\nand", 10)).toBeNull();
    expect(mentionAt("@ Jonas", 7)).toBeNull();
  });

  it("offers whose name or part of a name begins so, until it is whole", () => {
    expect(mentionOptions(team, "jo").map(({ id }) => id)).toEqual([2, 3]);
    expect(mentionOptions(team, "lind").map(({ id }) => id)).toEqual([3]);
    expect(mentionOptions(team, "Jonas").map(({ id }) => id)).toEqual([3]);
    expect(mentionOptions(team, "Jonas Lindqvist")).toEqual([]);
  });

  it("puts the whole name where it was begun", () => {
    expect(putMention("ask @Jo now", 4, 7, "Jonas")).toEqual({ text: "ask @Jonas now", from: 10, to: 10 });
    expect(putMention("@Jo", 0, 3, "Jonas").text).toBe("@Jonas ");
  });

  it("means the longer of two names, and no part of a word", () => {
    expect(nameParts("@Jonas Lindqvist!", ["Jonas", "Jonas Lindqvist"])).toEqual([
      { text: "@Jonas Lindqvist", mention: true },
      { text: "!", mention: false },
    ]);
    expect(nameParts("@Jonasson", ["Jonas"])).toEqual([{ text: "@Jonasson", mention: false }]);
  });

  it("is a link on the wire and a name again when it comes back", () => {
    const wire = withMentions("@Jonas Lindqvist and @Spa (evening): look", team);
    expect(wire).toBe(
      "[@Jonas Lindqvist](mention://user/3/Jonas%20Lindqvist) and [@Spa (evening)](mention://team/4/Spa%20%28evening%29): look",
    );
    expect(withoutMentions(wire)).toBe("@Jonas Lindqvist and @Spa (evening): look");
    expect(mentionsIn(wire).map(({ kind, id }) => [kind, id])).toEqual([
      ["user", 3],
      ["team", 4],
    ]);
  });
});
