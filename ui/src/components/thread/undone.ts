// Pressed changes the server did not carry out, in words. Messages and notes about a guest say it where they stand.

import { m } from "$lib/paraglide/messages";
import type { ConversationView, OutboxState, PendingChange, PendingKind } from "$lib/rpc/generated/schema";

/** Those a person has to decide about: of the conversation, then of its guest. */
export function undone(conversation: ConversationView): PendingChange[] {
  const own = conversation.pending.filter(isUndone);
  const ofGuest = conversation.contact.pending.filter((change) => isUndone(change) && !isNote(change.change));
  return [...own, ...ofGuest];
}

const isUndone = ({ state }: PendingChange) => state.state === "stuck" || state.state === "held";
const isNote = (kind: PendingKind) =>
  kind === "contact_note" || kind === "edit_contact_note" || kind === "delete_contact_note";

const NAMES: Record<PendingKind, () => string> = {
  message: m.undone_send,
  take_over: m.answer_take_over,
  hand_back: m.answer_hand_back,
  escalate: m.answer_escalate,
  assign: m.thread_assign,
  close: m.thread_close,
  snooze: m.thread_menu_snooze,
  priority: m.thread_menu_priority,
  labels: m.undone_tags,
  seen: m.undone_unread,
  unread: m.undone_unread,
  attributes: m.undone_details,
  mute: m.undone_mute,
  delete_message: m.undone_delete,
  contact: m.undone_details,
  contact_labels: m.undone_tags,
  contact_note: m.undone_note,
  edit_contact_note: m.undone_note,
  delete_contact_note: m.undone_note,
};

export const undoneTitle = ({ change }: PendingChange): string => m.undone_title({ change: NAMES[change]() });

/** What happened, what is safe, and what to do; the server's own words where it said any. */
export function undoneWords({ state, refusal }: PendingChange): string {
  const words = reasonWords(state);
  return refusal ? `${words} ${refusal}` : words;
}

function reasonWords(state: OutboxState): string {
  if (state.state === "held") return m.undone_changed();
  if (state.state !== "stuck") return "";
  switch (state.reason) {
    case "not_allowed":
      return m.undone_not_allowed();
    case "missing":
      return m.undone_missing();
    case "gave_up":
      return m.undone_gave_up();
    case "refused":
    case "unknown":
      return m.undone_refused();
  }
}
