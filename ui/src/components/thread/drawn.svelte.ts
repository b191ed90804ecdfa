// Which part of the open thread is drawn: at first what a window shows of it; the rest, further down and then further up,
// a little with each frame, so that none of them takes long.

import { drawnFrom, drawnUntil, furtherBack } from "$lib/domain/drawn-stretch";
import { sameEntries } from "$lib/domain/same";
import { timelineEntries, type TimelineEntry, type TimelineParts } from "$lib/domain/timeline";
import type { MessageId } from "$lib/rpc/generated/schema";

/** The least an entry takes, and what the window shows besides them. CSS pixels. */
const ENTRY = 45;
const AROUND = 250;
/** Entries of the first frame: those that can be seen. */
const first = () => Math.max(8, Math.ceil((innerHeight - AROUND) / ENTRY));
/** Entries of each frame after it. */
const STEP = 6;
/** Entries that get what is seen at the pointer only, in each frame after those. */
const FURNISHED = 10;

export class Drawn {
  #thread: () => unknown;
  #parts: () => TimelineParts;
  #before: readonly TimelineEntry[] = [];
  readonly #all = $derived.by(() => (this.#before = sameEntries(this.#before, timelineEntries(this.#parts()))));
  /** The entry it begins with, and of which thread; set once it was drawn to its end. */
  #oldest = $state.raw<{ thread: unknown; key: string | null } | null>(null);
  /** The entry it ends with until then. */
  #newest = $state.raw<{ thread: unknown; key: string | null } | null>(null);

  /** How many of its last entries have what nobody sees before the pointer or the focus is there; all it has from then on. */
  #furnished = $state.raw<{ thread: unknown; entries: number } | null>(null);

  /** This thread was drawn to its end: what comes there from now on arrives. */
  readonly begun = $derived.by(() => this.#oldest?.thread === this.#thread());
  readonly #from = $derived.by(() => drawnFrom(this.#all, this.begun ? (this.#oldest?.key ?? null) : null, first()));
  readonly #until = $derived.by(() => {
    if (this.begun) return this.#all.length;
    const newest = this.#newest?.thread === this.#thread() ? (this.#newest?.key ?? null) : null;
    return drawnUntil(this.#all, newest, first());
  });
  /** Nothing is left further down. */
  readonly toEnd = $derived.by(() => this.#until === this.#all.length);
  /** Nothing is left further up. */
  readonly whole = $derived.by(() => this.begun && this.#from === 0);
  readonly entries = $derived.by(() =>
    this.#from === 0 && this.toEnd ? this.#all : this.#all.slice(this.#from, this.#until),
  );

  /** The entry from which on they have it. */
  readonly furnishedFrom = $derived.by(() => {
    const furnished = this.#furnished;
    return this.entries.length - (furnished?.thread === this.#thread() ? (furnished?.entries ?? 0) : 0);
  });

  /** `thread`: what the `parts` belong to; another one begins anew. Both are read reactively. */
  constructor(thread: () => unknown, parts: () => TimelineParts) {
    this.#thread = thread;
    this.#parts = parts;
  }

  /** Call in an effect: draws the next stretch after this frame, until all is drawn. */
  goOn(): (() => void) | undefined {
    if (this.whole && this.furnishedFrom <= 0) return undefined;
    void [this.#from, this.#until];
    const frame = requestAnimationFrame(() => setTimeout(() => this.#next()));
    return () => cancelAnimationFrame(frame);
  }

  #next(): void {
    if (!this.toEnd) this.#down(STEP);
    else if (!this.whole) this.#back(STEP);
    else this.#furnish();
  }

  /** Draws from a few entries before the message on. */
  reach(id: MessageId): void {
    const at = this.#all.findIndex((entry) => "message" in entry && entry.message.id === id);
    if (at >= this.#until) this.finish();
    if (at >= 0 && at < this.#from) this.#back(this.#from - at + first());
  }

  /** Draws what is left further down. */
  finish(): void {
    if (!this.toEnd) this.#down(this.#all.length);
  }

  #furnish(): void {
    const entries = this.entries.length - this.furnishedFrom + FURNISHED;
    this.#furnished = { thread: this.#thread(), entries: entries < this.entries.length ? entries : Infinity };
  }

  #down(more: number): void {
    this.#newest = {
      thread: this.#thread(),
      key: this.#all[this.#until + more - 1]?.key ?? this.#all.at(-1)?.key ?? null,
    };
  }

  #back(more: number): void {
    this.#oldest = { thread: this.#thread(), key: furtherBack(this.#all, this.#from, more) };
  }
}
