// The list of conversations: windows over a query the core sorts. Its order stands still while somebody is at it.

import { refKey, refOfKey } from "$lib/domain/refs";
import {
  EMPTY,
  PAGE,
  arrivals,
  assemble,
  departures,
  missingPages,
  pagesOf,
  refreshInPlace,
  reuseRows,
  sameOrder,
  type Snapshot,
} from "$lib/domain/windows";
import { query } from "$lib/rpc";
import type { ConversationRef, RowView, View, WindowView } from "$lib/rpc/generated/schema";
import { untrack } from "svelte";
import type { Events } from "./events";
import { NO_FILTER, type Filters } from "./filters.svelte";
import type { Navigation } from "./navigation.svelte";
import { ReadyViews } from "./ready-views";
import { Refresher } from "./refresher";

/** Rows beyond those on screen that are asked for, too: scrolling meets them ready. */
const AHEAD = 25;

export type Holder = "pointer" | "focus" | "press";

export class List {
  status = $state<"loading" | "ready" | "failed">("loading");
  shown = $state.raw<Snapshot>(EMPTY);
  /** The view whose rows are shown: until another one's are here, not the chosen one. */
  view = $state<View>("all");
  /** The order there would be, if nobody were at the list. */
  #held = $state.raw<Snapshot | null>(null);
  #holders = new Set<Holder>();
  /** Settles when the press that is on the list ends. */
  #press: { ended: Promise<void>; end: () => void } | null = null;
  #range = $state.raw({ first: 0, last: 0 });
  /** Where the keyboard stands: a row, whatever its place. */
  #cursorKey = $state<string | null>(null);
  #question = $state("");
  #navigation: Navigation;
  #filters: Filters;

  /** The view, property and filters whose rows are shown. */
  readonly answered = $derived.by(() => this.#question);
  /** What is shown is still the answer to another question: another view, property or filter. */
  readonly stale = $derived.by(() => this.#question !== this.#asking);
  /** How many conversations wait for the pointer to go. */
  readonly arrived = $derived(this.#held ? arrivals(this.shown, this.#held) : 0);
  /** The conversations whose rows are on screen. */
  readonly visible = $derived.by(() => {
    const { first, last } = this.#range;
    const rows = Array.from({ length: last - first + 1 }, (_, at) => this.row(first + at));
    return rows.flatMap((row) => (row ? [{ account: row.account, id: row.id }] : []));
  });
  /** Rows that left the list while its order stands still. */
  readonly gone = $derived(this.#held ? departures(this.shown, this.#held) : new Set<string>());
  /** The keyboard has been at a row of this list. */
  readonly placed = $derived(this.indexOf(this.#cursorKey) >= 0);
  readonly cursor = $derived.by(() => {
    const at = this.indexOf(this.#cursorKey);
    if (at >= 0) return at;
    const open = this.#navigation.open;
    return open ? Math.max(0, this.indexOf(refKey(open))) : 0;
  });

  constructor(navigation: Navigation, filters: Filters) {
    this.#navigation = navigation;
    this.#filters = filters;
  }

  #refresher = new Refresher(
    () => this.#reload(),
    () => {
      // What is on screen stays while it is the answer to what was asked.
      if (this.shown.total === 0 || this.stale) this.status = "failed";
    },
  );

  #ready = new ReadyViews(
    async (view) => assemble(await this.#ask([0], view)),
    (view) => this.#nameOf(view),
  );

  listen(events: Events): void {
    const changed = () => {
      this.#ready.drop();
      void this.refresh();
    };
    for (const kind of ["list", "conversations", "reload"] as const) events.on(kind, changed);
  }

  refresh(): Promise<void> {
    // Rows that are ready are shown before this answers: an effect that asks must not wait for what it changes.
    return untrack(() => this.#refresher.refresh());
  }

  row(index: number): RowView | undefined {
    return this.shown.rows.get(index);
  }

  indexOf(key: string | null): number {
    const ref = key === null ? null : refOfKey(key);
    if (ref === null) return -1;
    for (const [at, row] of this.shown.rows) if (row.id === ref.id && row.account === ref.account) return at;
    return -1;
  }

  /** The rows that are on screen now, both included: loads what is missing of them. */
  async see(first: number, last: number): Promise<void> {
    this.#range = { first, last };
    const question = this.#question;
    const missing = missingPages(this.shown, first - AHEAD, last + AHEAD);
    if (missing.length === 0 || this.status !== "ready") return;
    try {
      const pages = await this.#ask(missing);
      if (question !== this.#question) return;
      if (pages.at(-1)?.window.total !== this.shown.total) void this.refresh();
      else this.shown = assemble(pages, this.shown);
    } catch {
      // The holes stay and are asked for at the next scroll or change.
    }
  }

  /** Beyond the end means the last row; -1 ("not in this list", "before the first") leaves the cursor where it is. */
  moveCursor(to: number): RowView | undefined {
    const row = to < 0 ? undefined : this.row(Math.min(to, this.shown.total - 1));
    if (row) this.#cursorKey = refKey(row);
    return row;
  }

  /** The pointer is over the list, focus is in it, or a row is being pressed. */
  hold(by: Holder, on: boolean): void {
    if (on) this.#holders.add(by);
    else this.#holders.delete(by);
    if (by === "press") this.#pressing(on);
    if (this.#holders.size === 0) this.settle();
  }

  #pressing(on: boolean): void {
    if (!on) {
      this.#press?.end();
      this.#press = null;
    } else if (this.#press === null) {
      let end = () => {};
      const ended = new Promise<void>((settle) => (end = settle));
      this.#press = { ended, end };
    }
  }

  /** Asks anew and shows it, whoever is at the list: what was in it must not be seen any longer. */
  async renew(): Promise<void> {
    this.#ready.drop();
    await this.refresh();
    this.settle();
  }

  /** Shows the order as it is now. */
  settle(): void {
    if (!this.#held) return;
    this.shown = this.#held;
    this.#held = null;
  }

  /** The first conversation that needs a person and is not the one in front. Follows the property that is chosen. */
  async nextInNeed(): Promise<ConversationRef | null> {
    const { account, open } = this.#navigation;
    const request = { view: "needs_person" as const, account, filter: NO_FILTER, offset: 0, limit: 2 };
    const { rows } = await query("window", request);
    const row = rows.find((one) => !open || refKey(one) !== refKey(open));
    return row ? { account: row.account, id: row.id } : null;
  }

  #ask(pages: number[], view = this.#navigation.view): Promise<{ page: number; window: WindowView }[]> {
    const { account } = this.#navigation;
    const ask = async (page: number) => {
      const request = { view, account, filter: this.#filters.asked, offset: page * PAGE, limit: PAGE };
      return { page, window: await query("window", request) };
    };
    return Promise.all(pages.map(ask));
  }

  #nameOf(view: View): string {
    return JSON.stringify([view, this.#navigation.account, this.#filters.asked]);
  }

  get #asking(): string {
    return this.#nameOf(this.#navigation.view);
  }

  async #reload(): Promise<void> {
    const question = this.#asking;
    const changed = question !== this.#question;
    if (changed) this.#range = { first: 0, last: 0 };
    const ready = changed ? this.#ready.take(question) : undefined;
    const told = ready ?? assemble(await this.#ask(pagesOf(this.#range.first, this.#range.last, this.shown.total)));
    // No row leaves from under a finger, not even for another view.
    if (this.#press) await this.#press.ended;
    if (this.#asking !== question) return;
    const next = reuseRows(this.shown, told);
    this.#question = question;
    this.view = this.#navigation.view;
    this.status = "ready";
    this.#ready.prepare();
    if (!changed && this.#holders.size > 0 && !sameOrder(this.shown, next)) {
      this.shown = refreshInPlace(this.shown, next);
      this.#held = next;
      return;
    }
    this.#held = null;
    // Loaded stretches outside what was asked for again are kept only where nothing moved.
    this.shown = !changed && sameOrder(this.shown, next) ? merge(this.shown, next) : next;
  }
}

/** `shown`, with what `next` knows put in. */
function merge(shown: Snapshot, next: Snapshot): Snapshot {
  return { ...next, rows: new Map([...shown.rows, ...next.rows]) };
}
