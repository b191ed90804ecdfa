// Locking this window. Truth is in the core, which answers nothing while it is locked; here is only how one gets there.

import { mutate, trigger } from "$lib/rpc";
import type { Composer } from "./composer.svelte";
import type { Session } from "./session.svelte";
import type { Settings } from "./settings.svelte";

/** Minutes after which it may lock by itself. */
export const LOCK_MINUTES = [1, 5, 15, 30, 60] as const;

/** Being there is said no more often than this. Milliseconds. */
const AGAIN = 20_000;

export class Lock {
  /** A PIN is being chosen: to lock with it at once, or only to have it. */
  choosing = $state<"lock" | "keep" | null>(null);

  #session: Session;
  #settings: Settings;
  #composer: Composer;
  #toldAt = 0;

  constructor(session: Session, settings: Settings, composer: Composer) {
    this.#session = session;
    this.#settings = settings;
    this.#composer = composer;
  }

  /** Whether there is a PIN. */
  get hasPin(): boolean {
    return this.#session.view?.has_pin ?? false;
  }

  /** Hides everything; the first time a PIN is chosen before. What is being written is kept. */
  async now(): Promise<void> {
    await this.#composer.flush();
    const { outcome } = await mutate("lock");
    if (outcome === "needs_pin") this.choosing = "lock";
    else await this.#session.refresh();
  }

  /** Somebody moved or pressed something here. */
  active(): void {
    const now = Date.now();
    if (this.#settings.current.lock_after_minutes === null || now - this.#toldAt < AGAIN) return;
    this.#toldAt = now;
    trigger("active");
  }
}
