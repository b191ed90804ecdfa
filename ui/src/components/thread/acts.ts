// What can be done with a conversation as a whole, each with the words for how it went. A press shows at once, because
// the core lays it over what it shows; only what was refused or failed needs telling.

import { m } from "$lib/paraglide/messages";
import { mutate } from "$lib/rpc";
import type {
  ActOutcome,
  AssignRequest,
  AssignTarget,
  ConversationRef,
  ConversationView,
  MessageId,
  Priority,
} from "$lib/rpc/generated/schema";
import type { App } from "$lib/state/app.svelte";
import { refusalWords } from "./words";

/** How long something can be taken back. Seconds. */
const UNDO_SECONDS = 10;

type Undo = () => Promise<unknown>;

export class Acts {
  #app: App;
  #undo: { run: Undo; until: number } | null = null;

  constructor(app: App) {
    this.#app = app;
  }

  /** Takes the last change of who answers back, while it can be. @returns false when there is nothing to undo. */
  undo(): boolean {
    const undo = this.#undo;
    this.#undo = null;
    if (undo === null || Date.now() > undo.until) return false;
    void undo.run();
    return true;
  }

  takeOver(conversation: ConversationView): Promise<boolean> {
    const ref = conversation.conversation;
    return this.#act(mutate("take_over", ref), m.thread_did_take_over(), () => this.#giveBack(conversation));
  }

  handBack(conversation: ConversationView): Promise<boolean> {
    const ref = conversation.conversation;
    const undo = () => this.#act(mutate("take_over", ref), m.thread_did_take_over());
    return this.#act(mutate("hand_back", ref), m.thread_did_hand_back(), conversation.who_is_me ? undo : undefined);
  }

  escalate(ref: ConversationRef, reason: string): Promise<boolean> {
    return this.#act(mutate("escalate", { conversation: ref, reason }), m.thread_did_escalate());
  }

  assign(request: AssignRequest, name: string): Promise<boolean> {
    return this.#act(mutate("assign", request), m.thread_did_assign({ name }));
  }

  close(ref: ConversationRef, finalMessage: string): Promise<boolean> {
    return this.#act(mutate("close", { conversation: ref, final_message: finalMessage }), m.thread_did_close());
  }

  /** `until`: epoch seconds, `null` = until the guest writes. */
  snooze(ref: ConversationRef, until: number | null): Promise<boolean> {
    return this.#act(mutate("snooze", { conversation: ref, until }), m.thread_did_snooze());
  }

  setPriority(ref: ConversationRef, priority: Priority | null): Promise<boolean> {
    return this.#act(mutate("set_priority", { conversation: ref, priority }));
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

  /** Undoes a take-over: whoever answered before answers again. */
  #giveBack(before: ConversationView): Promise<boolean> {
    const conversation = before.conversation;
    if (before.who.kind === "ai") return this.#act(mutate("hand_back", conversation), m.thread_did_hand_back());
    const to: AssignTarget =
      before.who.kind === "person" && before.who.agent !== null
        ? { kind: "agent", id: before.who.agent }
        : { kind: "nobody" };
    return this.#act(mutate("assign", { conversation, to, note: "", urgent: false }));
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
    if (undo === undefined) {
      this.#app.toasts.show(done);
      return;
    }
    this.#undo = { run: undo, until: Date.now() + UNDO_SECONDS * 1000 };
    const run = () => {
      this.#undo = null;
      void undo();
    };
    this.#app.toasts.show(done, { action: m.thread_undo(), run, seconds: UNDO_SECONDS });
  }
}
