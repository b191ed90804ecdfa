import { messageActions } from "$lib/domain/message-actions";
import type { ConversationView, MessageView } from "$lib/rpc/generated/schema";
import { describe, expect, it } from "vitest";

const message = (change: Partial<MessageView>) => ({
  author: "guest" as const,
  private: false,
  deleted: false,
  text: "Hello",
  ...change,
});
const conversation = (change: Partial<ConversationView>) => ({
  channel: "whatsapp" as const,
  who: { kind: "ai" } as const,
  window: { window: "none" } as const,
  ...change,
});

describe("messageActions", () => {
  it("answers, copies, and deletes one's own", () => {
    expect(messageActions(message({}), conversation({}))).toEqual(["reply", "copy"]);
    expect(messageActions(message({ author: "me" }), conversation({}))).toEqual(["reply", "copy", "delete"]);
    expect(messageActions(message({ author: "me", private: true }), conversation({}))).toEqual(["copy", "delete"]);
  });

  it("does not answer where the guest would not see what is answered", () => {
    expect(messageActions(message({}), conversation({ channel: "email" }))).toEqual(["copy"]);
    expect(messageActions(message({}), conversation({ who: { kind: "closed" } }))).toEqual(["copy"]);
    expect(messageActions(message({}), conversation({ window: { window: "closed", since: null } }))).toEqual(["copy"]);
  });

  it("leaves alone what is gone or only says what happened", () => {
    expect(messageActions(message({ author: "me", deleted: true }), conversation({}))).toEqual([]);
    expect(messageActions(message({ author: "activity" }), conversation({}))).toEqual([]);
    expect(messageActions(message({ text: "" }), conversation({ channel: "sms" }))).toEqual([]);
  });
});
