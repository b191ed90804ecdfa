// Hands the core's events to the rooms of the screen. Carries no state of its own.

import type { Event, EventBatch } from "$lib/rpc/generated/schema";

type Kind = Event["event"];
type Of<K extends Kind> = Extract<Event, { event: K }>;
type Handler = (event: Event) => void;

export class Events {
  #handlers = new Map<Kind, Set<Handler>>();

  /** The answer ends it: use it as an effect's or attachment's clean-up. */
  on<K extends Kind>(kind: K, handler: (event: Of<K>) => void): () => void {
    const handlers = this.#handlers.get(kind) ?? new Set();
    this.#handlers.set(kind, handlers);
    handlers.add(handler as Handler);
    return () => handlers.delete(handler as Handler);
  }

  deliver(batch: EventBatch): void {
    for (const event of batch.events) {
      for (const handler of this.#handlers.get(event.event) ?? []) handler(event);
    }
  }
}
