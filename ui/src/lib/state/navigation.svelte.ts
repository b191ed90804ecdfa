// Where the person is: which view and property, which conversation, what lies over it.

import { sameRef } from "$lib/domain/refs";
import { untrack } from "svelte";
import type { AccountKey, ConversationRef, MessageId, View } from "$lib/rpc/generated/schema";
import type { Session } from "./session.svelte";

export type Overlay = "statistics" | "settings" | "keys" | "change_keys" | "palette" | "sign_in" | "signed_out";

/** What stands beside the rail: the list with the chat, or one of the day's two screens. */
export type Page = "inbox" | "morning" | "handover";

/** Moving with J and K shows a chat only after resting on it. */
const REST_MS = 120;
/** So many conversations are remembered as recent. */
const RECENT = 12;

export class Navigation {
  page = $state<Page>("inbox");
  view = $state<View>("all");
  /** `null` = all properties together. */
  account = $state<AccountKey | null>(null);
  /** The conversation that is shown. */
  open = $state.raw<ConversationRef | null>(null);
  /** The message to go to in it, after a search. The thread clears it. */
  goTo = $state.raw<MessageId | null>(null);
  /** Where there is room for one panel only: which. */
  panel = $state<"list" | "chat">("list");
  /** Details lie over the chat where there is no room beside it; there they start closed. */
  drawer = $state(false);
  overlay = $state<Overlay | null>(null);
  search = $state("");
  /** What was opened last, the newest first. */
  recent = $state.raw<readonly ConversationRef[]>([]);

  /** What was open before one of the day's screens. */
  #before: ConversationRef | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** Shows a conversation. */
  show(conversation: ConversationRef, goTo: MessageId | null = null): void {
    clearTimeout(this.#rest);
    this.goTo = goTo;
    this.page = "inbox";
    this.panel = "chat";
    if (sameRef(this.open, conversation)) return;
    this.open = conversation;
    this.recent = [conversation, ...this.recent.filter((one) => !sameRef(one, conversation))].slice(0, RECENT);
  }

  /** The same, once the person has rested there. */
  showSoon(conversation: ConversationRef): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.show(conversation), REST_MS);
  }

  /** Back to the list, where only one panel is shown. */
  back(): void {
    clearTimeout(this.#rest);
    this.panel = "list";
  }

  /** One of the day's screens. What was open waits until the person comes back: nothing there is read or pressed meanwhile. */
  toDay(page: Exclude<Page, "inbox">): void {
    clearTimeout(this.#rest);
    if (this.page === "inbox") this.#before = this.open;
    this.open = null;
    this.drawer = false;
    this.page = page;
  }

  /** Back to the list, and to what was open. */
  fromDay(): void {
    if (this.page === "inbox") return;
    this.page = "inbox";
    this.open = this.#before;
    this.#before = null;
  }

  /** Leaves what belongs to a property somebody has signed out of. */
  keepTo(session: Session): void {
    if (session.phase.phase === "signed_out") untrack(() => this.reset());
    else if (session.phase.phase === "ready") {
      if (this.account !== null && !session.account(this.account)) this.account = null;
      if (this.open !== null && !session.account(this.open.account)) this.open = null;
      if (this.#before !== null && !session.account(this.#before.account)) this.#before = null;
    }
  }

  /** Nobody is signed in any more. */
  reset(): void {
    clearTimeout(this.#rest);
    this.page = "inbox";
    this.#before = null;
    this.view = "all";
    this.account = null;
    this.open = null;
    this.goTo = null;
    this.panel = "list";
    this.drawer = false;
    this.overlay = null;
    this.search = "";
    this.recent = [];
  }

  go(view: View): void {
    this.fromDay();
    this.view = view;
    this.search = "";
    this.panel = "list";
  }
}
