// What every part of the settings is given.

import type { SettingsView } from "$lib/rpc/generated/schema";

export interface Choosing {
  current: SettingsView;
  onchange: (patch: Partial<SettingsView>) => void;
}
