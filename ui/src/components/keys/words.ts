// What each key does, in words, and the sign that stands beside it.

import type { IconName } from "$components/ui/icons";
import type { Command, KeyGroup } from "$lib/a11y/key-map";
import { m } from "$lib/paraglide/messages";

const NAMES: Record<Command, () => string> = {
  next: m.keys_next_one,
  previous: m.keys_previous_one,
  open: m.keys_open,
  back: m.keys_escape,
  next_in_need: m.keys_need,
  first: m.keys_first_one,
  last: m.keys_last_one,
  choose_next: m.keys_choose_next,
  choose_previous: m.keys_choose_previous,
  choose_one: m.keys_choose_one,
  next_part: m.keys_next_part,
  previous_part: m.keys_previous_part,
  anything: m.keys_anything,
  search: m.keys_search,
  take_over: m.keys_take,
  hand_back: m.keys_hand,
  escalate: m.keys_escalate,
  assign: m.keys_assign,
  assign_to_me: m.keys_assign_to_me,
  close: m.keys_close_it,
  undo: m.keys_undo,
  reply: m.keys_reply,
  note: m.keys_note,
  templates: m.keys_templates,
  attach: m.keys_attach,
  send: m.keys_send,
  new_line: m.keys_new_line,
  send_and_close: m.keys_send_and_close,
  bold: m.keys_bold,
  italic: m.keys_italic,
  mention: m.keys_mention,
  view_needs_person: m.view_needs_person,
  view_mine: m.view_mine,
  view_ai: m.view_ai,
  view_all: m.view_all,
  view_closed: m.view_closed,
  filters: m.keys_filters,
  morning: m.day_morning,
  handover: m.day_handover,
  details: m.keys_details,
  lead: m.keys_lead,
  unread: m.keys_unread,
  tag: m.keys_tag,
  brief: m.keys_brief,
  more: m.keys_more,
  find: m.keys_find,
  statistics: m.statistics_title,
  settings: m.keys_settings,
  lock: m.keys_lock,
  text_larger: m.keys_text_larger,
  text_smaller: m.keys_text_smaller,
  text_normal: m.keys_text_normal,
  help: m.keys_help,
};

export const commandName = (command: Command): string => NAMES[command]();

const GROUP_NAMES: Record<KeyGroup, () => string> = {
  move: m.keys_move,
  who: m.keys_who,
  write: m.keys_write,
  views: m.keys_views,
  conversation: m.keys_conversation,
  desk: m.keys_desk,
};

export const groupName = (group: KeyGroup): string => GROUP_NAMES[group]();

/** Commands that share a line of the help, by the first of them. */
const PAIRS: Partial<Record<Command, { with: readonly Command[]; name: () => string }>> = {
  next: { with: ["previous"], name: m.keys_next },
  first: { with: ["last"], name: m.keys_ends },
  next_part: { with: ["previous_part"], name: m.keys_regions },
  text_larger: { with: ["text_smaller", "text_normal"], name: m.keys_text },
};

/** The lines of the help for these commands, in their order. */
export function helpLines(commands: readonly Command[]): { name: string; commands: readonly Command[] }[] {
  const seconds = new Set(Object.values(PAIRS).flatMap((pair) => [...pair.with]));
  return commands
    .filter((command) => !seconds.has(command))
    .map((command) => {
      const pair = PAIRS[command];
      return { name: pair?.name() ?? commandName(command), commands: [command, ...(pair?.with ?? [])] };
    });
}

const ICONS: Partial<Record<Command, IconName>> = {
  next_in_need: "concierge-bell",
  search: "search",
  take_over: "hand",
  hand_back: "undo-2",
  escalate: "concierge-bell",
  assign: "user-plus",
  assign_to_me: "user-check",
  close: "circle-check",
  undo: "undo-2",
  reply: "reply",
  note: "lock",
  templates: "zap",
  attach: "paperclip",
  view_needs_person: "concierge-bell",
  view_mine: "user",
  view_ai: "sparkles",
  view_all: "inbox",
  view_closed: "archive",
  filters: "list-filter",
  morning: "sunrise",
  handover: "arrow-left-right",
  details: "panel-right",
  lead: "target",
  unread: "inbox",
  tag: "tag",
  brief: "book-open",
  more: "ellipsis",
  find: "search",
  statistics: "chart-column",
  settings: "settings",
  lock: "lock",
  help: "keyboard",
};

export const commandIcon = (command: Command): IconName => ICONS[command] ?? "arrow-up-right";
