// What a row of the list says, in words: its preview, its third line, and the name that is spoken.

import { channelName } from "./channels";
import { m } from "$lib/paraglide/messages";
import type { PreviewView, RowView } from "$lib/rpc/generated/schema";
import { goalOf, goalWords } from "./goal";
import { shortName } from "./names";
import { age } from "./time";
import { zoneOf } from "./zone";

export const guestName = (row: Pick<RowView, "name">): string => row.name || m.row_stranger();

/** Who wrote the last thing, as it stands before the preview; empty for a guest without a name. */
export function previewAuthor(preview: PreviewView, named: boolean): string {
  switch (preview.by) {
    case "ai":
      return m.row_ai();
    case "me":
      return m.row_you();
    case "note":
      return m.row_note();
    case "draft":
      return m.row_draft();
    case "not_sent":
      return m.row_not_sent();
    case "server":
      return m.row_server();
    case "nobody":
      return "";
    case "guest":
      return named ? m.row_by({ name: shortName(preview.name) }) : "";
    case "colleague":
      return preview.name ? m.row_by({ name: shortName(preview.name) }) : "";
  }
}

export function previewText(preview: PreviewView): string {
  if (preview.text !== "") return preview.text;
  if (preview.file) return m.row_file();
  return preview.by === "nobody" ? m.row_nothing() : "";
}

/** A conversation a person has been silent in for this long may be forgotten with them. Seconds. */
export const QUIET = 2 * 60 * 60;

/** I hold it, the AI stays silent, and nobody has written for long. */
const isLeft = (row: RowView, now: number): boolean =>
  row.who.kind === "person" && row.who_is_me && row.has_ai && row.said_at !== null && now - row.said_at >= QUIET;

/** The AI answered what nobody of the desk has looked at yet. */
const isToReview = (row: RowView): boolean => row.who.kind === "ai" && row.unread > 0 && row.preview.by === "ai";

/** What may be worth a look, said quietly; empty = nothing. */
export function rowNotice(row: RowView, now: number): string {
  if (isLeft(row, now)) return m.row_left();
  return isToReview(row) ? m.row_ai_replied() : "";
}

/** Third line after the badges: what may be worth a look, why it needs a person, who has it, the property, the persona. */
export function rowDescription(row: RowView, severalProperties: boolean, now: number): string {
  const waiting = row.who.kind === "waiting";
  const held = row.who.kind === "person" && !row.who_is_me ? row.who_name : null;
  const property = severalProperties ? row.property : null;
  return [rowNotice(row, now), waiting ? row.reason : held, property, row.persona].filter(Boolean).join(" · ");
}

export function rowState(row: RowView): string {
  switch (row.who.kind) {
    case "waiting":
      return m.row_state_waiting();
    case "ai":
      return m.row_state_ai();
    case "person":
      if (row.who_is_me) return m.row_state_you();
      return row.who_name ? m.row_state_person({ name: row.who_name }) : m.row_state_someone();
    case "snoozed":
      return m.row_state_snoozed();
    case "closed":
      return m.row_state_closed();
  }
}

/** The server stops counting at ten. */
export const unreadWords = (unread: number): string =>
  unread >= 10 ? m.row_unread_many() : m.row_unread({ count: unread });

/** Name, state, preview, time, goal, channel, property: what a screen reader says, and what tests look for. */
export function rowName(row: RowView, now: number, severalProperties = false): string {
  const goal = goalOf(row, now);
  const preview = [previewAuthor(row.preview, row.named), previewText(row.preview)].filter(Boolean).join(" ");
  return [
    guestName(row),
    rowState(row),
    rowNotice(row, now),
    row.unread > 0 && unreadWords(row.unread),
    row.opted_out && m.badge_opted_out(),
    row.expired && m.badge_expired(),
    preview,
    age(row.last_activity_at, now, zoneOf(row.timezone)),
    goal && goalWords(goal),
    m.row_channel({ channel: channelName(row.channel) }),
    severalProperties && row.property,
  ]
    .filter(Boolean)
    .join(", ");
}
