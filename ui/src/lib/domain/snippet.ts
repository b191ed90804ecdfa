// A found stretch of text, cut so that what was found is seen.

/** Letters kept before the first mark: more would push it out of a row. */
const LEAD = 20;

/** Parts alternate plain, marked, plain, …; the first is shortened from its start, at a word. */
export function leadIn(parts: readonly string[]): string[] {
  const [first = "", ...rest] = parts;
  if (rest.length === 0 || first.length <= LEAD) return [first, ...rest];
  const tail = first.slice(-LEAD);
  const word = tail.search(/\s\S/u);
  return [`… ${tail.slice(word < 0 ? 0 : word + 1)}`, ...rest];
}
