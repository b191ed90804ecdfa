// The first rows of the views that are not in front, asked for ahead: choosing one shows it in the next frame. They count
// only until anything changes; then they are dropped, and asked for again once it is quiet.

import type { Snapshot } from "$lib/domain/windows";
import { VIEWS } from "$lib/domain/views";
import type { View } from "$lib/rpc/generated/schema";

/** After what is on screen has been drawn; and where much changes, this often at most. */
const AFTER_MS = 1000;

export class ReadyViews {
  #ask: (view: View) => Promise<Snapshot>;
  #nameOf: (view: View) => string;
  #ready = new Map<string, Snapshot>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Goes up with each change: answers to what was asked before count no more. */
  #turn = 0;

  /** `nameOf` tells apart what else the rows depend on: the property, the filters. */
  constructor(ask: (view: View) => Promise<Snapshot>, nameOf: (view: View) => string) {
    this.#ask = ask;
    this.#nameOf = nameOf;
  }

  take(name: string): Snapshot | undefined {
    return this.#ready.get(name);
  }

  /** Something changed. */
  drop(): void {
    this.#turn++;
    this.#ready.clear();
  }

  /** Asks for what is missing, soon. */
  prepare(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#fill().catch(() => undefined);
    }, AFTER_MS);
  }

  /** One after the other: what a person asks for meanwhile goes in between. */
  async #fill(): Promise<void> {
    const turn = this.#turn;
    for (const view of VIEWS) {
      const name = this.#nameOf(view);
      if (this.#ready.has(name)) continue;
      const snapshot = await this.#ask(view);
      if (turn !== this.#turn) return;
      this.#ready.set(name, snapshot);
      // Other filters, other properties: what is left of them is of no use any longer.
      if (this.#ready.size > 2 * VIEWS.length) this.drop();
    }
  }
}
