// What roles let somebody see.

import type { AccountView, Sight } from "$lib/rpc/generated/schema";

const WIDEST: readonly Sight[] = ["everything", "unassigned", "own"];

/** Of several properties the widest counts: what is missing is missing in none of them. Nobody's is everything. */
export function widestSight(accounts: readonly Pick<AccountView, "sight">[]): Sight {
  if (accounts.length === 0) return "everything";
  return WIDEST.find((sight) => accounts.some((account) => account.sight === sight)) ?? "nothing";
}
