// The conversations that are chosen together. Each is kept as it was last seen, so that one that leaves the list, or
// could not be changed, stays chosen and keeps its name.

import { refKey } from "$lib/domain/refs";
import { stretch, toggled } from "$lib/domain/selection";
import { inOrder } from "$lib/domain/windows";
import type { RowView } from "$lib/rpc/generated/schema";
import type { List } from "./list.svelte";

export class Selection {
  keys = $state.raw<ReadonlySet<string>>(new Set());
  /** Where a stretch begins. */
  #anchor: string | null = null;
  #known = $state.raw<ReadonlyMap<string, RowView>>(new Map());
  #list: List;

  readonly count = $derived(this.keys.size);
  readonly rows = $derived.by(() => [...this.keys].flatMap((key) => this.#row(key) ?? []));
  /** How many of them the AI answers. */
  readonly withAi = $derived(this.rows.filter((row) => row.who.kind === "ai").length);
  /** Their properties. */
  readonly accounts = $derived([...new Set(this.rows.map((row) => row.account))]);

  constructor(list: List) {
    this.#list = list;
  }

  toggle(key: string): void {
    this.#anchor = key;
    this.#choose(toggled(this.keys, key));
  }

  /** From where choosing began, or else from `start`. */
  extend(to: string, start: string | null): void {
    this.#anchor ??= start ?? to;
    this.#choose(stretch(inOrder(this.#list.shown).map(refKey), this.#anchor, to));
  }

  /** Only these stay chosen. */
  keep(keys: ReadonlySet<string>): void {
    this.#choose(keys);
  }

  clear(): void {
    this.#anchor = null;
    if (this.keys.size > 0) this.#choose(new Set());
  }

  #row(key: string): RowView | undefined {
    return this.#list.row(this.#list.indexOf(key)) ?? this.#known.get(key);
  }

  #choose(keys: ReadonlySet<string>): void {
    const known = new Map<string, RowView>();
    for (const key of keys) {
      const row = this.#row(key);
      if (row) known.set(key, row);
    }
    this.#known = known;
    this.keys = new Set(known.keys());
  }
}
