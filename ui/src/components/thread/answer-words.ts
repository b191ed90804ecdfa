// The two lines of the answer bar: who answers, and since when or why.

import { agoWords, callName, durationWords, momentWords } from "$components/conversation/words";
import { quietFor } from "$lib/domain/quiet";
import { clockTime } from "$lib/domain/time";
import { answeredUnseen, answeringSince } from "$lib/domain/timeline";
import { sinceWords } from "$lib/domain/timeline-days";
import { m } from "$lib/paraglide/messages";
import type { Changing, ConversationView, MessageId, MessageView } from "$lib/rpc/generated/schema";

export interface AnswerFacts {
  conversation: ConversationView;
  messages: readonly MessageView[];
  /** Offline: since when things are as shown; `null` = not known. */
  lockedAsOf: number | null | undefined;
  notSent: number;
  /** Where the unread mark stands. */
  firstUnread: MessageId | null;
  now: number;
}

/** "You are answering". */
export function answerTitle(conversation: ConversationView, changing: boolean): string {
  if (changing && conversation.changing !== null) return changingTitle(conversation.changing);
  switch (conversation.who.kind) {
    case "ai":
      return conversation.window.window === "closed"
        ? m.answer_ai_if({ name: callName(conversation.contact) })
        : m.answer_ai_now();
    case "waiting":
      return m.answer_nobody();
    case "person":
      if (conversation.who_is_me) return m.answer_you();
      return conversation.who_name === null ? m.answer_somebody() : m.answer_other({ name: conversation.who_name });
    case "snoozed":
      return m.answer_snoozed();
    case "closed":
      return m.answer_closed();
  }
}

function changingTitle(changing: Changing): string {
  switch (changing) {
    case "to_human":
      return m.answer_changing_human();
    case "to_ai":
      return m.answer_changing_ai();
    case "escalating":
      return m.answer_changing_escalating();
    case "closing":
      return m.answer_changing_closing();
  }
}

/** The line below: what matters most of what is known. Empty when there is nothing to add. */
export function answerDetail(facts: AnswerFacts): string {
  const { conversation, lockedAsOf, notSent } = facts;
  if (lockedAsOf !== undefined) {
    return lockedAsOf === null ? m.answer_locked_unknown() : m.answer_locked({ time: clockTime(lockedAsOf) });
  }
  if (notSent > 0) return m.answer_not_sent({ count: notSent });
  if (conversation.opted_out_at !== null) return m.answer_opted_out();
  switch (conversation.who.kind) {
    case "ai":
      return aiDetail(facts);
    case "waiting":
      return waitingDetail(facts);
    case "person":
      return personDetail(facts);
    case "snoozed":
      return conversation.snoozed_until === null
        ? m.answer_snoozed_guest({ name: callName(conversation.contact) })
        : m.answer_snoozed_until({ time: momentWords(conversation.snoozed_until, facts.now) });
    case "closed":
      return m.answer_closed_detail({ name: callName(conversation.contact) });
  }
}

function aiDetail({ conversation, messages, firstUnread, now }: AnswerFacts): string {
  const { window } = conversation;
  if (window.window === "closed") {
    return window.since === null
      ? m.answer_expired_unknown()
      : m.answer_expired({ time: momentWords(window.since, now) });
  }
  if (answeredUnseen(messages, firstUnread)) return m.answer_ai_replied();
  const since = answeringSince(messages, "ai");
  return since === null ? "" : m.answer_since({ time: sinceWords(since, now) });
}

function waitingDetail({ conversation, now }: AnswerFacts): string {
  const since = conversation.waiting_since;
  const reason = conversation.escalation_reason ?? (conversation.escalated ? m.answer_escalated() : "");
  if (since === null) return reason;
  const moment = { time: momentWords(since, now), ago: agoWords(since, now) };
  const stopped = conversation.has_ai ? m.answer_stopped(moment) : m.answer_waiting(moment);
  // The time is never cut; the reason stands in the brief as well.
  return reason === "" ? stopped : `${stopped} · ${reason}`;
}

function personDetail({ conversation, messages, now }: AnswerFacts): string {
  const quiet = quietFor(messages, now);
  if (conversation.who_is_me && conversation.has_ai && quiet !== null) {
    return m.answer_quiet({ duration: durationWords(quiet) });
  }
  const since = answeringSince(messages, "person");
  if (since === null) return conversation.escalated ? m.answer_escalated() : "";
  const time = sinceWords(since, now);
  return conversation.escalated ? m.answer_escalated_since({ time }) : m.answer_since({ time });
}
