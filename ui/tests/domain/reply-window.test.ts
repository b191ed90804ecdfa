import { conversationAt, windowAt } from "$lib/domain/reply-window";
import type { ConversationView } from "$lib/rpc/generated/schema";
import { expect, it } from "vitest";

it("closes at the very second, without a word from anybody", () => {
  const open = { window: "open", until: 100 } as const;
  expect(windowAt(open, 99)).toBe(open);
  expect(windowAt(open, 100)).toEqual({ window: "closed", since: 100 });
  expect(windowAt({ window: "none" }, 1e9)).toEqual({ window: "none" });
});

it("changes nothing else, and nothing before", () => {
  const conversation = { subject: "Offer", window: { window: "open", until: 100 } } as ConversationView;
  expect(conversationAt(conversation, 99)).toBe(conversation);
  expect(conversationAt(conversation, 101)).toEqual({ subject: "Offer", window: { window: "closed", since: 100 } });
});
