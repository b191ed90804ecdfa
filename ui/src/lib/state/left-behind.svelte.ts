// Words written in conversations one may no longer see: shown until they are discarded.

import { refKey, sameRef } from "$lib/domain/refs";
import { mutate, query } from "$lib/rpc";
import type { ConversationRef, LeftBehindView, LeftWords } from "$lib/rpc/generated/schema";
import type { Composer } from "./composer.svelte";
import type { Events } from "./events";
import { Refresher } from "./refresher";

/** Lists change often, and what is left behind seldom: asked for this long after. Milliseconds. */
const AFTER = 1000;

export class LeftBehind {
  all = $state.raw<readonly LeftBehindView[]>([]);

  #composer: Composer;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #refresher = new Refresher(async () => {
    this.all = await query("left_behind");
  });

  constructor(composer: Composer) {
    this.#composer = composer;
  }

  listen(events: Events): void {
    for (const event of ["session", "list", "not_sent", "reload"] as const) events.on(event, () => this.#soon());
  }

  /** What is left of one conversation, with what stands in the composer now. */
  async look(): Promise<void> {
    await this.#composer.flush();
    await this.#refresher.refresh();
  }

  of(conversation: ConversationRef): LeftBehindView | undefined {
    return this.all.find((left) => sameRef(left.conversation, conversation));
  }

  /** Throws words away. False when that did not work. */
  async discard(conversation: ConversationRef, words: LeftWords): Promise<boolean> {
    const { item } = words;
    if (item !== null) return this.#discardItems([item]);
    try {
      await mutate("save_draft", { conversation, text: "", private: words.private });
      this.#composer.forget(conversation);
    } catch {
      return false;
    } finally {
      await this.#refresher.refresh();
    }
    return true;
  }

  /** Throws the changes away that are no messages. */
  discardChanges({ changes }: LeftBehindView): Promise<boolean> {
    return this.#discardItems(changes);
  }

  async #discardItems(items: readonly number[]): Promise<boolean> {
    try {
      for (const item of items) await mutate("discard_item", { item });
      return true;
    } catch {
      return false;
    } finally {
      await this.#refresher.refresh();
    }
  }

  /** Not begun anew with each change, or a busy list would never come to it. */
  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#refresher.refresh();
    }, AFTER);
  }
}

/** Tells words apart in a list. */
export const leftKey = (conversation: ConversationRef, { item }: LeftWords): string =>
  `${refKey(conversation)}:${item ?? "draft"}`;
