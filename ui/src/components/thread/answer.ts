/**
 * What the answer bar says and offers: one place decides who answers, which half of the switch is chosen and what the
 * next step is. Words are the component's.
 */
import type { ConnectionState, ConversationView, WhoAnswers } from "$lib/rpc/generated/schema";

/** Which half of the switch is chosen, and how it is drawn. */
export type SwitchState = "ai" | "person" | "vacant" | "shut";

export type AnswerAction = "escalate" | "take_over" | "hand_back";

export interface AnswerState {
  chosen: SwitchState;
  /** The chosen half turns while the change is on its way. */
  changing: boolean;
  /** Brass: a person is needed and nobody is there. */
  ringing: boolean;
  /** The server's word is needed now and cannot be had. */
  locked: boolean;
  actions: AnswerAction[];
}

type Facts = Pick<ConversationView, "who" | "who_is_me" | "changing" | "has_ai" | "opted_out_at" | "window">;

/** The AI goes on answering without this computer: only a live connection may change who answers. */
export function isLocked(connection: ConnectionState | null): boolean {
  return connection === "offline" || connection === "signed_out";
}

export function answerState(facts: Facts, connection: ConnectionState | null): AnswerState {
  const locked = isLocked(connection);
  // Offline a change is not on its way, it waits: nothing turns.
  const changing = facts.changing !== null && !locked;
  return {
    chosen: chosenHalf(facts.who),
    changing,
    ringing: facts.who.kind === "waiting",
    locked,
    actions: changing ? [] : actionsFor(facts),
  };
}

function chosenHalf(who: WhoAnswers): SwitchState {
  switch (who.kind) {
    case "ai":
      return "ai";
    case "person":
      return "person";
    case "waiting":
      return "vacant";
    case "snoozed":
    case "closed":
      return "shut";
  }
}

function actionsFor(facts: Facts): AnswerAction[] {
  switch (facts.who.kind) {
    case "ai":
      // Nobody can answer freely in a closed window, so ringing the desk would help nobody.
      return facts.window.window === "closed" ? ["take_over"] : ["escalate", "take_over"];
    case "waiting":
    case "snoozed":
      return ["take_over"];
    case "person":
      if (!facts.who_is_me) return ["take_over"];
      // The AI is stopped for a guest who opted out: there is nobody to hand back to.
      return facts.has_ai && facts.opted_out_at === null ? ["hand_back"] : [];
    case "closed":
      return [];
  }
}
