// The address book: all customers in order, loaded in pages as they are looked at.

import { query } from "$lib/rpc";
import type { LetterView, RowView } from "$lib/rpc/generated/schema";
import type { Events } from "./events";
import type { Navigation } from "./navigation.svelte";
import { Refresher } from "./refresher";

const PAGE = 100;

export class Customers {
  /** Whether it stands in the place of the list. */
  open = $state(false);
  status = $state<"loading" | "ready" | "failed">("loading");
  letters = $state.raw<readonly LetterView[]>([]);
  rows = $state.raw<readonly (RowView | undefined)[]>([]);
  cursor = $state(0);
  #first = 0;
  #last = 0;
  #navigation: Navigation;
  #refresher = new Refresher(
    () => this.#reload(),
    () => {
      if (this.rows.length === 0) this.status = "failed";
    },
  );

  readonly total = $derived(this.letters.reduce((sum, letter) => sum + letter.count, 0));

  constructor(navigation: Navigation) {
    this.#navigation = navigation;
  }

  listen(events: Events): void {
    for (const kind of ["list", "conversations", "reload"] as const) {
      events.on(kind, () => void (this.open && this.refresh()));
    }
  }

  refresh(): Promise<void> {
    return this.#refresher.refresh();
  }

  /** The rows that are on screen now, both included: loads what is missing of them. */
  see(first: number, last: number): void {
    [this.#first, this.#last] = [first, last];
    if (this.rows.slice(first, last + 1).some((row) => row === undefined)) void this.refresh();
  }

  async #reload(): Promise<void> {
    const account = this.#navigation.account;
    const from = Math.floor(this.#first / PAGE);
    const until = Math.floor(this.#last / PAGE);
    const pages = Array.from({ length: until - from + 1 }, (_, nth) => (from + nth) * PAGE);
    const found = await Promise.all(pages.map((offset) => query("customers", { account, offset, limit: PAGE })));
    if (account !== this.#navigation.account) return this.#reload();
    const letters = found.at(-1)?.letters ?? [];
    const rows: (RowView | undefined)[] = Array.from({ length: letters.reduce((sum, one) => sum + one.count, 0) });
    found.forEach((page, nth) => page.rows.forEach((row, at) => (rows[(pages[nth] ?? 0) + at] = row)));
    this.letters = letters;
    this.rows = rows;
    this.status = "ready";
  }
}
