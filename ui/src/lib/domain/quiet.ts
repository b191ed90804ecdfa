import type { MessageView } from "$lib/rpc/generated/schema";
import { QUIET } from "./rows";

/** Seconds since anybody wrote, once that is long; else `null`. */
export function quietFor(messages: readonly MessageView[], now: number): number | null {
  const last = messages.findLast((message) => message.author !== "activity");
  return last === undefined || now - last.created_at < QUIET ? null : now - last.created_at;
}
