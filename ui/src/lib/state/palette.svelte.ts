// What the palette found for what is typed: conversations from this computer's own copy, teammates of the open one.
// The latest question wins.

import { MOST, sortHits } from "$lib/domain/palette";
import { sameRef } from "$lib/domain/refs";
import { query } from "$lib/rpc";
import type { AssigneeView, ConversationView, SearchHit } from "$lib/rpc/generated/schema";
import { NO_FILTER } from "./filters.svelte";
import type { Navigation } from "./navigation.svelte";

const PAUSE_MS = 60;
const LIMIT = 40;
/** So many actions are remembered as used last. */
const USED = 8;

export class Palette {
  typed = $state("");
  recent = $state.raw<readonly ConversationView[]>([]);
  named = $state.raw<readonly SearchHit[]>([]);
  messages = $state.raw<readonly SearchHit[]>([]);
  teammates = $state.raw<readonly AssigneeView[]>([]);
  /** What the found conversations belong to; `null` = nothing was found yet. */
  asked = $state<string | null>(null);
  #navigation: Navigation;

  constructor(navigation: Navigation) {
    this.#navigation = navigation;
  }

  /** Call inside an effect root of the open palette. */
  follow(): void {
    $effect(() => {
      let current = true;
      void this.#loadRecent().then((recent) => current && (this.recent = recent));
      const { open } = this.#navigation;
      if (open !== null) {
        query("assignees", open).then(
          (view) => current && (this.teammates = view.agents),
          // Without them nobody is offered.
          () => undefined,
        );
      }
      return () => (current = false);
    });
    $effect(() => {
      const text = this.typed.trim();
      if (text === "") {
        [this.named, this.messages, this.asked] = [[], [], null];
        return;
      }
      let current = true;
      const timer = setTimeout(() => {
        query("search", { text, account: null, filter: NO_FILTER, limit: LIMIT }).then(
          ({ hits }) => current && this.#show(text, hits),
          () => current && this.#show(text, []),
        );
      }, PAUSE_MS);
      return () => {
        current = false;
        clearTimeout(timer);
      };
    });
  }

  #show(text: string, hits: readonly SearchHit[]): void {
    const { named, messages } = sortHits(hits, this.#navigation.recent);
    [this.named, this.messages, this.asked] = [named, messages, text];
  }

  async #loadRecent(): Promise<ConversationView[]> {
    const { recent, open } = this.#navigation;
    const refs = recent.filter((ref) => !sameRef(ref, open)).slice(0, MOST.recent);
    const views = await Promise.all(refs.map((ref) => query("conversation", ref).catch(() => null)));
    return views.filter((view) => view !== null);
  }
}

/** Actions that were used last, the newest first; for as long as the window lives. */
export class UsedActions {
  keys = $state.raw<readonly string[]>([]);

  note(key: string): void {
    this.keys = [key, ...this.keys.filter((one) => one !== key)].slice(0, USED);
  }
}
