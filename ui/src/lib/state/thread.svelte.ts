// The open conversation: its facts, its messages, and what is on its way. Truth is in the core; this holds what is
// shown now and asks again when an event says so. Every answer is checked against the conversation that is open when it
// comes: the latest choice wins, however late the others answer.

import { refKey, sameRef } from "$lib/domain/refs";
import { sameItems, sameOr } from "$lib/domain/same";
import { mergeNewer, mergeNewest, mergeOlder, renewed, unreadMark, type Unread } from "$lib/domain/timeline";
import { CallError, mutate, query } from "$lib/rpc";
import type {
  ConversationRef,
  ConversationView,
  MessageId,
  MessageView,
  PendingMessage,
  ThreadPart,
  TimelineRequest,
  TimelineView,
} from "$lib/rpc/generated/schema";
import { untrack } from "svelte";
import type { Events } from "./events";
import type { Navigation } from "./navigation.svelte";
import { Refresher } from "./refresher";

/** Messages asked for at once. */
const PAGE = 50;

/** Messages asked for behind a stretch further back: they are drawn at once. */
const NEXT = 15;

/** The most that is kept of a thread that is read back or on: what is left behind is asked for again. */
const MOST = 300;

/** Messages around one that was looked for, and the most that is asked for anew of such a stretch. */
const AROUND = 60;

/** Conversations kept ready, so that opening one that is on screen, or was, shows it at once. */
const KEPT = 64;

/** What is shown whole is asked for again once it was painted: answers in between would hold the frame up. */
const AFTER_FRAME_MS = 50;

/** What stands at the top of the thread. */
export type Older = "more" | "loading" | "offline" | "at_start";

/** What stands below the last message: the end, or more where a stretch further back is shown. */
export type Newer = "more" | "loading" | "at_end";

interface Kept {
  conversation: ConversationView | null;
  messages: MessageView[];
  pending: PendingMessage[];
  rangAt: number | null;
  older: Older;
  /** Only before it was ever looked at. */
  firstUnread: MessageId | null;
  /** Something changed since: it is shown first, then asked for. */
  outdated: boolean;
}

/** One stay in a conversation: its own questions, so that a slow answer of an earlier one holds up nobody. */
interface Visit {
  ref: ConversationRef;
  conversation: Refresher;
  timeline: Refresher;
  /** Both, shown in one step. */
  whole: Refresher;
  /** The first stretch of messages is here. */
  answered: boolean;
  /** What was unread by then; `null` = nothing. */
  unread: Unread | null;
}

export class Thread {
  ref = $state.raw<ConversationRef | null>(null);
  conversation = $state.raw<ConversationView | null>(null);
  messages = $state.raw<MessageView[]>([]);
  pending = $state.raw<PendingMessage[]>([]);
  /** Where the unread mark stands; it stays while the conversation is open, though all has been read by then. */
  firstUnread = $state.raw<MessageId | null>(null);
  /** When it last began to wait for a person; kept after somebody took over, so that the brief stays where it is. */
  rangAt = $state<number | null>(null);
  older = $state<Older>("at_start");
  newer = $state<Newer>("at_end");
  /** False until the messages are here: an empty thread is only not there yet. */
  loaded = $state(false);
  failed = $state(false);
  /** One may not see it any more, or it was deleted. */
  gone = $state(false);
  /** Messages that came while the person was reading further up. */
  newBelow = $state(0);
  /** Grows with all that happened to the open conversation or its guest: for what is asked for besides. */
  news = $state(0);
  /** The picture somebody looks at. */
  picture = $state.raw<{ message: MessageId; attachment: number } | null>(null);
  /** The end of the thread is on screen; set by the timeline. */
  atEnd = true;
  /** The window has focus; set by the conversation. */
  watched = true;

  /** My replies and notes that need a decision. */
  readonly notSent = $derived(
    this.pending.filter((item) => item.state.state === "held" || item.state.state === "stuck").length,
  );

  #visit: Visit | null = null;
  /** The newest message that is known of, shown or not. */
  #newest: MessageId | null = null;
  #kept = new Map<string, Kept>();
  #preparing = 0;
  /** Those that are being made ready. */
  #asked = new Set<string>();

  listen(events: Events): void {
    events.on("conversations", ({ conversations }) => {
      for (const ref of conversations) this.#outdate(ref);
      if (!conversations.some((ref) => sameRef(ref, this.ref))) return;
      // One that comes back is shown whole.
      void (this.gone ? this.#visit?.whole : this.#visit?.conversation)?.refresh();
    });
    events.on("thread", ({ conversation }) => this.#changed(conversation));
    events.on("not_sent", ({ conversation }) => this.#changed(conversation));
    events.on("company", ({ conversation, company }) => {
      if (this.conversation === null || !sameRef(conversation, this.ref)) return;
      this.conversation = { ...this.conversation, company };
    });
    events.on("reload", () => {
      this.#kept.clear();
      this.news++;
      void this.refresh();
    });
  }

  /** Call inside an effect root: shows whatever conversation is chosen. */
  follow(navigation: Navigation): void {
    $effect(() => {
      const ref = navigation.open;
      untrack(() => this.open(ref));
    });
  }

  /** Shows `ref`, from what is kept if there is any, and asks for it; `null` = nothing is open. */
  open(ref: ConversationRef | null): void {
    if (ref === null ? this.ref === null : sameRef(this.ref, ref)) return;
    this.#keep();
    this.ref = ref;
    this.failed = false;
    this.gone = false;
    this.newBelow = 0;
    this.picture = null;
    this.atEnd = true;
    const kept = ref === null ? undefined : this.#kept.get(refKey(ref));
    this.#show(kept);
    const visit = ref === null ? null : this.#visitOf(ref);
    this.#visit = visit;
    if (kept === undefined || kept.outdated) void this.refresh();
    else setTimeout(() => visit === this.#visit && void this.refresh(), AFTER_FRAME_MS);
  }

  /** Asks again for everything that is shown. */
  async refresh(): Promise<void> {
    await this.#visit?.whole.refresh();
  }

  /** Has conversations ready before one of them is chosen: one after the other, so that nothing else waits for them. */
  async prepare(refs: readonly ConversationRef[]): Promise<void> {
    const round = ++this.#preparing;
    for (const ref of refs.slice(0, KEPT - 1)) {
      await this.ready(ref);
      if (round !== this.#preparing) return;
    }
  }

  /** Has one ready: that which the pointer is over is likely to be the next. */
  async ready(ref: ConversationRef): Promise<void> {
    const key = refKey(ref);
    const kept = this.#kept.get(key);
    const fresh = kept !== undefined && !kept.outdated;
    if (sameRef(ref, this.ref) || fresh || this.#asked.has(key)) return;
    this.#asked.add(key);
    try {
      const [conversation, view] = await ask(ref);
      if (!sameRef(ref, this.ref)) this.#remember(ref, keptOf(conversation, view));
    } catch {
      // It is asked for when it is opened, and that says what is wrong.
    } finally {
      this.#asked.delete(key);
    }
  }

  /** Puts older messages in front, `limit` at most: from this computer, else from the server. */
  async loadOlder(limit = PAGE): Promise<void> {
    const visit = this.#visit;
    const first = this.messages[0];
    if (visit === null || this.older === "loading" || this.older === "at_start") return;
    this.older = "loading";
    const part: ThreadPart = first === undefined ? { part: "newest" } : { part: "before", message: first.id };
    const question = { conversation: visit.ref, part, limit };
    try {
      let view = await query("timeline", question);
      let offline = false;
      if (view.messages.length === 0 && view.older_on_server && visit === this.#visit) {
        offline = (await mutate("load_older", visit.ref)).outcome === "offline";
        view = await query("timeline", question);
      }
      if (visit !== this.#visit) return;
      const messages = mergeOlder(view.messages, this.messages);
      this.messages = messages.slice(0, MOST);
      if (messages.length > MOST) this.newer = "more";
      this.#placeMark(visit);
      this.older = offline ? "offline" : olderOf(view);
    } catch {
      if (visit === this.#visit) this.older = "more";
    }
  }

  /** Shows the message with what surrounds it, however far back it is. Nothing changes where it is shown or not kept. */
  async reach(id: MessageId): Promise<void> {
    const visit = this.#visit;
    if (visit === null || this.#shows(id)) return;
    const part: ThreadPart = { part: "around", message: id };
    const view = await query("timeline", { conversation: visit.ref, part, limit: AROUND }).catch(() => null);
    if (visit !== this.#visit || view === null || !view.messages.some((message) => message.id === id)) return;
    this.messages = view.messages;
    this.older = olderOf(view);
    this.newer = view.has_newer ? "more" : "at_end";
  }

  /** Puts newer messages behind a stretch further back. */
  async loadNewer(): Promise<void> {
    const visit = this.#visit;
    const last = this.messages.at(-1);
    if (visit === null || last === undefined || this.newer !== "more") return;
    this.newer = "loading";
    const part: ThreadPart = { part: "after", message: last.id };
    const view = await query("timeline", { conversation: visit.ref, part, limit: NEXT }).catch(() => null);
    if (visit !== this.#visit || this.newer !== "loading") return;
    this.newer = view === null || view.has_newer ? "more" : "at_end";
    if (view === null) return;
    const messages = mergeNewer(this.messages, view.messages);
    if (messages.length > MOST) this.older = "more";
    this.messages = messages.slice(-MOST);
  }

  /** Leaves a stretch further back for the end of the thread. */
  async toNewest(): Promise<void> {
    if (this.newer === "at_end") return;
    this.newer = "at_end";
    this.messages = [];
    await this.#visit?.timeline.refresh();
  }

  #shows(id: MessageId): boolean {
    return this.messages.some((message) => message.id === id);
  }

  #outdate(ref: ConversationRef): void {
    const kept = this.#kept.get(refKey(ref));
    if (kept) kept.outdated = true;
  }

  #changed(ref: ConversationRef): void {
    this.#outdate(ref);
    if (sameRef(ref, this.ref)) void this.#visit?.timeline.refresh();
  }

  #visitOf(ref: ConversationRef): Visit {
    const failed = (error: unknown) => {
      if (this.#visit !== visit) return;
      if (error instanceof CallError && error.code === "gone") this.#lose(ref);
      else this.failed = true;
    };
    const visit: Visit = {
      ref,
      answered: false,
      unread: null,
      conversation: new Refresher(async () => {
        const conversation = await query("conversation", ref);
        if (this.#visit !== visit) return;
        this.#takeConversation(conversation);
        this.news++;
      }, failed),
      timeline: new Refresher(async () => {
        const view = await query("timeline", newest(ref));
        if (this.#visit !== visit) return;
        this.#takeNewest(visit, view);
        await this.#renew(visit);
      }, failed),
      whole: new Refresher(async () => {
        const [conversation, view] = await ask(ref);
        if (this.#visit !== visit) return;
        this.#takeConversation(conversation);
        this.#takeNewest(visit, view);
      }, failed),
    };
    return visit;
  }

  /** Nothing of it stays on screen or ready. */
  #lose(ref: ConversationRef): void {
    this.#kept.delete(refKey(ref));
    this.#show(undefined);
    this.picture = null;
    this.gone = true;
  }

  #takeConversation(conversation: ConversationView): void {
    this.gone = false;
    this.conversation = sameOr(this.conversation, conversation);
    if (conversation.who.kind === "waiting") this.rangAt = conversation.waiting_since ?? this.rangAt;
    this.failed = false;
  }

  /** What is shown of a stretch further back, as it is now. */
  async #renew({ ref }: Visit): Promise<void> {
    const middle = this.messages[Math.floor(this.messages.length / 2)];
    if (this.newer === "at_end" || middle === undefined) return;
    const part: ThreadPart = { part: "around", message: middle.id };
    const view = await query("timeline", { conversation: ref, part, limit: AROUND });
    if (this.#visit?.ref === ref) this.messages = renewed(this.messages, view.messages);
  }

  #takeNewest(visit: Visit, view: TimelineView): void {
    const known = this.#newest;
    this.#newest = view.messages.reduce<MessageId | null>((most, { id }) => Math.max(most ?? id, id), known);
    if (this.newer !== "at_end") {
      // What is being read stays; what arrived is told.
      this.newBelow += view.messages.filter(
        ({ id, author }) => known !== null && id > known && author !== "activity" && author !== "me",
      ).length;
      this.messages = sameItems(this.messages, renewed(this.messages, view.messages), idOf);
      this.pending = sameOr(this.pending, view.pending);
      return;
    }
    const lastShown = this.messages.at(-1);
    const merged = mergeNewest(this.messages, view.messages);
    if (visit.answered && !this.atEnd && lastShown !== undefined) {
      const shown = merged.messages.findIndex((message) => message.id === lastShown.id);
      const arrived = merged.messages.slice(shown + 1);
      this.newBelow += arrived.filter(({ author }) => author !== "activity" && author !== "me").length;
    }
    this.messages = sameItems(this.messages, merged.messages, idOf);
    this.pending = sameOr(this.pending, view.pending);
    if (!merged.keptOlder) this.older = olderOf(view);
    // No mark is put over what arrives under the person's eyes.
    if (!visit.answered || (!this.watched && view.first_unread !== null)) {
      this.firstUnread = view.first_unread;
      visit.unread = visit.answered ? null : { count: this.conversation?.unread ?? 0, until: this.#newest ?? 0 };
    }
    if (!visit.answered) tellOpened(visit.ref);
    this.#placeMark(visit);
    visit.answered = true;
    this.loaded = true;
    this.failed = false;
  }

  /** More of what was unread may have come. */
  #placeMark({ unread }: Visit): void {
    if (this.firstUnread === null || unread === null) return;
    this.firstUnread = unreadMark(this.messages, this.firstUnread, unread);
  }

  #show(kept: Kept | undefined): void {
    this.conversation = kept?.conversation ?? null;
    this.messages = kept?.messages ?? [];
    this.pending = kept?.pending ?? [];
    this.rangAt = kept?.rangAt ?? null;
    this.older = kept?.older ?? "at_start";
    this.firstUnread = kept?.firstUnread ?? null;
    this.loaded = kept !== undefined;
    this.newer = "at_end";
    this.#newest = this.messages.at(-1)?.id ?? null;
  }

  #keep(): void {
    // Only the end of a thread is shown first.
    if (this.ref === null || !this.loaded || this.newer !== "at_end") return;
    const cut = this.messages.length > PAGE;
    this.#remember(this.ref, {
      conversation: this.conversation,
      // A long read back is asked for again; the newest stretch is what is shown first.
      messages: this.messages.slice(-PAGE),
      pending: this.pending,
      rangAt: this.rangAt,
      older: cut || this.older === "loading" ? "more" : this.older,
      firstUnread: null,
      outdated: false,
    });
  }

  #remember(ref: ConversationRef, kept: Kept): void {
    const key = refKey(ref);
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}

/** A person looks at it. Told once it is here: from then on nothing in it counts as unread, and no mark could be put. */
function tellOpened(ref: ConversationRef): void {
  mutate("opened", ref).catch(() => {
    // Its alert stays up; opening it again tries again.
  });
}

const idOf = ({ id }: MessageView): MessageId => id;

const newest = (ref: ConversationRef): TimelineRequest => ({
  conversation: ref,
  part: { part: "newest" },
  limit: PAGE,
});

const ask = (ref: ConversationRef): Promise<[ConversationView, TimelineView]> =>
  Promise.all([query("conversation", ref), query("timeline", newest(ref))]);

function keptOf(conversation: ConversationView, view: TimelineView): Kept {
  return {
    conversation,
    messages: view.messages,
    pending: view.pending,
    rangAt: conversation.who.kind === "waiting" ? conversation.waiting_since : null,
    older: olderOf(view),
    firstUnread: view.first_unread,
    outdated: false,
  };
}

function olderOf(view: TimelineView): Older {
  return view.has_older || view.older_on_server ? "more" : "at_start";
}
