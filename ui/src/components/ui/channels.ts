import type { Channel } from "$lib/rpc/generated/schema";
import { m } from "$lib/paraglide/messages";
import type { IconName } from "./icons";

const icons: Record<Channel, IconName> = {
  web: "globe",
  whatsapp: "whatsapp",
  messenger: "messenger",
  instagram: "instagram",
  sms: "smartphone",
  email: "mail",
  voice: "phone",
  other: "message-circle",
};

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

export const channelIcon = (channel: Channel): IconName => icons[channel];
export const channelName = (channel: Channel): string => names[channel]();
