// "Has it before them", told to colleagues while it is true. The desk forgets it after half a minute, so it is said again;
// a window behind others says nothing more, and is forgotten by itself.

import { sameRef } from "$lib/domain/refs";
import { trigger } from "$lib/rpc";
import type { ConversationRef } from "$lib/rpc/generated/schema";

/** Milliseconds. */
const AGAIN = 20_000;

export class LookingNotice {
  #timer: ReturnType<typeof setInterval> | undefined;
  #told: ConversationRef | null = null;

  /** `watched`: the window has focus. */
  at(conversation: ConversationRef | null, watched: boolean): void {
    clearInterval(this.#timer);
    if (this.#told !== null && !sameRef(this.#told, conversation)) {
      trigger("looking", { conversation: this.#told, on: false });
      this.#told = null;
    }
    if (conversation === null || !watched) return;
    this.#told = conversation;
    const say = () => trigger("looking", { conversation, on: true });
    say();
    this.#timer = setInterval(say, AGAIN);
  }
}
