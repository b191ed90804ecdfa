// Leaving this computer: signing out, and wiping it. What would be lost is asked about before.

import { m } from "$lib/paraglide/messages";
import { mutate } from "$lib/rpc";
import type { App } from "./app.svelte";

export class Leaving {
  busy = $state(false);
  /** Unsent changes that would be lost; a number asks the question. */
  unsent = $state<number | null>(null);
  #app: Pick<App, "session" | "navigation" | "toasts">;

  constructor(app: Pick<App, "session" | "navigation" | "toasts">) {
    this.#app = app;
  }

  /** `discard`: what is not sent may be lost. Without, nobody leaves while there is such; then `unsent` says how much. */
  signOut(discard: boolean): Promise<void> {
    return this.#leave(async () => {
      const answer = await mutate("sign_out", { discard_unsent: discard });
      this.unsent = answer.outcome === "has_unsent" ? answer.count : null;
      return this.unsent === null;
    }, m.action_failed);
  }

  wipe(): Promise<void> {
    return this.#leave(() => mutate("wipe").then(() => true), m.wipe_failed);
  }

  async #leave(ask: () => Promise<boolean>, failed: () => string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const { session, navigation, toasts } = this.#app;
    try {
      if (!(await ask())) return;
      navigation.reset();
      await session.refresh();
    } catch {
      toasts.show(failed());
    } finally {
      this.busy = false;
    }
  }
}
