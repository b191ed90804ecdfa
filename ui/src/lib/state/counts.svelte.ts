// How many conversations each view has, for the rail.

import { query } from "$lib/rpc";
import type { CountsView } from "$lib/rpc/generated/schema";
import type { Events } from "./events";
import type { Navigation } from "./navigation.svelte";
import { Refresher } from "./refresher";

export class Counts {
  current = $state.raw<CountsView>();
  /** No guest has ever written, as far as is known here. */
  readonly nothing = $derived.by(() => this.current?.all === 0 && this.current.closed === 0);
  #navigation: Navigation;

  constructor(navigation: Navigation) {
    this.#navigation = navigation;
  }

  #refresher = new Refresher(async () => {
    this.current = await query("counts", { account: this.#navigation.account });
  });

  listen(events: Events): void {
    events.on("list", () => void this.refresh());
    events.on("reload", () => void this.refresh());
  }

  refresh(): Promise<void> {
    return this.#refresher.refresh();
  }
}
