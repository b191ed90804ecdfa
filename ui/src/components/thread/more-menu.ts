// The rest of what can be done with a conversation.

import type { MenuItem } from "$components/ui/menu";
import { m } from "$lib/paraglide/messages";
import { trigger } from "$lib/rpc";
import type { ConversationView } from "$lib/rpc/generated/schema";
import type { Acts } from "./acts";

/** A conversation put off until tomorrow comes back when the desk is awake. Hour of the local day. */
const MORNING = 9;

interface Places {
  brief: () => void;
  tag: () => void;
}

/** `locked`: offline, so what needs the server's word cannot be pressed. */
export function moreItems(
  conversation: ConversationView,
  locked: boolean,
  now: number,
  acts: Acts,
  places: Places,
): MenuItem[] {
  const ref = conversation.conversation;
  const urgent = conversation.priority === "urgent";
  const closed = conversation.who.kind === "closed";
  const reason = locked ? m.thread_refused_offline() : undefined;
  const items: MenuItem[] = [
    { label: m.thread_menu_unread(), icon: "inbox", keys: "U", run: () => void acts.markUnread(ref) },
    { label: m.thread_menu_tag(), icon: "tag", keys: "#", run: places.tag },
    {
      label: urgent ? m.thread_menu_not_urgent() : m.thread_menu_urgent(),
      icon: "circle-alert",
      run: () => void acts.setPriority(ref, urgent ? null : "urgent"),
    },
  ];
  if (conversation.brief !== null && conversation.who.kind !== "ai" && !closed) {
    items.push({ label: m.thread_menu_brief(), icon: "concierge-bell", keys: "B", run: places.brief });
  }
  if (!closed) items.push(...snoozeItems(conversation, now, acts, locked, reason));
  const { ticket } = conversation;
  if (ticket?.url) {
    const url = ticket.url;
    items.push({ label: m.thread_menu_ticket(), icon: "ticket", rule: true, run: () => trigger("open_link", { url }) });
  }
  return items;
}

function snoozeItems(
  conversation: ConversationView,
  now: number,
  acts: Acts,
  disabled: boolean,
  title: string | undefined,
): MenuItem[] {
  const ref = conversation.conversation;
  return [
    {
      label: m.thread_menu_snooze_tomorrow(),
      icon: "clock",
      rule: true,
      disabled,
      title,
      run: () => void acts.snooze(ref, tomorrowMorning(now)),
    },
    { label: m.thread_menu_snooze_guest(), icon: "clock", disabled, title, run: () => void acts.snooze(ref, null) },
  ];
}

/** Epoch seconds of the next day's opening, in local time. */
export function tomorrowMorning(now: number): number {
  const date = new Date(now * 1000);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, MORNING).getTime() / 1000;
}
