// Whether the details are on screen: beside the chat where there is room, else as a drawer over it.

import type { App } from "$lib/state/app.svelte";
import { innerWidth } from "svelte/reactivity/window";

/** Below this many rem there is no room beside the chat. In rem, so that it follows the text size. */
const ROOM_REM = 68;

/** They lie over the chat. Reactive. */
export function detailsLieOver(app: App): boolean {
  const width = (innerWidth.current ?? 1280) / (16 * app.settings.current.text_scale);
  return width <= ROOM_REM;
}

/** They are on screen. Reactive. */
export function detailsShown(app: App): boolean {
  return detailsLieOver(app) ? app.navigation.drawer : app.settings.current.details_open;
}

export function toggleDetails(app: App): void {
  if (detailsLieOver(app)) app.navigation.drawer = !app.navigation.drawer;
  else void app.settings.change({ details_open: !app.settings.current.details_open }).catch(() => undefined);
}
