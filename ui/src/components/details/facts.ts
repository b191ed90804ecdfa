// What is known of a guest and their conversation, as names and values. Values nobody has defined are shown as they came.

import { momentWords } from "$components/conversation/words";
import { channelName } from "$lib/domain/channels";
import { clockTime, zoneWords } from "$lib/domain/time";
import { calendarDate } from "$lib/domain/timeline-days";
import { computerZone, sameClock, zoneOf } from "$lib/domain/zone";
import { m } from "$lib/paraglide/messages";
import type { ActionView, ContactView, ConversationView, Topic } from "$lib/rpc/generated/schema";

export interface Fact {
  name: string;
  value: string;
  explain?: string | null;
  /** So many of so many. */
  level?: { is: number; of: number };
  /** Worth copying: numbers and addresses. */
  copies?: boolean;
  /** Nobody knows it yet; the value says so. */
  unknown?: boolean;
}

type Maybe = Omit<Fact, "value"> & { value: string | null };

const known = (facts: Maybe[]): Fact[] =>
  facts.flatMap((fact) => (fact.value === null || fact.value === "" ? [] : [{ ...fact, value: fact.value }]));

const expected = (facts: Maybe[]): Fact[] =>
  facts.map((fact) => known([fact])[0] ?? { name: fact.name, value: m.details_unknown(), unknown: true });

export function contactFacts(contact: ContactView): Fact[] {
  const count = m.details_conversations({ count: contact.conversations });
  const first = contact.first_contact_at;
  return known([
    { name: m.details_phone(), value: contact.phone, copies: true },
    { name: m.details_email(), value: contact.email, copies: true },
    { name: m.details_identifier(), value: contact.identifier, copies: true },
    { name: m.details_first_contact(), value: first === null ? count : `${calendarDate(first)}, ${count}` },
  ]);
}

/** What the AI made of it. Where one answers, each has its line before it is known: nothing below moves when it comes. */
export function understoodFacts(conversation: ConversationView): Fact[] {
  const facts = conversation.has_ai ? expected : known;
  const { contact } = conversation;
  return facts([
    { name: m.details_persona(), value: contact.persona, explain: contact.persona_reason },
    {
      name: m.details_intent(),
      value: conversation.intent === null ? null : wordOf(intents, conversation.intent),
      level: levelOf(["low", "medium", "high"], conversation.intent),
    },
    { name: m.details_topic(), value: conversation.topic === null ? null : topics[conversation.topic]() },
    { name: m.details_dates(), value: conversation.dates_of_interest },
  ]);
}

export function leadFacts(contact: ContactView): Fact[] {
  const temperature = contact.lead_temperature;
  return known([
    {
      name: m.details_lead_status(),
      value: contact.lead_status === null ? null : wordOf(leadStates, contact.lead_status),
    },
    {
      name: m.details_lead_temperature(),
      value: temperature === null ? null : wordOf(temperatures, temperature),
      level: levelOf(["cold", "cool", "warm", "hot"], temperature),
    },
  ]);
}

export function conversationFacts(conversation: ConversationView, now: number): Fact[] {
  const out = conversation.opted_out_at;
  return known([
    { name: m.details_subject(), value: conversation.subject },
    {
      name: m.details_channel(),
      value: [...new Set([channelName(conversation.channel), conversation.inbox])].filter(Boolean).join(" · "),
    },
    { name: m.details_time_there(), value: timeThere(conversation.timezone, now) },
    { name: m.details_assigned(), value: conversation.assignee?.name ?? m.details_nobody() },
    { name: m.details_team(), value: conversation.team?.name ?? null },
    {
      name: m.details_opted_out(),
      value: out === null ? null : m.details_opted_out_since({ time: momentWords(out, now) }),
    },
  ]);
}

/** Only where the property's clock is not the one on this computer. */
function timeThere(timezone: string | null, now: number): string | null {
  const zone = zoneOf(timezone);
  if (sameClock(zone, computerZone(), now)) return null;
  return m.time_elsewhere({ time: clockTime(now, zone), zone: zoneWords(zone) });
}

const intents: Record<string, () => string> = {
  high: m.details_intent_high,
  medium: m.details_intent_medium,
  low: m.details_intent_low,
};

const leadStates: Record<string, () => string> = {
  New: m.details_lead_new,
  "In progress": m.details_lead_in_progress,
  Qualified: m.details_lead_qualified,
  Won: m.details_lead_won,
  Lost: m.details_lead_lost,
};

const temperatures: Record<string, () => string> = {
  hot: m.details_lead_hot,
  warm: m.details_lead_warm,
  cool: m.details_lead_cool,
  cold: m.details_lead_cold,
};

const topics: Record<Topic, () => string> = {
  booking: m.details_topic_booking,
  lead: m.details_topic_lead,
  faq: m.details_topic_faq,
  mixed: m.details_topic_mixed,
};

const actionStates: Record<string, () => string> = {
  pending: m.details_action_pending,
  approved: m.details_action_approved,
  done: m.details_action_done,
  failed: m.details_action_failed,
  rejected: m.details_action_rejected,
  expired: m.details_action_expired,
  auto_executed: m.details_action_auto_executed,
  snoozed: m.details_action_snoozed,
};

const results: Record<string, () => string> = {
  tour: m.details_result_tour,
  customer: m.details_result_customer,
  contract: m.details_result_contract,
  booking: m.details_result_booking,
};

export const actionWords = (action: ActionView): string => wordOf(actionStates, action.status);
export const resultWords = (kind: string): string => wordOf(results, kind);

/** The word for a value, or the value itself where a deployment uses its own (which may be called `constructor`). */
function wordOf(words: Record<string, () => string>, value: string): string {
  const word = Object.hasOwn(words, value) ? words[value] : undefined;
  return word?.() ?? value;
}

function levelOf(scale: string[], value: string | null): { is: number; of: number } | undefined {
  const at = value === null ? -1 : scale.indexOf(value);
  return at < 0 ? undefined : { is: at + 1, of: scale.length };
}
