// Search over what this computer has. Follows what is typed; the latest question wins.

import { query } from "$lib/rpc";
import type { SearchHit } from "$lib/rpc/generated/schema";
import { untrack } from "svelte";
import type { Filters } from "./filters.svelte";
import type { Navigation } from "./navigation.svelte";

const PAUSE_MS = 80;
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

  /** Call inside an effect root. */
  follow(): void {
    $effect(() => {
      const text = this.#navigation.search.trim();
      const account = this.#navigation.account;
      const filter = this.#filters.asked;
      if (text === "") {
        this.hits = [];
        this.status = "idle";
        return;
      }
      if (untrack(() => this.status) === "idle") this.status = "searching";
      let current = true;
      const timer = setTimeout(() => {
        query("search", { text, account, filter, limit: LIMIT }).then(
          (found) => {
            if (!current) return;
            this.hits = found.hits;
            this.asked = text;
            this.cursor = 0;
            this.status = "ready";
          },
          () => {
            if (current) this.status = "failed";
          },
        );
      }, PAUSE_MS);
      return () => {
        current = false;
        clearTimeout(timer);
      };
    });
  }
}
