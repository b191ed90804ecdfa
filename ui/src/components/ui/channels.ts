// The sign of each channel.

import type { Channel } from "$lib/rpc/generated/schema";
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

export const channelIcon = (channel: Channel): IconName => icons[channel];
