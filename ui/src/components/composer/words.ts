// Sentences of the composer.

import { callName, contactName, durationWords, refusalWords } from "$components/conversation/words";
import type { IconName } from "$components/ui/icons";
import { channelName } from "$lib/domain/channels";
import { limitMegabytes, type FileProblem } from "$lib/domain/files";
import { shortName } from "$lib/domain/names";
import { clockTime } from "$lib/domain/time";
import { m } from "$lib/paraglide/messages";
import type { Channel, ConversationView } from "$lib/rpc/generated/schema";
import type { Mode, Problem, Question } from "$lib/state/composer.svelte";
import { isColleagues, type Hint, type SendKind } from "./rules";

export function sendWords(kind: SendKind): string {
  switch (kind) {
    case "send":
      return m.composer_send();
    case "take_over":
      return m.composer_take_over_send();
    case "queue":
      return m.composer_queue();
    case "note":
      return m.composer_add_note();
  }
}

/** In the empty box: who is written to, and by whom. `me` is my whole name. */
export function placeholder(conversation: ConversationView, mode: Mode, me: string): string {
  const name = callName(conversation.contact);
  if (mode === "note") {
    const colleague = isColleagues(conversation) ? conversation.who_name : null;
    return colleague === null
      ? m.composer_placeholder_note()
      : m.composer_placeholder_note_for({ name: shortName(colleague) });
  }
  if (conversation.who.kind === "ai") return m.composer_placeholder_ai({ name });
  const mine = conversation.who.kind === "person" && me !== "";
  return mine ? m.composer_placeholder_mine({ name, me: shortName(me) }) : m.composer_placeholder_waiting({ name });
}

export interface HintWords {
  text: string;
  icon: IconName;
  tone: "plain" | "ai" | "late";
}

export function hintWords(hint: Hint, conversation: ConversationView): HintWords {
  switch (hint.kind) {
    case "note":
      return { text: m.composer_hint_note(), icon: "lock", tone: "plain" };
    case "offline":
      return { text: m.composer_hint_offline(), icon: "cloud-off", tone: "plain" };
    case "ai":
      return { text: m.composer_hint_ai(), icon: "sparkles", tone: "ai" };
    case "quiet":
      return { text: m.composer_hint_quiet(), icon: "undo-2", tone: "plain" };
    case "not_sent":
      return { text: m.answer_not_sent({ count: hint.count }), icon: "circle-alert", tone: "late" };
    case "colleague": {
      const name = conversation.who_name === null ? m.composer_a_colleague() : shortName(conversation.who_name);
      return { text: m.composer_hint_colleague({ name }), icon: "user", tone: "plain" };
    }
    case "draft":
      return { text: m.composer_hint_draft({ time: clockTime(hint.at) }), icon: "pencil", tone: "plain" };
    case "window": {
      const channel = channelName(conversation.channel);
      const text = m.composer_hint_window({ channel, duration: durationWords(hint.seconds) });
      return { text, icon: "clock", tone: "plain" };
    }
  }
}

/** "Jonas answered 8 seconds ago. Send anyway?" */
export function questionWords(question: Question, conversation: ConversationView): string {
  const name = question.name === null ? m.composer_a_colleague() : shortName(question.name);
  switch (question.question) {
    case "answered_by_colleague":
      return m.composer_ask_answered({ name, ago: secondsAgoWords(question.secondsAgo ?? 0) });
    case "taken_by_colleague":
      return m.composer_ask_taken({ name });
    case "opted_out":
      return m.composer_ask_opted_out({ name: contactName(conversation.contact) });
    case "offline_while_ai":
      return m.composer_ask_offline();
  }
}

/** Seconds matter while two people write at once. */
function secondsAgoWords(seconds: number): string {
  return seconds < 60 ? m.composer_seconds({ seconds }) : m.thread_ago({ duration: durationWords(seconds) });
}

export function problemWords(problem: Problem): string {
  switch (problem.kind) {
    case "refused":
      return refusalWords(problem.reason);
    case "failed":
      return m.composer_failed();
    case "draft":
      return m.composer_draft_failed();
  }
}

/** Why a file is not there. */
export function fileProblemWords({ name, reason, limit }: FileProblem, channel: Channel): string {
  switch (reason) {
    case "empty":
      return m.composer_file_empty({ name });
    case "too_large":
      return m.composer_file_too_large({ name, limit: limitMegabytes(limit) });
    case "message_too_large":
      return m.composer_files_too_large({ name, limit: limitMegabytes(limit) });
    case "too_many":
      return m.composer_files_too_many({ name, limit });
    case "failed":
      return m.composer_file_failed({ name });
    case "text_only":
      return m.composer_file_text_only({ name, channel: channelName(channel) });
  }
}
