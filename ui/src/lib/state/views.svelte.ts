// The person's saved views, those of the team, and which of them the list shows.

import { filterOf, isShown, moved, readViewsFile, viewKey, viewsFile, type Shown } from "$lib/domain/saved-views";
import { mutate, query } from "$lib/rpc";
import type { AccountKey, SavedViewView, ViewOutcome, ViewRef } from "$lib/rpc/generated/schema";
import type { Events } from "./events";
import type { Filters } from "./filters.svelte";
import type { Navigation } from "./navigation.svelte";
import { Refresher } from "./refresher";
import type { Session } from "./session.svelte";

/** What a change came to; `failed` = the core could not do it. */
export type ViewResult = ViewOutcome["outcome"] | "failed";

/** What a name is asked for. */
export type Naming = { kind: "new" } | { kind: "rename"; saved: SavedViewView };

export class Views {
  all = $state.raw<readonly SavedViewView[]>([]);
  #sharing = $state.raw<readonly AccountKey[]>([]);
  naming = $state.raw<Naming | null>(null);
  #session: Session;
  #navigation: Navigation;
  #filters: Filters;
  #refresher = new Refresher(async () => {
    const { views, sharing } = await query("saved_views");
    this.all = views;
    this.#sharing = sharing;
  });

  readonly #shown = $derived.by((): Shown => {
    const { view, account } = this.#navigation;
    const only = this.#session.severalProperties ? account : null;
    return { view, account: only, chosen: this.#filters.chosen, period: this.#filters.period };
  });
  /** The view the list shows. */
  readonly current = $derived(this.all.find((saved) => isShown(saved, this.#shown)) ?? null);

  constructor(session: Session, navigation: Navigation, filters: Filters) {
    this.#session = session;
    this.#navigation = navigation;
    this.#filters = filters;
  }

  listen(events: Events): void {
    for (const kind of ["catalog", "session", "reload"] as const) events.on(kind, () => void this.refresh());
  }

  refresh(): Promise<void> {
    return this.#refresher.refresh();
  }

  sharedBy(account: AccountKey): boolean {
    return this.#sharing.includes(account);
  }

  /** @returns false for a view that filters by something this list cannot: nothing of it is applied. */
  apply({ view, filter }: SavedViewView): boolean {
    if (filter === null) return false;
    this.#navigation.account = filter.all_properties || !this.#session.severalProperties ? null : view.account;
    this.#navigation.go(filter.view);
    this.#filters.chosen = filter.filter;
    this.#filters.period = filter.period;
    return true;
  }

  /** Saves what the list shows. */
  create(name: string): Promise<ViewResult> {
    return this.#change(() => this.#save(name, filterOf(this.#shown)));
  }

  rename({ view }: SavedViewView, name: string): Promise<ViewResult> {
    return this.#change(() => mutate("save_view", { account: view.account, view, name, filter: null }));
  }

  /** What the list shows takes the place of what the view had. */
  replace({ view, name }: SavedViewView): Promise<ViewResult> {
    const filter = filterOf(this.#shown);
    return this.#change(() => mutate("save_view", { account: view.account, view, name, filter }));
  }

  delete(view: ViewRef): Promise<ViewResult> {
    return this.#change(() => mutate("delete_view", view));
  }

  share(view: ViewRef, shared: boolean): Promise<ViewResult> {
    return this.#change(() => mutate("share_view", { view, shared }));
  }

  async move({ view }: SavedViewView, by: -1 | 1): Promise<void> {
    this.all = moved(this.all, viewKey(view), by);
    await mutate("order_views", { views: this.all.map((one) => one.view) }).catch(() => this.refresh());
  }

  /** @returns the name of the file in the folder of downloads. */
  async export(): Promise<string | null> {
    const file = { name: "deskbell-views.json", text: viewsFile(this.all) };
    const kept = await mutate("keep_file", file).catch(() => null);
    return kept?.name ?? null;
  }

  /** @returns how many came and the names of those that did not; nothing for what is no file of views. */
  async import(text: string): Promise<{ count: number; not: string[] } | null> {
    const views = readViewsFile(text);
    if (views === null) return null;
    const not: string[] = [];
    for (const { name, filter } of views) {
      const result = await this.#change(() => this.#save(name, filter));
      if (result !== "done") not.push(name);
    }
    return { count: views.length - not.length, not };
  }

  #save(name: string, filter: ReturnType<typeof filterOf>): Promise<ViewOutcome> {
    const account = this.#navigation.account ?? this.#session.accounts[0]?.key;
    if (account === undefined) return Promise.reject(new Error("Nobody is signed in"));
    return mutate("save_view", { account, view: null, name, filter });
  }

  async #change(change: () => Promise<ViewOutcome>): Promise<ViewResult> {
    const outcome = await change().catch(() => null);
    await this.refresh();
    return outcome?.outcome ?? "failed";
  }
}
