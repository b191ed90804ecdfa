// What a person chose, shown at once and kept by the core. Theme and text size act on the whole page.

import { mutate } from "$lib/rpc";
import type { SettingsView } from "$lib/rpc/generated/schema";
import type { Session } from "./session.svelte";

export const TEXT_SCALES = [0.9, 1, 1.1, 1.25, 1.5] as const;
/** How far back the offline copy may reach, and how large it may become. */
export const OFFLINE_DAYS = [7, 30, 90, 365, 1825] as const;
export const OFFLINE_MEGABYTES = [100, 500, 1000, 5000] as const;

const DEFAULTS: SettingsView = {
  theme: "system",
  text_scale: 1,
  sound: true,
  volume: 0.7,
  names_in_notifications: false,
  ring_without_ai: true,
  offline_days: 90,
  offline_megabytes: 500,
  details_open: true,
  list_width: null,
  details_width: null,
  single_keys: true,
};

export class Settings {
  #session: Session;
  /** Changed here and not yet confirmed by the core. */
  #local = $state.raw<Partial<SettingsView>>({});
  #systemDark = $state(matchMedia("(prefers-color-scheme: dark)").matches);

  constructor(session: Session) {
    this.#session = session;
  }

  readonly current = $derived.by<SettingsView>(() => ({
    ...DEFAULTS,
    ...this.#session.view?.settings,
    ...this.#local,
  }));

  readonly dark = $derived.by(
    () => this.current.theme === "dark" || (this.current.theme === "system" && this.#systemDark),
  );

  async change(patch: Partial<SettingsView>): Promise<void> {
    this.#local = { ...this.#local, ...patch };
    try {
      await mutate("save_settings", { ...this.current });
      await this.#session.refresh();
    } finally {
      this.#local = {};
    }
  }

  /** One step larger (1), smaller (-1), or back to 100 % (0). */
  zoom(direction: -1 | 0 | 1): void {
    const at = this.current.text_scale;
    const next =
      direction === 0
        ? 1
        : direction > 0
          ? (TEXT_SCALES.find((scale) => scale > at + 0.001) ?? at)
          : (TEXT_SCALES.findLast((scale) => scale < at - 0.001) ?? at);
    if (next !== at) void this.change({ text_scale: next });
  }

  /** Call inside an effect root: keeps the page's theme and text size. */
  apply(): void {
    $effect(() => {
      document.documentElement.dataset["theme"] = this.dark ? "dark" : "light";
    });
    $effect(() => {
      document.documentElement.style.setProperty("--text-scale", String(this.current.text_scale));
      remeasure();
    });
    $effect(() => {
      const media = matchMedia("(prefers-color-scheme: dark)");
      const changed = () => (this.#systemDark = media.matches);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    });
  }
}

/** Engines ask a container query in rem again only when its container changes, not when the rem does. */
function remeasure(): void {
  const page = document.getElementById("app");
  if (!page) return;
  page.style.containerType = "normal";
  void page.offsetWidth;
  page.style.containerType = "";
}
