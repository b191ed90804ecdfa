// Search over what this computer has. Asks with every letter, one question at a time: what is typed meanwhile is asked
// as soon as the answer is here, and only the answer to what stands in the field is shown.

import { query } from "$lib/rpc";
import type { SearchHit } from "$lib/rpc/generated/schema";
import { untrack } from "svelte";
import type { Filters } from "./filters.svelte";
import type { Navigation } from "./navigation.svelte";
import { Refresher } from "./refresher";

/** More hits than this are narrowed by typing, not by scrolling. */
const LIMIT = 60;

export class Search {
  hits = $state.raw<readonly SearchHit[]>([]);
  status = $state<"idle" | "searching" | "ready" | "failed">("idle");
  /** What the hits belong to. */
  asked = $state("");
  cursor = $state(0);
  #navigation: Navigation;
  #filters: Filters;

  constructor(navigation: Navigation, filters: Filters) {
    this.#navigation = navigation;
    this.#filters = filters;
  }

  readonly active = $derived.by(() => this.#navigation.search.trim() !== "");

  readonly #question = $derived.by(() => ({
    text: this.#navigation.search.trim(),
    account: this.#navigation.account,
    filter: this.#filters.asked,
    limit: LIMIT,
  }));

  #refresher = new Refresher(
    () => this.#ask(),
    () => {
      if (this.active) this.status = "failed";
    },
  );

  /** Call inside an effect root. */
  follow(): void {
    $effect(() => {
      void this.#question;
      untrack(() => this.changed());
    });
  }

  /** Another question stands in the field. */
  changed(): void {
    if (this.active) {
      if (this.status === "idle") this.status = "searching";
      void this.#refresher.refresh();
    } else {
      this.hits = [];
      this.status = "idle";
    }
  }

  async #ask(): Promise<void> {
    const question = this.#question;
    if (question.text === "") return;
    const found = await query("search", question);
    if (JSON.stringify(question) !== JSON.stringify(this.#question)) return;
    this.hits = found.hits;
    this.asked = question.text;
    this.cursor = 0;
    this.status = "ready";
  }
}
