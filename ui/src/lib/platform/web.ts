// A plain browser beside the development host: the same calls over loopback HTTP.

import type { EventBatch } from "$lib/rpc/generated/schema";
import type { Platform } from "./platform";

export const webPlatform: Platform = {
  async call(kind, name, request) {
    const response = await fetch(`/rpc/${kind}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name, request }),
    });
    const text = await response.text();
    const body: unknown = text === "" ? null : JSON.parse(text);
    if (!response.ok) throw body;
    return body;
  },

  file: (path) => `/rpc/file/${path}`,

  subscribe(handler) {
    const source = new EventSource("/rpc/events");
    let opened = false;
    source.onopen = () => {
      // The stream replays nothing: what happened in between must be asked for again.
      if (opened) handler({ events: [{ event: "reload" }] });
      opened = true;
    };
    source.onmessage = (message) => handler(JSON.parse(message.data as string) as EventBatch);
    return () => source.close();
  },
};
