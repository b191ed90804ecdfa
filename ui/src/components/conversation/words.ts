// Sentences of the conversation: who answers, what became of a reply, when. Decisions are made in lib/domain.

import { channelName } from "$lib/domain/channels";
import { shortName } from "$lib/domain/names";
import { clockTime, zoneInFront, zoneWords } from "$lib/domain/time";
import { dayOfThread, sinceWords, stretch } from "$lib/domain/timeline-days";
import type { PendingAction, PendingStatus } from "$lib/domain/timeline-state";
import { computerZone, sameClock } from "$lib/domain/zone";
import { m } from "$lib/paraglide/messages";
import type {
  Author,
  Channel,
  ContactView,
  HoldReason,
  MessageView,
  Refusal,
  StuckReason,
} from "$lib/rpc/generated/schema";

/** "23 h 49 min", "11 min". */
export function durationWords(seconds: number): string {
  const { days, hours, minutes } = stretch(seconds);
  if (days > 0) return m.thread_days({ days });
  if (hours === 0) return m.thread_minutes({ minutes });
  return minutes === 0 ? m.thread_hours({ hours }) : m.thread_hours_minutes({ hours, minutes });
}

/** "11 min ago". */
export function agoWords(at: number, now: number): string {
  return now - at < 60 ? m.thread_just_now() : m.thread_ago({ duration: durationWords(now - at) });
}

/** "Today, Friday 8 May", with the place where its clock is not this computer's. */
export function dayWords(at: number, now: number): string {
  const { named, date: day } = dayOfThread(at, now);
  const here = sameClock(zoneInFront(), computerZone(), now);
  const date = here ? day : m.time_elsewhere({ time: day, zone: zoneWords() });
  if (named === "today") return m.thread_today({ date });
  return named === "yesterday" ? m.thread_yesterday({ date }) : date;
}

/** "09:46" today, "Wednesday, 09:46" earlier. */
export function momentWords(at: number, now: number): string {
  const since = sinceWords(at, now);
  return since === clockTime(at) ? since : `${since}, ${clockTime(at)}`;
}

/** The whole name; words for a stranger. */
export function contactName(contact: Pick<ContactView, "name">): string {
  return contact.name === "" ? m.thread_stranger() : contact.name;
}

/** The name as in "Reply to Priya"; "this guest" where there is no name to say. */
export function callName(contact: Pick<ContactView, "name" | "named">): string {
  return contact.named ? shortName(contact.name) : m.composer_this_guest();
}

/** Whose words, above a message and in its spoken name. */
export function authorName(author: Author, name: string): string {
  if (author === "ai") return m.thread_ai();
  if (author === "server") return m.thread_server();
  if (author === "me") return m.thread_you({ name });
  return name === "" ? m.thread_stranger() : name;
}

/** Under a message the server has. */
export function deliveryWords(message: Pick<MessageView, "delivery" | "error">, channel: Channel): string {
  switch (message.delivery) {
    case "sent":
      return m.thread_sent();
    case "delivered":
      return m.thread_delivered();
    case "read":
      return m.thread_read();
    case "failed":
      return m.thread_not_sent({
        reason: message.error ?? m.thread_not_accepted({ channel: channelName(channel) }),
      });
  }
}

/** Under a message that is still on this computer. */
export function pendingWords(status: PendingStatus, contact: ContactView, channel: Channel): string {
  switch (status.kind) {
    case "sending":
      return m.thread_sending();
    case "queued":
      return queuedWords(status.place);
    case "retrying":
      return m.thread_retrying({ time: clockTime(status.until) });
    case "checking":
      return m.thread_checking();
    case "held":
      return heldWords(status.reason, callName(contact), channel);
    case "stuck":
      return stuckWords(status.reason);
  }
}

function queuedWords(place: number): string {
  const named = [m.thread_queued_first, m.thread_queued_second, m.thread_queued_third][place - 1];
  return named === undefined ? m.thread_queued_place({ place }) : named();
}

function heldWords(reason: HoldReason, name: string, channel: Channel): string {
  switch (reason) {
    case "window_closed":
      return m.thread_held_window_closed({ channel: channelName(channel) });
    case "opted_out":
      return m.thread_held_opted_out({ name });
    case "answered_by_colleague":
      return m.thread_held_answered();
    case "taken_by_colleague":
      return m.thread_held_taken();
    case "guest_wrote_again":
      return m.thread_held_guest({ name });
    case "closed":
      return m.thread_held_closed();
    case "changed_by_colleague":
      return m.thread_held_changed();
  }
}

function stuckWords(reason: StuckReason): string {
  switch (reason) {
    case "refused":
      return m.thread_stuck_refused();
    case "not_allowed":
      return m.thread_stuck_not_allowed();
    case "missing":
      return m.thread_stuck_missing();
    case "unknown":
      return m.thread_stuck_unknown();
    case "gave_up":
      return m.thread_stuck_gave_up();
  }
}

export function pendingActionWords(action: PendingAction, status: PendingStatus): string {
  switch (action) {
    case "edit":
      return m.thread_action_edit();
    case "delete":
      return m.thread_action_delete();
    case "again":
      return m.thread_action_again();
    case "send":
      return status.kind === "stuck" ? m.thread_action_send_again() : m.thread_action_send();
  }
}

/** Why something could not be pressed or sent. */
export function refusalWords(reason: Refusal): string {
  switch (reason) {
    case "offline":
      return m.thread_refused_offline();
    case "window_closed":
      return m.thread_refused_window_closed();
    case "closed":
      return m.thread_refused_closed();
    case "empty":
      return m.thread_refused_empty();
    case "too_long":
      return m.thread_refused_too_long();
    case "signed_out":
      return m.thread_refused_signed_out();
  }
}
