// What a host does for the screen, whichever it is.

import type { EventBatch } from "$lib/rpc/generated/schema";

export type CallKind = "query" | "mutate" | "trigger";

export interface Platform {
  /** Rejects with whatever the host says; `lib/rpc` gives it a type. */
  call(kind: CallKind, name: string, request: unknown): Promise<unknown>;
  /** Where the page finds a file of a message (`account/conversation/message/attachment/preview|file`). */
  file(path: string): string;
  /** Event batches in order, from now on. The answer ends it. */
  subscribe(handler: (batch: EventBatch) => void): () => void;
}
