/**
 * What stands between the messages of a thread: days, the unread mark, the handoff brief; and which messages belong
 * together. Pure, so that the order on screen can be tested without a window.
 */
import type { MessageId, MessageView, PendingMessage } from "$lib/rpc/generated/schema";
import { zoneInFront } from "./time";
import { dayNumber } from "./zone";

/** Messages of one author within this many seconds share one heading. */
const GROUP_SECONDS = 5 * 60;

/** One line of the timeline. `continues` = belongs to the message before it: no heading of its own. */
export type TimelineEntry =
  | { kind: "day"; key: string; at: number }
  | { kind: "unread"; key: string; count: number }
  | { kind: "offline"; key: string; since: number }
  | { kind: "brief"; key: string; rangAt: number | null }
  | { kind: "activity"; key: string; message: MessageView }
  | { kind: "note"; key: string; message: MessageView }
  | { kind: "message"; key: string; message: MessageView; continues: boolean; showsDelivery: boolean }
  | { kind: "pending"; key: string; pending: PendingMessage; continues: boolean };

export interface TimelineParts {
  /** Oldest first. */
  messages: readonly MessageView[];
  /** Not on the server yet, oldest first. */
  pending: readonly PendingMessage[];
  firstUnread: MessageId | null;
  /** Where the handoff brief stands; `null` = none is shown. */
  brief: { rangAt: number | null } | null;
  /** Epoch seconds; `null` = in step. */
  offlineSince: number | null;
  /** Where its days begin; absent = that of the conversation in front. */
  zone?: string;
}

/** The entries in the order they are shown. */
export function timelineEntries(parts: TimelineParts): TimelineEntry[] {
  const builder = new Builder(parts);
  parts.messages.forEach((message, index) => builder.message(message, parts.messages[index + 1]));
  builder.briefIfDue(null);
  if (parts.offlineSince !== null) builder.offline(parts.offlineSince);
  for (const pending of unansweredPending(parts.messages, parts.pending)) builder.pending(pending);
  return builder.entries;
}

class Builder {
  readonly entries: TimelineEntry[] = [];
  #day: number | null = null;
  #last: { voice: string; at: number } | null = null;
  #briefAfter: number | null;

  constructor(private readonly parts: TimelineParts) {
    this.#briefAfter = parts.brief === null ? null : briefAnchor(parts.messages, parts.brief.rangAt);
  }

  message(message: MessageView, next: MessageView | undefined) {
    this.briefIfDue(message);
    this.#startDay(message.created_at);
    if (message.id === this.parts.firstUnread) this.#startUnread(message);
    const key = `m${message.id}`;
    if (message.author === "activity") {
      this.#last = null;
      this.entries.push({ kind: "activity", key, message });
    } else if (message.private) {
      this.#last = null;
      this.entries.push({ kind: "note", key, message });
    } else {
      const continues = this.#continues(voiceOf(message), message.created_at);
      this.entries.push({ kind: "message", key, message, continues, showsDelivery: showsDelivery(message, next) });
    }
  }

  pending(pending: PendingMessage) {
    this.#startDay(pending.created_at);
    const continues = this.#continues(pending.private ? "note" : "me", pending.created_at);
    this.entries.push({ kind: "pending", key: `p${pending.client_ref}`, pending, continues });
  }

  offline(since: number) {
    this.entries.push({ kind: "offline", key: "offline", since });
    this.#last = null;
  }

  /** Puts the brief in front of `next` once everything up to the moment it rang has been shown. */
  briefIfDue(next: MessageView | null) {
    if (this.#briefAfter === null || this.parts.brief === null) return;
    const stillBefore = next !== null && (next.created_at <= this.#briefAfter || next.author === "activity");
    if (stillBefore) return;
    this.entries.push({ kind: "brief", key: "brief", rangAt: this.parts.brief.rangAt });
    this.#briefAfter = null;
    this.#last = null;
  }

  #startDay(at: number) {
    const day = dayNumber(at, this.parts.zone ?? zoneInFront());
    if (day === this.#day) return;
    this.#day = day;
    this.#last = null;
    this.entries.push({ kind: "day", key: `d${day}`, at });
  }

  #startUnread(first: MessageView) {
    const from = this.parts.messages.indexOf(first);
    const count = this.parts.messages.slice(from).filter((message) => message.author === "guest").length;
    this.entries.push({ kind: "unread", key: "unread", count });
    this.#last = null;
  }

  #continues(voice: string, at: number): boolean {
    const last = this.#last;
    this.#last = { voice, at };
    return last !== null && last.voice === voice && at - last.at <= GROUP_SECONDS;
  }
}

function voiceOf(message: MessageView): string {
  return message.author === "colleague" || message.author === "guest"
    ? `${message.author}:${message.name}`
    : message.author;
}

/** A run of messages with the same fate says it once, at its end; a failure is said at each. */
function showsDelivery(message: MessageView, next: MessageView | undefined): boolean {
  if (message.author === "guest" || message.deleted) return false;
  if (message.delivery === "failed") return true;
  if (message.author === "ai" || message.author === "server") return message.delivery !== "sent" && next === undefined;
  const sameRun = next !== undefined && next.author === message.author && !next.private;
  return !(sameRun && next.delivery === message.delivery && next.created_at - message.created_at <= GROUP_SECONDS);
}

/** The brief stands after the last thing the AI said before it rang, or where it began to wait. */
function briefAnchor(messages: readonly MessageView[], rangAt: number | null): number {
  const lastOfAi = messages.findLast((message) => message.author === "ai" && !message.late);
  return Math.max(rangAt ?? 0, lastOfAi?.created_at ?? 0);
}

/** Pending ones whose own copy has already come back from the server are not shown twice. */
function unansweredPending(messages: readonly MessageView[], pending: readonly PendingMessage[]): PendingMessage[] {
  const arrived = new Set(messages.map((message) => message.client_ref));
  return pending.filter((item) => !arrived.has(item.client_ref));
}

/**
 * Since when the one who answers has been answering, as far as the loaded messages tell: their first message after
 * anybody else of the house spoke. Epoch seconds.
 */
export function answeringSince(messages: readonly MessageView[], who: "ai" | "person"): number | null {
  let since: number | null = null;
  for (const message of messages.toReversed()) {
    if (message.private || message.late) continue;
    const voice =
      message.author === "ai" ? "ai" : message.author === "me" || message.author === "colleague" ? "person" : null;
    if (voice === null) continue;
    if (voice !== who) break;
    since = message.created_at;
  }
  return since;
}

/** What was unread when somebody opened the conversation. */
export interface Unread {
  /** As the server counted; it stops at ten. */
  count: number;
  /** The newest message there was. */
  until: MessageId;
}

/**
 * Where the mark of the unread stands, which was at `mark`: of a thread that comes piece by piece the newest message is
 * here first, and others that were not read either come after it. It only ever moves up, and not into a stretch further
 * back, which was read.
 */
export function unreadMark(messages: readonly MessageView[], mark: MessageId, { count, until }: Unread): MessageId {
  if (count === 0 || !messages.some(({ id }) => id === mark)) return mark;
  const ofGuest = messages.filter(({ author, id }) => author === "guest" && id <= until);
  const first = ofGuest.slice(-count)[0];
  return first === undefined ? mark : Math.min(mark, first.id);
}

/** The AI answered after the first message that nobody of the desk had seen. */
export function answeredUnseen(messages: readonly MessageView[], firstUnread: MessageId | null): boolean {
  const from = messages.findIndex((message) => message.id === firstUnread);
  return from >= 0 && messages.slice(from).some((message) => message.author === "ai" && !message.private);
}

/**
 * The newest stretch laid over what is already on screen: what came before it stays, unless so much arrived that there
 * is a gap between the two. Both oldest first.
 */
export function mergeNewest(
  shown: readonly MessageView[],
  newest: readonly MessageView[],
): { messages: MessageView[]; keptOlder: boolean } {
  const first = newest[0];
  if (first === undefined || shown.length === 0) return { messages: [...newest], keptOlder: false };
  const ids = new Set(newest.map((message) => message.id));
  const overlaps = shown.some((message) => ids.has(message.id));
  const older = shown.filter((message) => comesBefore(message, first));
  if (!overlaps || older.length === 0) return { messages: [...newest], keptOlder: false };
  return { messages: [...older, ...newest], keptOlder: true };
}

/** An older stretch put in front, each message once. */
export function mergeOlder(older: readonly MessageView[], shown: readonly MessageView[]): MessageView[] {
  const ids = new Set(shown.map((message) => message.id));
  return [...older.filter((message) => !ids.has(message.id)), ...shown];
}

/** A newer stretch put behind, each message once. */
export function mergeNewer(shown: readonly MessageView[], newer: readonly MessageView[]): MessageView[] {
  const ids = new Set(shown.map((message) => message.id));
  return [...shown, ...newer.filter((message) => !ids.has(message.id))];
}

/** The same messages, each as it was told last. */
export function renewed(shown: readonly MessageView[], told: readonly MessageView[]): MessageView[] {
  const now = new Map(told.map((message) => [message.id, message]));
  return shown.map((message) => now.get(message.id) ?? message);
}

function comesBefore(one: MessageView, other: MessageView): boolean {
  return one.created_at < other.created_at || (one.created_at === other.created_at && one.id < other.id);
}
