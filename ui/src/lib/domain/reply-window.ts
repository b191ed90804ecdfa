// Whether a channel still takes free text: what the core said, at the present moment.

import type { ConversationView, ReplyWindow } from "$lib/rpc/generated/schema";

/** A window that was open when it was asked for closes by itself; `now` in epoch seconds. */
export function windowAt(window: ReplyWindow, now: number): ReplyWindow {
  return window.window === "open" && window.until <= now ? { window: "closed", since: window.until } : window;
}

/** The conversation as it is now; the same object while nothing differs. */
export function conversationAt(conversation: ConversationView, now: number): ConversationView {
  const window = windowAt(conversation.window, now);
  return window === conversation.window ? conversation : { ...conversation, window };
}
