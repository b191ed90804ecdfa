// What the compiled messages ask of `Intl`. They would make new rules for each number they say, up to six for a row of the
// list at 25 microseconds each: here a language's rules are made once. `vite.config.ts` puts this in place of theirs.

import type { Locale } from "$lib/paraglide/runtime";

export * from "$lib/paraglide/registry";

const rules = new Map<string, Intl.PluralRules>();

/** `one`, `few`, `other`, …: how the language counts `input`. */
export function plural(locale: Locale, input: unknown, options: Intl.PluralRulesOptions = {}): string {
  const key = `${locale} ${JSON.stringify(options)}`;
  let known = rules.get(key);
  if (known === undefined) {
    known = new Intl.PluralRules(locale, options);
    rules.set(key, known);
  }
  return known.select(Number(input));
}
