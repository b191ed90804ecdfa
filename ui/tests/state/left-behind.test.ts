import type { ConversationRef, LeftBehindView } from "$lib/rpc/generated/schema";
import { Composer } from "$lib/state/composer.svelte";
import { LeftBehind } from "$lib/state/left-behind.svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { answerWith, flush } from "./host";

vi.mock("$lib/platform", async () => (await import("./host")).hostModule);

const one: ConversationRef = { account: 1, id: 1 };
const draft = { item: null, text: "Half a sentence", private: false, at: 5 };
const reply = { item: 7, text: "At three?", private: false, at: 4 };

describe("LeftBehind", () => {
  let asked: [string, unknown][];
  let left: LeftBehindView[];
  let composer: Composer;
  let behind: LeftBehind;
  beforeEach(() => {
    asked = [];
    left = [{ conversation: one, property: "Salon", words: [draft, reply], changes: [8, 9] }];
    composer = new Composer();
    behind = new LeftBehind(composer);
    answerWith((name, request) => {
      asked.push([name, request]);
      return name === "left_behind" ? left : { outcome: "done" };
    });
  });

  it("has the newest words of the composer kept before it looks", async () => {
    composer.open(one);
    composer.typed("Half a sentence");
    await behind.look();
    expect(asked.map(([name]) => name).filter((name) => name !== "typing")).toEqual(["save_draft", "left_behind"]);
    expect(behind.of(one)?.words).toEqual([draft, reply]);
    expect(behind.of({ account: 1, id: 2 })).toBeUndefined();
  });

  it("throws a draft away here and in the composer", async () => {
    composer.open(one);
    composer.typed("Half a sentence");
    await behind.look();
    expect(await behind.discard(one, draft)).toBe(true);
    expect(composer.text).toBe("");
    asked = [];
    await composer.flush();
    await flush();
    expect(asked, "nothing writes it again").toEqual([]);
  });

  it("throws messages and changes away one by one", async () => {
    await behind.look();
    expect(await behind.discard(one, reply)).toBe(true);
    expect(await behind.discardChanges(left[0]!)).toBe(true);
    const discarded = asked.filter(([name]) => name === "discard_item").map(([, request]) => request);
    expect(discarded).toEqual([{ item: 7 }, { item: 8 }, { item: 9 }]);
  });

  it("says when it did not work, and keeps the words", async () => {
    composer.open(one);
    composer.typed("Half a sentence");
    answerWith((name) => {
      if (name === "save_draft") throw { code: "disk", message: "", retryable: true };
      return left;
    });
    expect(await behind.discard(one, draft)).toBe(false);
    expect(composer.text).toBe("Half a sentence");
  });
});
