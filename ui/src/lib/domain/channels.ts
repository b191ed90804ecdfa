// What a channel is called.

import { m } from "$lib/paraglide/messages";
import type { Channel } from "$lib/rpc/generated/schema";

const names: Record<Channel, () => string> = {
  web: m.channel_web,
  whatsapp: m.channel_whatsapp,
  messenger: m.channel_messenger,
  instagram: m.channel_instagram,
  sms: m.channel_sms,
  email: m.channel_email,
  voice: m.channel_voice,
  other: m.channel_other,
};

export const channelName = (channel: Channel): string => names[channel]();
