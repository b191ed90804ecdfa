// What a person chose, shown at once and kept by the core. Language, theme and text size act on the whole page.

import { shownChord, type Command, type KeyChoices } from "$lib/a11y/key-map";
import { chordLabel } from "$lib/a11y/keys.svelte";
import { directionOf, languageOf, type Language } from "$lib/domain/language";
import { overwriteGetLocale, setLocale } from "$lib/paraglide/runtime";
import { mutate, trigger } from "$lib/rpc";
import type { SettingsView } from "$lib/rpc/generated/schema";
import type { Session } from "./session.svelte";

export const TEXT_SCALES = [0.9, 1, 1.1, 1.25, 1.5] as const;
/** How far back the offline copy may reach, and how large it may become. */
export const OFFLINE_DAYS = [7, 30, 90, 365, 1825] as const;
export const OFFLINE_MEGABYTES = [100, 500, 1000, 5000] as const;

const DEFAULTS: SettingsView = {
  theme: "system",
  language: null,
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
  keys: {},
  send_with_control: false,
  lock_after_minutes: null,
};

export class Settings {
  #session: Session;
  /** Changed here and not yet confirmed by the core. */
  #local = $state.raw<Partial<SettingsView>>({});
  /** Ends with the last save that was asked for, well or not. */
  #saved: Promise<void> = Promise.resolve();
  #systemDark = $state(matchMedia("(prefers-color-scheme: dark)").matches);
  #systemLanguages = $state.raw(navigator.languages);

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

  readonly language = $derived<Language>(languageOf(this.current.language, this.#systemLanguages));

  readonly keyChoices = $derived.by<KeyChoices>(() => ({
    singleKeys: this.current.single_keys,
    own: this.current.keys,
    sendWithControl: this.current.send_with_control,
  }));

  /** The key of a command as it is written for the person; nothing where it is turned off. */
  keyOf(command: Command): string | undefined {
    const chord = shownChord(command, this.keyChoices);
    return chord === undefined ? undefined : chordLabel(chord);
  }

  /** Words for a tooltip, with the key that does the same. */
  withKey(words: string, command: Command): string {
    const key = this.keyOf(command);
    return key === undefined ? words : `${words} (${key})`;
  }

  /** Shown at once. One is saved after the other, each with all that was chosen by then: the last one stays. */
  async change(patch: Partial<SettingsView>): Promise<void> {
    const chosen = { ...this.#local, ...patch };
    this.#local = chosen;
    const saved = this.#saved.then(() => this.#save());
    this.#saved = saved.catch(() => undefined);
    try {
      await saved;
    } finally {
      // What was chosen since is not confirmed by this answer.
      if (this.#local === chosen) this.#local = {};
    }
  }

  async #save(): Promise<void> {
    await mutate("save_settings", { ...this.current });
    await this.#session.refresh();
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

  /** Call before the page is drawn, inside an effect root: its words, and the side it starts from. */
  speak(): void {
    $effect.pre(() => {
      const language = this.language;
      void setLocale(language, { reload: false });
      // Every word asks for it: without the look at the address that finds it by default.
      overwriteGetLocale(() => language);
      document.documentElement.lang = language;
      document.documentElement.dir = directionOf(language);
    });
  }

  /** Call inside an effect root: keeps the page's theme and text size, and tells the core the language. */
  apply(): void {
    $effect(() => trigger("speak", { language: this.language }));
    $effect(() => {
      const changed = () => (this.#systemLanguages = navigator.languages);
      addEventListener("languagechange", changed);
      return () => removeEventListener("languagechange", changed);
    });
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
