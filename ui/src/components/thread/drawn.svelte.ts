// Which part of the open thread is drawn: at first what a window shows of it; the rest, further up, a little with each
// frame, so that none of them takes long.

import { drawnFrom, furtherBack } from "$lib/domain/drawn-stretch";
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

export class Drawn {
  #thread: () => unknown;
  #parts: () => TimelineParts;
  #before: readonly TimelineEntry[] = [];
  readonly #all = $derived.by(() => (this.#before = sameEntries(this.#before, timelineEntries(this.#parts()))));
  /** The entry it begins with, and of which thread; set once its first frame was drawn. */
  #oldest = $state.raw<{ thread: unknown; key: string | null } | null>(null);

  /** The first frame of this thread was drawn: what comes at its end from now on arrives. */
  readonly begun = $derived.by(() => this.#oldest?.thread === this.#thread());
  readonly #from = $derived.by(() => drawnFrom(this.#all, this.begun ? (this.#oldest?.key ?? null) : null, first()));
  /** Nothing is left further up. */
  readonly whole = $derived.by(() => this.begun && this.#from === 0);
  readonly entries = $derived.by(() => (this.#from === 0 ? this.#all : this.#all.slice(this.#from)));

  /** `thread`: what the `parts` belong to; another one begins anew. Both are read reactively. */
  constructor(thread: () => unknown, parts: () => TimelineParts) {
    this.#thread = thread;
    this.#parts = parts;
  }

  /** Call in an effect: draws the next stretch after this frame, until all is drawn. */
  goOn(): (() => void) | undefined {
    if (this.whole) return undefined;
    void this.#from;
    const frame = requestAnimationFrame(() => setTimeout(() => this.#draw(STEP)));
    return () => cancelAnimationFrame(frame);
  }

  /** Draws from a few entries before the message on. */
  reach(id: MessageId): void {
    const at = this.#all.findIndex((entry) => "message" in entry && entry.message.id === id);
    if (at >= 0 && at < this.#from) this.#draw(this.#from - at + first());
  }

  #draw(more: number): void {
    this.#oldest = { thread: this.#thread(), key: furtherBack(this.#all, this.#from, more) };
  }
}
