// What is told while it lasts: that one writes, that one looks.

import type { ConversationRef } from "$lib/rpc/generated/schema";
import { LookingNotice } from "$lib/state/looking";
import { TypingNotice } from "$lib/state/typing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answerWith } from "./host";

vi.mock("$lib/platform", async () => (await import("./host")).hostModule);

const one: ConversationRef = { account: 1, id: 1 };
const two: ConversationRef = { account: 1, id: 2 };

let told: [string, number, boolean][] = [];
beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  answerWith((name, request) => {
    const { conversation, on } = request as { conversation: ConversationRef; on: boolean };
    told.push([name, conversation.id, on]);
    return null;
  });
});
afterEach(() => vi.useRealTimers());

describe("looking", () => {
  it("is said again while somebody stays, and ended when they leave", async () => {
    const notice = new LookingNotice();
    notice.at(one, true);
    await vi.advanceTimersByTimeAsync(41_000);
    expect(told).toEqual(Array(3).fill(["looking", 1, true]));
    notice.at(two, true);
    expect(told.slice(3)).toEqual([
      ["looking", 1, false],
      ["looking", 2, true],
    ]);
    notice.at(null, false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told.slice(5)).toEqual([["looking", 2, false]]);
  });

  it("is not said by a window behind others, nor taken back by it", async () => {
    const notice = new LookingNotice();
    notice.at(one, false);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(told).toEqual([]);
    notice.at(one, true);
    notice.at(one, false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([["looking", 1, true]]);
    notice.at(two, false);
    expect(told.slice(1)).toEqual([["looking", 1, false]]);
  });
});

describe("writing", () => {
  it("is said again to those who would forget it, and not with each letter", async () => {
    const notice = new TypingNotice();
    for (let second = 0; second < 25; second++) {
      notice.start(one);
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(told).toEqual(Array(2).fill(["typing", 1, true]));
    await vi.advanceTimersByTimeAsync(4000);
    expect(told.slice(2)).toEqual([["typing", 1, false]]);
  });
});
