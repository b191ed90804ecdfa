// What the screen asks of the program around it. The only place that knows which host that is.

import type { Platform } from "./platform";
import { tauriPlatform, insideTauri } from "./tauri";
import { webPlatform } from "./web";

export type { CallKind } from "./platform";

export const platform: Platform = insideTauri() ? tauriPlatform : webPlatform;
