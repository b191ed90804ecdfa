// What can be done with a conversation as a whole, each with the words for how it went. A press shows at once, because
// the core lays it over what it shows; only what was refused or failed needs telling.

import { wayBack, wayBackOfAssign, type UndoStep } from "$lib/domain/undo";
import { m } from "$lib/paraglide/messages";
import { mutate } from "$lib/rpc";
import type {
  ActOutcome,
  AssignRequest,
  ConversationRef,
  ConversationView,
  MessageId,
  Priority,
} from "$lib/rpc/generated/schema";
import type { App } from "$lib/state/app.svelte";
import { refusalWords } from "./words";

/** How long something can be taken back. Seconds. */
const UNDO_SECONDS = 10;

interface Undo {
  ref: ConversationRef;
  steps: readonly UndoStep[];
}

export class Acts {
  #app: App;
  #undo: { undo: Undo; until: number; toast: number } | null = null;

  constructor(app: App) {
    this.#app = app;
  }

  /** Takes the last change back, while it can be. @returns false when there is nothing to undo. */
  undo(): boolean {
    const last = this.#undo;
    this.#undo = null;
    if (last === null || Date.now() > last.until) return false;
    this.#app.toasts.close(last.toast);
    void this.#back(last.undo);
    return true;
  }

  /** Whether there is something to take back. */
  canUndo(): boolean {
    return this.#undo !== null && Date.now() <= this.#undo.until;
  }

  takeOver(before: ConversationView): Promise<boolean> {
    const ref = before.conversation;
    return this.#act(mutate("take_over", ref), m.thread_did_take_over(), { ref, steps: wayBack(before, true) });
  }

  handBack(before: ConversationView): Promise<boolean> {
    const ref = before.conversation;
    return this.#act(mutate("hand_back", ref), m.thread_did_hand_back(), { ref, steps: wayBack(before, false) });
  }

  escalate(ref: ConversationRef, reason: string): Promise<boolean> {
    return this.#act(mutate("escalate", { conversation: ref, reason }), m.thread_did_escalate());
  }

  /** `name`: whom it is given to. */
  assign(before: ConversationView, request: Omit<AssignRequest, "conversation">, name: string): Promise<boolean> {
    const ref = before.conversation;
    const me = this.#app.session.account(ref.account)?.me.id ?? null;
    const steps = wayBackOfAssign(before, request.to, request.urgent, me);
    return this.#act(mutate("assign", { conversation: ref, ...request }), m.thread_did_assign({ name }), {
      ref,
      steps,
    });
  }

  close(before: ConversationView, finalMessage: string): Promise<boolean> {
    const ref = before.conversation;
    const asked = mutate("close", { conversation: ref, final_message: finalMessage });
    return this.#act(asked, m.thread_did_close(), { ref, steps: wayBack(before, false) });
  }

  /** `until`: epoch seconds, `null` = until the guest writes. */
  snooze(before: ConversationView, until: number | null): Promise<boolean> {
    const ref = before.conversation;
    const asked = mutate("snooze", { conversation: ref, until });
    return this.#act(asked, m.thread_did_snooze(), { ref, steps: wayBack(before, false) });
  }

  setPriority(ref: ConversationRef, priority: Priority | null): Promise<boolean> {
    return this.#act(mutate("set_priority", { conversation: ref, priority }));
  }

  /** Muting closes the conversation, too. */
  mute(before: ConversationView): Promise<boolean> {
    const ref = before.conversation;
    const steps: UndoStep[] = [{ do: "unmute" }, ...wayBack(before, false)];
    return this.#act(mutate("set_muted", { conversation: ref, muted: true }), m.thread_did_mute(), { ref, steps });
  }

  unmute(ref: ConversationRef): Promise<boolean> {
    return this.#act(mutate("set_muted", { conversation: ref, muted: false }), m.thread_did_unmute());
  }

  changeLabels(ref: ConversationRef, add: string[], remove: string[]): Promise<boolean> {
    return this.#act(mutate("change_labels", { conversation: ref, add, remove }));
  }

  deleteMessage(conversation: ConversationRef, message: MessageId): Promise<boolean> {
    return this.#act(mutate("delete_message", { conversation, message }));
  }

  markUnread(ref: ConversationRef): Promise<boolean> {
    return this.#act(mutate("mark_unread", ref), m.thread_did_unread());
  }

  /** One step after the other; the first that does not work ends it, and says why. */
  async #back({ ref, steps }: Undo): Promise<void> {
    for (const step of steps) {
      if (!(await this.#act(stepCall(ref, step)))) return;
    }
    this.#say(m.thread_did_undo(), undefined);
  }

  /** @returns whether it is done; what went wrong has been said. */
  async #act(asked: Promise<ActOutcome>, done?: string, undo?: Undo): Promise<boolean> {
    const outcome = await asked.catch(() => null);
    if (outcome?.outcome === "done") {
      if (done !== undefined) this.#say(done, undo);
      return true;
    }
    const words = outcome === null ? m.thread_act_failed() : refusalWords(outcome.reason);
    this.#app.toasts.show(words);
    this.#app.announcer.alarm(words);
    return false;
  }

  #say(done: string, undo: Undo | undefined): void {
    this.#app.announcer.say(done);
    // Only the last change can be taken back: an older one's way back leads past what was done since.
    if (this.#undo !== null) this.#app.toasts.close(this.#undo.toast);
    this.#undo = null;
    if (undo === undefined || undo.steps.length === 0) {
      this.#app.toasts.show(done);
      return;
    }
    const until = Date.now() + UNDO_SECONDS * 1000;
    const run = () => {
      this.#undo = null;
      void this.#back(undo);
    };
    const toast = this.#app.toasts.show(done, { action: m.thread_undo(), run, seconds: UNDO_SECONDS });
    this.#undo = { undo, until, toast };
  }
}

const ofWindow = new WeakMap<App, Acts>();

/** The one of the window: what was done last is taken back wherever it was done. */
export function actsOf(app: App): Acts {
  const acts = ofWindow.get(app) ?? new Acts(app);
  ofWindow.set(app, acts);
  return acts;
}

/** One step of the way back. */
export function stepCall(conversation: ConversationRef, step: UndoStep): Promise<ActOutcome> {
  switch (step.do) {
    case "take_over":
      return mutate("take_over", conversation);
    case "hand_back":
      return mutate("hand_back", conversation);
    case "assign":
      return mutate("assign", { conversation, to: step.to, note: "", urgent: false });
    case "snooze":
      return mutate("snooze", { conversation, until: step.until });
    case "priority":
      return mutate("set_priority", { conversation, priority: step.priority });
    case "unmute":
      return mutate("set_muted", { conversation, muted: false });
  }
}
