// The rest of what can be done with a conversation.

import type { Acts } from "$components/conversation/acts";
import { callName } from "$components/conversation/words";
import type { MenuItem } from "$components/ui/menu";
import type { Command } from "$lib/a11y/key-map";
import { snoozeUntil, type SnoozeChoice } from "$lib/domain/snooze";
import { zoneWords } from "$lib/domain/time";
import { computerZone, sameClock, zoneOf } from "$lib/domain/zone";
import { m } from "$lib/paraglide/messages";
import { trigger } from "$lib/rpc";
import type { ConversationView, Priority } from "$lib/rpc/generated/schema";

interface Places {
  /** The key of a command, as it is written. */
  keyOf: (command: Command) => string | undefined;
  brief: () => void;
  tag: () => void;
  find: () => void;
  print: () => void;
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
  const closed = conversation.who.kind === "closed";
  const items: MenuItem[] = [
    {
      label: m.thread_menu_unread(),
      icon: "inbox",
      keys: places.keyOf("unread"),
      run: () => void acts.markUnread(ref),
    },
    { label: m.thread_menu_tag(), icon: "tag", keys: places.keyOf("tag"), run: places.tag },
    priorityItem(conversation, acts),
  ];
  if (conversation.brief !== null && conversation.who.kind !== "ai" && !closed) {
    items.push({
      label: m.thread_menu_brief(),
      icon: "concierge-bell",
      keys: places.keyOf("brief"),
      run: places.brief,
    });
  }
  if (!closed) items.push(snoozeItem(conversation, now, acts, locked));
  items.push(
    { label: m.thread_menu_find(), icon: "search", keys: places.keyOf("find"), rule: true, run: places.find },
    { label: m.thread_menu_print(), icon: "printer", run: places.print },
  );
  const { ticket } = conversation;
  if (ticket?.url) {
    const url = ticket.url;
    items.push({ label: m.thread_menu_ticket(), icon: "ticket", run: () => trigger("open_link", { url }) });
  }
  items.push(muteItem(conversation, acts, locked));
  return items;
}

function priorityItem(conversation: ConversationView, acts: Acts): MenuItem {
  const choices: [Priority | null, string][] = [
    ["urgent", m.thread_menu_priority_urgent()],
    ["high", m.thread_menu_priority_high()],
    ["medium", m.thread_menu_priority_medium()],
    ["low", m.thread_menu_priority_low()],
    [null, m.thread_menu_priority_none()],
  ];
  const items = choices.map(([priority, label]): MenuItem => ({
    label,
    checked: conversation.priority === priority,
    run: () => void acts.setPriority(conversation.conversation, priority),
  }));
  return { label: m.thread_menu_priority(), icon: "circle-alert", items, run: () => undefined };
}

function snoozeItem(conversation: ConversationView, now: number, acts: Acts, locked: boolean): MenuItem {
  const choices: [SnoozeChoice, string][] = [
    ["hour", m.thread_menu_snooze_hour()],
    ["tomorrow", m.thread_menu_snooze_tomorrow()],
    ["monday", m.thread_menu_snooze_monday()],
    ["guest", m.thread_menu_snooze_guest()],
  ];
  const zone = zoneOf(conversation.timezone);
  const elsewhere = !sameClock(zone, computerZone(), now);
  const items = choices.map(([choice, words]): MenuItem => ({
    label:
      elsewhere && (choice === "tomorrow" || choice === "monday")
        ? m.time_elsewhere({ time: words, zone: zoneWords(zone) })
        : words,
    run: () => void acts.snooze(conversation, snoozeUntil(choice, now, zone)),
  }));
  return { label: m.thread_menu_snooze(), icon: "clock", items, run: () => undefined, ...lock(locked) };
}

function muteItem(conversation: ConversationView, acts: Acts, locked: boolean): MenuItem {
  const ref = conversation.conversation;
  if (conversation.muted) {
    return {
      label: m.thread_menu_unmute(),
      icon: "bell-off",
      rule: true,
      run: () => void acts.unmute(ref),
      ...lock(locked),
    };
  }
  return {
    label: m.thread_menu_mute({ name: callName(conversation.contact) }),
    icon: "bell-off",
    rule: true,
    danger: true,
    run: () => void acts.mute(conversation),
    ...lock(locked),
  };
}

const lock = (locked: boolean): Pick<MenuItem, "disabled" | "title"> =>
  locked ? { disabled: true, title: m.thread_refused_offline() } : {};
