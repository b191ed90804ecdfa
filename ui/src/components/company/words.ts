// Who else is in a conversation, in one sentence. Names are kept short: there is little room, and they are colleagues.

import { shortName } from "$lib/domain/names";
import { m } from "$lib/paraglide/messages";
import type { CompanyView } from "$lib/rpc/generated/schema";

/** Empty while the guest does not write. */
export function guestWords({ guest }: CompanyView): string {
  return guest === null ? "" : m.thread_typing({ name: guest });
}

/** Empty while no colleague writes. */
export function writingWords({ writing }: CompanyView): string {
  const [first, second] = writing;
  if (first === undefined) return "";
  const name = shortName(first.name);
  if (second === undefined) return first.private ? m.thread_writes_note({ name }) : m.thread_writes_reply({ name });
  if (writing.length > 2) return m.thread_many_write({ count: writing.length });
  return m.thread_two_write({ first: name, second: shortName(second.name) });
}

/** Empty while no colleague looks. */
export function lookingWords({ looking }: CompanyView): string {
  const [first, second] = looking;
  if (first === undefined) return "";
  const name = shortName(first.name);
  if (second === undefined) return m.thread_looks({ name });
  if (looking.length > 2) return m.thread_many_look({ count: looking.length });
  return m.thread_two_look({ first: name, second: shortName(second.name) });
}
