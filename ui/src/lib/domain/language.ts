// Which of our languages a person reads, which way it runs, and how it writes dates and numbers.

import { baseLocale, isLocale, locales, type Locale } from "$lib/paraglide/runtime";

export type Language = Locale;
export const LANGUAGES: readonly Language[] = locales;

/** Each in its own words: who looks for theirs may not read the one on screen. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: "English",
  hu: "Magyar",
  de: "Deutsch",
  es: "Español",
  ar: "العربية",
};

/** `chosen`: `null` = as the computer, whose languages are named in the order of its owner's liking (`hu-HU`). */
export function languageOf(chosen: string | null, ofComputer: readonly string[]): Language {
  if (isLocale(chosen)) return chosen;
  for (const tag of ofComputer) {
    const language = tag.split("-")[0]?.toLowerCase();
    if (isLocale(language)) return language;
  }
  return baseLocale;
}

export const directionOf = (language: Language): "ltr" | "rtl" => (language === "ar" ? "rtl" : "ltr");

/** For `Intl`: days first as front desks write them, the calendar of bookings, and figures that stay Western. */
export function formatLocale(language: Language): string {
  if (language === "en") return "en-GB";
  return language === "ar" ? "ar-u-ca-gregory-nu-latn" : language;
}
