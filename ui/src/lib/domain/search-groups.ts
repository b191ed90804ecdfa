// What a search found, in the groups it is shown in: guests, conversations, messages.

import type { SearchHit } from "$lib/rpc/generated/schema";
import { refKey } from "./refs";

export const FOUND_GROUPS = ["guests", "conversations", "messages"] as const;
export type FoundGroup = (typeof FOUND_GROUPS)[number];

/** A hit in one of its groups: a conversation stands in several where several things of it match. */
export interface Found {
  key: string;
  group: FoundGroup;
  hit: SearchHit;
}

function isIn(hit: SearchHit, group: FoundGroup): boolean {
  switch (group) {
    case "guests":
      return hit.by.includes("guest");
    case "conversations":
      return hit.by.includes("conversation");
    case "messages":
      return hit.snippet !== null;
  }
}

/** Group by group; within one, newest first as they come. */
export function grouped(hits: readonly SearchHit[]): Found[] {
  return FOUND_GROUPS.flatMap((group) =>
    hits.filter((hit) => isIn(hit, group)).map((hit) => ({ key: `${refKey(hit.row)}|${group}`, group, hit })),
  );
}
