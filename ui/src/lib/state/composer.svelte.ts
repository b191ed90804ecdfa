// What is being written, per conversation. Nothing typed is ever lost: the text stays here until the core has it in its
// outbox, and is kept as a draft on the way.

import { refKey, sameRef } from "$lib/domain/refs";
import { remainderAfterSend, unfilledVariables } from "$lib/domain/text";
import { mutate, trigger } from "$lib/rpc";
import type { ConversationRef, DraftView, Refusal, SendOutcome, SendQuestion } from "$lib/rpc/generated/schema";
import { untrack } from "svelte";
import type { Navigation } from "./navigation.svelte";

export type Mode = "reply" | "note";

/** What the core asks before it sends. */
export interface Question {
  question: SendQuestion;
  name: string | null;
  secondsAgo: number | null;
}

/** Why the text is still here. */
export type Problem = { kind: "refused"; reason: Refusal } | { kind: "failed" } | { kind: "draft" };

/** How long nothing is typed before a draft is saved, and before "is typing" is taken back. Milliseconds. */
const DRAFT_PAUSE = 400;
const TYPING_PAUSE = 4000;

interface Writing {
  ref: ConversationRef;
  text: string;
  mode: Mode;
  /** The person chose Reply or Note here; until then the conversation's state does. */
  modeChosen: boolean;
  savedAt: number | null;
  /** Differs from what the core has. */
  dirty: boolean;
}

export class Composer {
  ref = $state.raw<ConversationRef | null>(null);
  text = $state("");
  mode = $state<Mode>("reply");
  question = $state.raw<Question | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  /** When the draft on screen was saved, epoch seconds. */
  savedAt = $state<number | null>(null);
  /** Opted out: the person said "Write anyway" in this visit. */
  writesAnyway = $state(false);
  readonly missing = $derived(unfilledVariables(this.text));

  #confirmed: SendQuestion[] = [];
  #writings = new Map<string, Writing>();
  #draftTimer: ReturnType<typeof setTimeout> | undefined;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;
  #typing = false;

  /** Call inside an effect root: what is written belongs to whatever conversation is chosen. */
  follow(navigation: Navigation): void {
    $effect(() => {
      const ref = navigation.open;
      untrack(() => this.open(ref));
    });
  }

  /** Brings back what was written in `ref`; what is in the box now is saved first. */
  open(ref: ConversationRef | null): void {
    if (ref !== null && sameRef(ref, this.ref)) return;
    this.flush();
    this.#stopTyping();
    this.ref = ref;
    this.keepWriting();
    this.problem = null;
    this.writesAnyway = false;
    const writing = ref === null ? undefined : this.#writings.get(refKey(ref));
    this.#show(writing);
  }

  /**
   * Takes what the core knows of the open conversation: its kept draft, and whether writing starts as a note (a
   * colleague answers, or no reply is possible). What was typed or chosen here stays.
   */
  suggest(ref: ConversationRef, draft: DraftView | null, startsAsNote: boolean): void {
    if (!sameRef(ref, this.ref)) return;
    const key = refKey(ref);
    const writing = this.#writings.get(key);
    if (writing === undefined && draft !== null) {
      const mode: Mode = draft.private ? "note" : "reply";
      const kept: Writing = { ref, text: draft.text, mode, modeChosen: true, savedAt: draft.saved_at, dirty: false };
      this.#writings.set(key, kept);
      this.#show(kept);
    } else if (writing?.modeChosen !== true && this.text === "") {
      this.mode = startsAsNote ? "note" : "reply";
    }
  }

  choose(mode: Mode): void {
    this.mode = mode;
    this.keepWriting();
    if (mode === "note") this.#stopTyping();
    this.#remember(true);
  }

  /** The person typed. */
  typed(text: string): void {
    this.text = text;
    this.keepWriting();
    if (this.problem?.kind !== "draft") this.problem = null;
    this.#remember(false);
    if (this.mode === "reply" && text !== "") this.#startTyping();
    else this.#stopTyping();
  }

  /**
   * Sends what is written. The text goes out of the box only when the core has it in its outbox.
   * @returns the core's answer, or `null` when nothing was asked or it failed.
   */
  async send(confirmed: SendQuestion[] = []): Promise<SendOutcome | null> {
    const ref = this.ref;
    const text = this.text;
    if (ref === null || this.busy || text.trim() === "" || this.missing.length > 0) return null;
    this.busy = true;
    this.question = null;
    this.problem = null;
    try {
      const outcome = await mutate("send", { conversation: ref, text, private: this.mode === "note", confirmed });
      if (outcome.outcome === "queued") this.#sent(ref, text);
      else if (sameRef(ref, this.ref)) this.#answered(outcome);
      return outcome;
    } catch {
      if (sameRef(ref, this.ref)) this.problem = { kind: "failed" };
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** The person read the question and sends all the same; questions already answered are not asked again. */
  async sendAnyway(): Promise<SendOutcome | null> {
    const question = this.question?.question;
    if (question === undefined) return null;
    this.#confirmed = [...this.#confirmed.filter((one) => one !== question), question];
    return this.send(this.#confirmed);
  }

  /** Takes a question back; whatever was confirmed is asked again next time. */
  keepWriting(): void {
    this.question = null;
    this.#confirmed = [];
  }

  /** Saves the draft now: before another conversation, on blur, before the window goes. */
  flush(): void {
    clearTimeout(this.#draftTimer);
    const writing = this.ref === null ? undefined : this.#writings.get(refKey(this.ref));
    if (writing?.dirty === true) void this.#save(writing);
  }

  #answered(outcome: Exclude<SendOutcome, { outcome: "queued" }>): void {
    if (outcome.outcome === "ask") {
      this.question = { question: outcome.question, name: outcome.name, secondsAgo: outcome.seconds_ago };
    } else {
      this.problem = { kind: "refused", reason: outcome.reason };
    }
  }

  #sent(ref: ConversationRef, text: string): void {
    this.#confirmed = [];
    const key = refKey(ref);
    const writing = this.#writings.get(key);
    if (writing === undefined) return;
    writing.text = remainderAfterSend(writing.text, text);
    writing.modeChosen = writing.text !== "";
    writing.dirty = true;
    if (sameRef(ref, this.ref)) {
      this.#stopTyping();
      this.text = writing.text;
      this.savedAt = null;
      clearTimeout(this.#draftTimer);
    }
    void this.#save(writing);
  }

  #show(writing: Writing | undefined): void {
    this.text = writing?.text ?? "";
    this.mode = writing?.mode ?? "reply";
    this.savedAt = writing?.savedAt ?? null;
  }

  #remember(modeChosen: boolean): void {
    if (this.ref === null) return;
    const key = refKey(this.ref);
    const before = this.#writings.get(key);
    this.#writings.set(key, {
      ref: this.ref,
      text: this.text,
      mode: this.mode,
      modeChosen: modeChosen || before?.modeChosen === true || this.text !== "",
      savedAt: before?.savedAt ?? null,
      dirty: true,
    });
    this.savedAt = null;
    clearTimeout(this.#draftTimer);
    this.#draftTimer = setTimeout(() => this.flush(), DRAFT_PAUSE);
  }

  async #save(writing: Writing): Promise<void> {
    const { ref, text, mode } = writing;
    writing.dirty = false;
    try {
      await mutate("save_draft", { conversation: ref, text, private: mode === "note" });
      writing.savedAt = text === "" ? null : Math.floor(Date.now() / 1000);
      if (this.#isShown(writing)) {
        this.savedAt = writing.savedAt;
        if (this.problem?.kind === "draft") this.problem = null;
      }
    } catch {
      writing.dirty = true;
      if (this.#isShown(writing)) this.problem = { kind: "draft" };
    }
  }

  #isShown(writing: Writing): boolean {
    return sameRef(writing.ref, this.ref) && writing.text === this.text;
  }

  #startTyping(): void {
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.#stopTyping(), TYPING_PAUSE);
    if (!this.#typing) this.#tellTyping(true);
  }

  #stopTyping(): void {
    clearTimeout(this.#typingTimer);
    if (this.#typing) this.#tellTyping(false);
  }

  #tellTyping(on: boolean): void {
    this.#typing = on;
    // Best effort: the guest not seeing "is typing" harms nobody.
    if (this.ref !== null) trigger("typing", { conversation: this.ref, on });
  }
}
