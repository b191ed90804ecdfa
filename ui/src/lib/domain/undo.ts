/** What brings a conversation back to where it was before somebody pressed something. */
import type { AgentId, AssignTarget, ConversationView, Priority } from "$lib/rpc/generated/schema";

export type UndoStep =
  | { do: "take_over" }
  | { do: "hand_back" }
  | { do: "assign"; to: AssignTarget }
  | { do: "snooze"; until: number | null }
  | { do: "priority"; priority: Priority | null }
  | { do: "unmute" };

type Before = Pick<ConversationView, "who" | "who_is_me" | "assignee" | "team" | "priority" | "snoozed_until">;

/**
 * Back to who answered before. `isOpen`: it is open now, so that giving it to somebody is enough; otherwise I open it
 * first, because only a person can.
 */
export function wayBack(before: Before, isOpen: boolean): UndoStep[] {
  const { who } = before;
  const open: UndoStep[] = isOpen ? [] : [{ do: "take_over" }];
  switch (who.kind) {
    case "ai":
      return [{ do: "hand_back" }];
    case "snoozed":
      return [{ do: "snooze", until: before.snoozed_until }];
    case "closed":
      return [];
    case "waiting":
      return [...open, { do: "assign", to: { kind: "nobody" } }];
    case "person":
      if (before.who_is_me) return [{ do: "take_over" }];
      return [
        ...open,
        { do: "assign", to: who.agent === null ? { kind: "nobody" } : { kind: "agent", id: who.agent } },
      ];
  }
}

/** Back from giving it to somebody; empty where a team came in place of none, which the server cannot take back. */
export function wayBackOfAssign(before: Before, to: AssignTarget, urgent: boolean, me: AgentId | null): UndoStep[] {
  const holder = holderBefore(before, to, me);
  if (holder === null) return [];
  return urgent && before.priority !== "urgent" ? [...holder, { do: "priority", priority: before.priority }] : holder;
}

function holderBefore(before: Before, to: AssignTarget, me: AgentId | null): UndoStep[] | null {
  if (to.kind === "team") {
    return before.team === null ? null : [{ do: "assign", to: { kind: "team", id: before.team.id } }];
  }
  // To me means taking over.
  if (to.kind === "agent" && to.id === me) return wayBack(before, true);
  const held: AssignTarget = before.assignee === null ? { kind: "nobody" } : { kind: "agent", id: before.assignee.id };
  return [{ do: "assign", to: held }];
}
