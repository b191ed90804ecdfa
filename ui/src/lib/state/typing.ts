// "Is writing", told to the guest: begun with the first letter, taken back when nothing was typed for a while.

import { trigger } from "$lib/rpc";
import type { ConversationRef } from "$lib/rpc/generated/schema";

/** Milliseconds. */
const PAUSE = 4000;

export class TypingNotice {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told: ConversationRef | null = null;

  start(conversation: ConversationRef | null): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.stop(), PAUSE);
    if (this.#told !== null || conversation === null) return;
    this.#told = conversation;
    // Best effort: the guest not seeing it harms nobody.
    trigger("typing", { conversation, on: true });
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.#told !== null) trigger("typing", { conversation: this.#told, on: false });
    this.#told = null;
  }
}
