// "Is writing", told to guest and colleagues: begun with the first letter, said again while it goes on, taken back when
// nothing was typed for a while.

import { trigger } from "$lib/rpc";
import type { ConversationRef } from "$lib/rpc/generated/schema";

/** Milliseconds. */
const PAUSE = 4000;

/** Whoever hears it forgets it after half a minute. Milliseconds. */
const AGAIN = 20_000;

export class TypingNotice {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told: ConversationRef | null = null;
  #toldAt = 0;

  start(conversation: ConversationRef | null): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.stop(), PAUSE);
    if (conversation === null) return;
    const now = Date.now();
    if (this.#told !== null && now - this.#toldAt < AGAIN) return;
    this.#told = conversation;
    this.#toldAt = now;
    // Best effort: the guest not seeing it harms nobody.
    trigger("typing", { conversation, on: true });
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.#told !== null) trigger("typing", { conversation: this.#told, on: false });
    this.#told = null;
  }
}
