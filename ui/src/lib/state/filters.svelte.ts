// What the list and the search are narrowed to. Kept over a change of view: who looks for leads looks for them everywhere.

import { boundsOf, type Period } from "$lib/domain/periods";
import type { ListFilter } from "$lib/rpc/generated/schema";
import type { Clock } from "./clock.svelte";

export const NO_FILTER: ListFilter = {
  channels: [],
  statuses: [],
  topics: [],
  labels: [],
  assigned: [],
  active_from: null,
  active_until: null,
};

/** The filters a person ticks, in the order of the bar. */
export const TICKED = ["channels", "statuses", "topics", "labels", "assigned"] as const;
export type Ticked = (typeof TICKED)[number];

export class Filters {
  chosen = $state.raw<ListFilter>(NO_FILTER);
  /** "Today" stays today when the day changes. */
  period = $state.raw<Period | null>(null);
  #clock: Clock;
  #zone: () => string;

  /** How many of them filter. */
  readonly active = $derived(
    TICKED.filter((one) => this.chosen[one].length > 0).length + (this.period === null ? 0 : 1),
  );
  // As text: a filter that says the same is not another question.
  readonly #question = $derived.by(() =>
    JSON.stringify({ ...this.chosen, ...boundsOf(this.period, this.#clock.now, this.#zone()) }),
  );
  /** As the core is asked. */
  readonly asked = $derived(JSON.parse(this.#question) as ListFilter);

  /** `zone`: whose days are filtered by. */
  constructor(clock: Clock, zone: () => string) {
    this.#clock = clock;
    this.#zone = zone;
  }

  tick(filter: Ticked, values: readonly string[]): void {
    this.chosen = { ...this.chosen, [filter]: values };
  }

  clear(): void {
    this.chosen = NO_FILTER;
    this.period = null;
  }
}
