// What can be written in a conversation now, and what the button does. Words are in words.ts.

import type { ConversationView } from "$lib/rpc/generated/schema";
import type { Mode } from "$lib/state/composer.svelte";

type Facts = Pick<ConversationView, "who" | "who_is_me" | "window" | "opted_out_at">;

/** Why no reply can be written; `null` = it can. */
export type Barrier = "closed" | "window_closed" | "opted_out";

/** A note is always possible. `writesAnyway`: the person read that the guest opted out and writes all the same. */
export function barrierOf(facts: Facts, mode: Mode, writesAnyway: boolean): Barrier | null {
  if (mode === "note") return null;
  if (facts.who.kind === "closed") return "closed";
  if (facts.window.window === "closed") return "window_closed";
  return facts.opted_out_at !== null && !writesAnyway ? "opted_out" : null;
}

export type SendKind = "send" | "take_over" | "queue" | "note";

/** What pressing Send does: whoever answered before, from then on I do. Offline nothing goes out now. */
export function sendKind(facts: Facts, mode: Mode, offline: boolean): SendKind {
  if (mode === "note") return "note";
  if (offline) return "queue";
  return facts.who.kind === "person" && facts.who_is_me ? "send" : "take_over";
}

/** A colleague is speaking with the guest: what is written here starts as a note for them. */
export function isColleagues(facts: Pick<Facts, "who" | "who_is_me">): boolean {
  return facts.who.kind === "person" && !facts.who_is_me && facts.who.agent !== null;
}

/** What stands at the end of the composer's first line: what matters most of what is known. */
export type Hint =
  | { kind: "note" | "offline" | "ai" | "quiet" }
  | { kind: "not_sent"; count: number }
  | { kind: "colleague" }
  | { kind: "draft"; at: number }
  | { kind: "window"; seconds: number };

/** A channel that closes within this time matters more than that nobody wrote for long. Seconds. */
const SOON = 4 * 60 * 60;

export interface HintFacts {
  conversation: ConversationView;
  mode: Mode;
  offline: boolean;
  notSent: number;
  /** When the draft on screen was saved, epoch seconds. */
  savedAt: number | null;
  /** Nobody has written for long. */
  quiet: boolean;
  now: number;
}

export function hintOf(facts: HintFacts): Hint | null {
  const { conversation, mode, savedAt, now } = facts;
  if (isColleagues(conversation)) return { kind: "colleague" };
  if (mode === "note") return savedAt === null ? { kind: "note" } : { kind: "draft", at: savedAt };
  if (facts.offline) return { kind: "offline" };
  if (facts.notSent > 0) return { kind: "not_sent", count: facts.notSent };
  if (conversation.who.kind === "ai") return { kind: "ai" };
  if (savedAt !== null) return { kind: "draft", at: savedAt };
  const { window } = conversation;
  const left = window.window === "open" ? window.until - now : null;
  const mayClose = left !== null && left <= SOON;
  if (facts.quiet && !mayClose && conversation.who_is_me && conversation.has_ai) return { kind: "quiet" };
  return left === null ? null : { kind: "window", seconds: left };
}
