// Search over what this computer has. Asks with every letter, one question at a time: what is typed meanwhile is asked
// as soon as the answer is here, and only the answer to what stands in the field is shown. What arrives later is found
// without typing again, below what was found before: no row leaves from under a finger.

import { refKey } from "$lib/domain/refs";
import { grouped } from "$lib/domain/search-groups";
import { query } from "$lib/rpc";
import type { SearchHit } from "$lib/rpc/generated/schema";
import { untrack } from "svelte";
import type { Events } from "./events";
import type { Filters } from "./filters.svelte";
import type { Navigation } from "./navigation.svelte";
import { Refresher } from "./refresher";

/** More hits than this are narrowed by typing, not by scrolling. */
const LIMIT = 60;
/** While a thread arrives, or a hundred of them, the search is asked again this often at most. */
const AGAIN_MS = 500;

export class Search {
  hits = $state.raw<readonly SearchHit[]>([]);
  status = $state<"idle" | "searching" | "ready" | "failed">("idle");
  /** What the hits belong to. */
  asked = $state("");
  cursor = $state(0);
  #navigation: Navigation;
  #filters: Filters;
  /** The question the hits answer. */
  #answered = "";
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(navigation: Navigation, filters: Filters) {
    this.#navigation = navigation;
    this.#filters = filters;
  }

  /** The hits as the list shows them: by guest, by conversation, by message. */
  readonly found = $derived(grouped(this.hits));
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

  listen(events: Events): void {
    for (const kind of ["list", "conversations", "thread", "reload"] as const) events.on(kind, () => this.#askAgain());
  }

  #askAgain(): void {
    if (!this.active || this.#again !== undefined) return;
    this.#again = setTimeout(() => {
      this.#again = undefined;
      if (this.active) void this.#refresher.refresh();
    }, AGAIN_MS);
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
    const again = this.#answered === JSON.stringify(question);
    const at = again ? this.found[this.cursor]?.key : undefined;
    this.hits = again ? inPlace(this.hits, found.hits) : found.hits;
    this.#answered = JSON.stringify(question);
    this.asked = question.text;
    this.cursor = Math.max(
      0,
      this.found.findIndex((one) => one.key === at),
    );
    this.status = "ready";
  }
}

/** `next`, with what `shown` has where it stands. */
function inPlace(shown: readonly SearchHit[], next: readonly SearchHit[]): SearchHit[] {
  const places = new Map(shown.map((hit, at) => [refKey(hit.row), at]));
  const placeOf = (hit: SearchHit) => places.get(refKey(hit.row)) ?? shown.length;
  return next.toSorted((a, b) => placeOf(a) - placeOf(b));
}
