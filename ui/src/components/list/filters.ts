// The filters as they are offered: each with its words.

import { channelName } from "$lib/domain/channels";
import { m } from "$lib/paraglide/messages";
import type { AssignedFilter, Channel, StatusFilter, Topic } from "$lib/rpc/generated/schema";
import type { Ticked } from "$lib/state/filters.svelte";

export interface Option {
  value: string;
  label: string;
  /** Has this channel's mark before it. */
  channel?: Channel;
}

const CHANNELS: readonly Channel[] = ["web", "whatsapp", "messenger", "instagram", "sms", "email", "voice"];

const STATUSES: readonly (readonly [StatusFilter, () => string])[] = [
  ["new", m.badge_new],
  ["unread", m.filter_unread],
  ["active", m.filter_active],
  ["escalated", m.badge_escalated],
  ["expired", m.badge_expired],
  ["snoozed", m.badge_snoozed],
  ["lead", m.filter_with_lead],
  ["opted_out", m.badge_opted_out],
  ["closed", m.badge_closed],
];

const TOPICS: readonly (readonly [Topic, () => string])[] = [
  ["booking", m.filter_topic_booking],
  ["lead", m.badge_lead],
  ["faq", m.filter_topic_faq],
  ["mixed", m.filter_topic_mixed],
];

const ASSIGNED: readonly (readonly [AssignedFilter, () => string])[] = [
  ["me", m.filter_assigned_me],
  ["nobody", m.filter_assigned_nobody],
  ["others", m.filter_assigned_others],
];

const worded = (options: readonly (readonly [string, () => string])[]): Option[] =>
  options.map(([value, label]) => ({ value, label: label() }));

/** What can be ticked in each filter, with the tags there are. */
export function filterOptions(tags: readonly string[]): Record<Ticked, { label: string; options: Option[] }> {
  return {
    channels: {
      label: m.filter_channel(),
      options: CHANNELS.map((channel) => ({ value: channel, label: channelName(channel), channel })),
    },
    statuses: { label: m.filter_status(), options: worded(STATUSES) },
    topics: { label: m.filter_type(), options: worded(TOPICS) },
    labels: { label: m.filter_tags(), options: tags.map((value) => ({ value, label: value })) },
    assigned: { label: m.filter_assigned(), options: worded(ASSIGNED) },
  };
}

export const PERIODS = [
  ["today", m.filter_today],
  ["week", m.filter_week],
  ["month", m.filter_month],
] as const;
