// What is being written, per conversation. Nothing typed is ever lost: the text stays here until the core has it in its
// outbox, and is kept as a draft on the way.

import { withMentions, withoutMentions, type Mentionable } from "$lib/domain/mentions";
import { refKey, sameRef } from "$lib/domain/refs";
import { remainderAfterSend, unfilledVariables } from "$lib/domain/text";
import { mutate } from "$lib/rpc";
import type {
  ConversationRef,
  ConversationView,
  DraftView,
  MessageView,
  Refusal,
  SendOutcome,
  SendQuestion,
  SendRequest,
  TemplateMessage,
} from "$lib/rpc/generated/schema";
import { untrack } from "svelte";
import { DraftFiles } from "./draft-files.svelte";
import type { Navigation } from "./navigation.svelte";
import { TypingNotice } from "./typing";

export type Mode = "reply" | "note";

/** What the core asks before it sends. */
export interface Question {
  question: SendQuestion;
  name: string | null;
  secondsAgo: number | null;
}

/** Why the text is still here. */
export type Problem = { kind: "refused"; reason: Refusal } | { kind: "failed" } | { kind: "draft" };

/** How long nothing is typed before a draft is saved. Milliseconds. */
const DRAFT_PAUSE = 400;

interface Writing {
  ref: ConversationRef;
  text: string;
  mode: Mode;
  /** The person chose Reply or Note here; until then the conversation's state does. */
  modeChosen: boolean;
  /** The message it answers. */
  quoted: MessageView | null;
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
  /** The message that is answered. */
  quoted = $state.raw<MessageView | null>(null);
  readonly files = new DraftFiles();
  /** Who can be named in a note of this conversation. */
  mentionable = $state.raw<readonly Mentionable[]>([]);
  /** When the draft on screen was saved, epoch seconds. */
  savedAt = $state<number | null>(null);
  /** Opted out: the person said "Write anyway" in this visit. */
  writesAnyway = $state(false);
  readonly missing = $derived(unfilledVariables(this.text));
  /** Neither words nor files. */
  readonly empty = $derived(this.text.trim() === "" && this.files.shown.length === 0);

  #confirmed: SendQuestion[] = [];
  /** What is sent once a question is answered: the words, or a template. */
  #again: (confirmed: SendQuestion[]) => Promise<SendOutcome | null> = () => Promise.resolve(null);
  #writings = new Map<string, Writing>();
  #draftTimer: ReturnType<typeof setTimeout> | undefined;
  #typing = new TypingNotice();

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
    void this.flush();
    this.#typing.stop();
    this.ref = ref;
    this.files.open(ref);
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
      const kept: Writing = {
        ref,
        // What came back from the outbox names people as the wire does.
        text: withoutMentions(draft.text),
        mode,
        modeChosen: true,
        quoted: null,
        savedAt: draft.saved_at,
        dirty: false,
      };
      this.#writings.set(key, kept);
      this.#show(kept);
    } else if (writing?.modeChosen !== true && this.empty) {
      this.mode = startsAsNote ? "note" : "reply";
    }
  }

  choose(mode: Mode): void {
    this.mode = mode;
    this.keepWriting();
    if (mode === "note") this.#typing.stop();
    this.#remember(true);
  }

  /** Answers `message`; `null` = nothing in particular. */
  quote(message: MessageView | null): void {
    this.quoted = message;
    this.keepWriting();
    this.#remember(message !== null);
  }

  /** The person typed. */
  typed(text: string): void {
    this.text = text;
    this.keepWriting();
    if (this.problem?.kind !== "draft") this.problem = null;
    this.#remember(false);
    if (this.mode === "reply" && text !== "") this.#typing.start(this.ref);
    else this.#typing.stop();
  }

  /** A message came back from the outbox: `view` holds its words, in front of what was typed since, and its files. */
  takeBack(view: ConversationView): void {
    const ref = view.conversation;
    this.#writings.delete(refKey(ref));
    this.files.returned(ref, view.draft_files);
    this.suggest(ref, view.draft, false);
  }

  /**
   * Sends what is written. The text goes out of the box only when the core has it in its outbox.
   * @returns the core's answer, or `null` when nothing was asked or it failed.
   */
  async send(confirmed: SendQuestion[] = []): Promise<SendOutcome | null> {
    const { ref, text } = this;
    if (ref === null || this.empty || this.files.busy || this.missing.length > 0) return null;
    const files = this.files.ids(ref);
    const asked: SendRequest =
      this.mode === "note"
        ? { conversation: ref, text: withMentions(text, this.mentionable), private: true, confirmed }
        : { conversation: ref, text, private: false, confirmed };
    if (files.length > 0) asked.files = files;
    if (this.quoted !== null && !asked.private) asked.reply_to = this.quoted.id;
    this.#again = (more) => this.send(more);
    return this.#ask(asked, () => {
      this.files.sent(ref, files);
      this.#sent(ref, text);
    });
  }

  /** Sends an approved template, `text` being its words for this guest; what is written stays. */
  async sendTemplate(
    template: TemplateMessage,
    text: string,
    confirmed: SendQuestion[] = [],
  ): Promise<SendOutcome | null> {
    const ref = this.ref;
    if (ref === null) return null;
    this.#again = (more) => this.sendTemplate(template, text, more);
    return this.#ask({ conversation: ref, text, private: false, confirmed, template }, () => (this.#confirmed = []));
  }

  async #ask(request: SendRequest, queued: () => void): Promise<SendOutcome | null> {
    const ref = request.conversation;
    if (this.busy) return null;
    this.busy = true;
    this.question = null;
    this.problem = null;
    try {
      const outcome = await mutate("send", request);
      if (outcome.outcome === "queued") queued();
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
    return this.#again(this.#confirmed);
  }

  /** Takes a question back; whatever was confirmed is asked again next time. */
  keepWriting(): void {
    this.question = null;
    this.#confirmed = [];
  }

  /** What was written in `ref` was thrown away elsewhere. */
  forget(ref: ConversationRef): void {
    this.#writings.delete(refKey(ref));
    if (!sameRef(ref, this.ref)) return;
    clearTimeout(this.#draftTimer);
    this.#show(undefined);
  }

  /** Saves the draft now: before another conversation, on blur, before the window goes. */
  async flush(): Promise<void> {
    clearTimeout(this.#draftTimer);
    const writing = this.ref === null ? undefined : this.#writings.get(refKey(this.ref));
    if (writing?.dirty === true) await this.#save(writing);
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
    const shown = sameRef(ref, this.ref);
    if (shown) this.quoted = null;
    const writing = this.#writings.get(refKey(ref));
    if (writing === undefined) return;
    writing.text = remainderAfterSend(writing.text, text);
    writing.modeChosen = writing.text !== "";
    writing.quoted = null;
    writing.dirty = true;
    if (shown) {
      this.#typing.stop();
      this.text = writing.text;
      this.savedAt = null;
      clearTimeout(this.#draftTimer);
    }
    void this.#save(writing);
  }

  #show(writing: Writing | undefined): void {
    this.text = writing?.text ?? "";
    this.mode = writing?.mode ?? "reply";
    this.quoted = writing?.quoted ?? null;
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
      quoted: this.quoted,
      savedAt: before?.savedAt ?? null,
      dirty: true,
    });
    this.savedAt = null;
    clearTimeout(this.#draftTimer);
    this.#draftTimer = setTimeout(() => void this.flush(), DRAFT_PAUSE);
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
}
