// The window of the desktop program.

import { Channel, convertFileSrc, invoke, isTauri } from "@tauri-apps/api/core";
import type { EventBatch } from "$lib/rpc/generated/schema";
import type { Platform } from "./platform";

export const insideTauri = isTauri;

export const tauriPlatform: Platform = {
  call: (kind, name, request) => invoke(`rpc_${kind}`, { call: { name, request } }),

  file: (path) => convertFileSrc(path, "guestfile"),

  subscribe(handler) {
    const channel = new Channel<EventBatch>();
    channel.onmessage = handler;
    invoke("rpc_subscribe", { channel }).catch(() => {
      // Without events the screen still answers to what is asked; a reload shows what was missed.
      handler({ events: [{ event: "reload" }] });
    });
    return () => {
      channel.onmessage = () => {};
    };
  },
};
