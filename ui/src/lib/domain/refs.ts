// Naming a conversation across properties.

import type { ConversationRef } from "$lib/rpc/generated/schema";

/** As a key of maps and keyed lists, and as `data-conversation`. */
export const refKey = (ref: ConversationRef): string => `${ref.account}:${ref.id}`;

export const sameRef = (a: ConversationRef | null | undefined, b: ConversationRef | null | undefined): boolean =>
  a?.account === b?.account && a?.id === b?.id;

/** The conversation a key names; nothing for what is no such key. */
export function refOfKey(key: string): ConversationRef | null {
  const parts = /^(\d+):(\d+)$/.exec(key);
  return parts ? { account: Number(parts[1]), id: Number(parts[2]) } : null;
}
