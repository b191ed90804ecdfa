/** What is said under a message about its way to the guest, and what can be done about it. */
import type { HoldReason, MessageView, OutboxState, PendingMessage, StuckReason } from "$lib/rpc/generated/schema";

/** Under a message of mine that is not on the server yet. */
export type PendingStatus =
  | { kind: "sending" }
  /** `place` 1 = goes out first. */
  | { kind: "queued"; place: number }
  | { kind: "retrying"; until: number }
  | { kind: "checking" }
  | { kind: "held"; reason: HoldReason }
  | { kind: "stuck"; reason: StuckReason };

/** What the person may do about it. `send` and `again` are the same call with other words. */
export type PendingAction = "edit" | "delete" | "again" | "send";

export function pendingStatus(pending: Pick<PendingMessage, "state" | "place">): PendingStatus {
  const state: OutboxState = pending.state;
  switch (state.state) {
    case "queued":
      return { kind: "queued", place: pending.place };
    case "waiting":
      return { kind: "retrying", until: state.until };
    case "unsure":
      return { kind: "checking" };
    case "held":
      return { kind: "held", reason: state.reason };
    case "stuck":
      return { kind: "stuck", reason: state.reason };
    case "sending":
    case "sent":
      return { kind: "sending" };
  }
}

/**
 * Nothing can be changed while it may be on the wire; a held or stuck one needs a decision. A template's words are the
 * provider's: they are never edited.
 */
export function pendingActions(status: PendingStatus, isTemplate = false): PendingAction[] {
  const actions = actionsOf(status);
  return isTemplate ? actions.filter((action) => action !== "edit") : actions;
}

function actionsOf(status: PendingStatus): PendingAction[] {
  switch (status.kind) {
    case "sending":
    case "checking":
      return [];
    case "queued":
    case "retrying":
      return ["edit", "delete"];
    case "held":
      return status.reason === "window_closed" || status.reason === "closed"
        ? ["edit", "delete"]
        : ["send", "edit", "delete"];
    case "stuck":
      return stuckActions(status.reason);
  }
}

function stuckActions(reason: StuckReason): PendingAction[] {
  if (reason === "missing") return ["delete"];
  // The guest may already have it: only a person can tell, so the words are "Send again" and not "Try again".
  if (reason === "unknown") return ["send", "delete"];
  return ["again", "edit", "delete"];
}

/** Shape and colour of the line under a message. */
export type Tone = "plain" | "read" | "late";

export function pendingTone(status: PendingStatus): Tone {
  return status.kind === "held" || status.kind === "stuck" ? "late" : "plain";
}

export function deliveryTone(message: Pick<MessageView, "delivery">): Tone {
  if (message.delivery === "failed") return "late";
  return message.delivery === "read" ? "read" : "plain";
}
