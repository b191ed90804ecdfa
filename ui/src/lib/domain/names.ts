// Names of guests and staff, as they are written in little space.

/** At most two letters: first and last word. Empty where there is no letter to take. */
export function initials(name: string): string {
  const words = name
    .split(/\s+/u)
    .map((word) => word.replace(/^[^\p{L}]+/u, ""))
    .filter((word) => word !== "");
  const first = words[0];
  if (first === undefined) return "";
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const letter = (word: string) => ([...word][0] ?? "").toLocaleUpperCase();
  return letter(first) + (last === undefined ? ([...first][1] ?? "").toLocaleUpperCase() : letter(last));
}

/** The first word, for "Priya:" and "Reply to Priya"; the whole of a number or an address. */
export function shortName(name: string, named = true): string {
  if (!named) return name;
  return name.trim().split(/\s+/u)[0] ?? name;
}
