// What the AI proposes: what a person still has a say in.

import type { ActionView } from "$lib/rpc/generated/schema";

/** Nobody has decided yet. */
export const waitsForDecision = ({ status }: Pick<ActionView, "status">): boolean =>
  status === "pending" || status === "snoozed";
