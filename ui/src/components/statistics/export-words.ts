// What an exported file says, in the language on screen.

import { channelName } from "$lib/domain/channels";
import { m } from "$lib/paraglide/messages";
import type { Channel, ExportWords } from "$lib/rpc/generated/schema";

const CHANNELS: readonly Channel[] = ["web", "whatsapp", "messenger", "instagram", "sms", "email", "voice", "other"];

/** In the order the core fills them. */
const COLUMNS = [
  m.export_property,
  m.export_conversation,
  m.export_channel,
  m.export_guest,
  m.export_phone,
  m.export_email,
  m.export_status,
  m.export_assigned,
  m.export_type,
  m.export_tags,
  m.badge_lead,
  m.export_results,
  m.export_reason,
  m.export_began,
  m.export_whole,
  m.export_time,
  m.export_from,
  m.export_kind,
  m.export_text,
  m.export_files,
] as const;

const CELLS = {
  yes: m.export_yes,
  no: m.export_no,
  message: m.export_message,
  note: m.export_note,
  ai: m.export_ai,
  server: m.export_server,
  open: m.export_open,
  pending: m.export_pending,
  snoozed: m.export_snoozed,
  resolved: m.export_closed,
  booking: m.badge_booking,
  lead: m.badge_lead,
  faq: m.filter_topic_faq,
  mixed: m.filter_topic_mixed,
  tour: m.badge_tour,
  customer: m.badge_customer,
  contract: m.badge_contract,
} as const;

export function exportWords(): ExportWords {
  const cells = Object.entries(CELLS).map(([word, say]) => [word, say()]);
  const channels = CHANNELS.map((channel) => [channel, channelName(channel)]);
  return { columns: COLUMNS.map((say) => say()), cells: Object.fromEntries([...cells, ...channels]) };
}
