// A found stretch of text, cut so that what was found is seen.

import { placesIn } from "./find";

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

/** A letter is found at the beginning of a word only, a digit anywhere in a number. */
function isFoundAt(text: string, at: number): boolean {
  return !/^\p{L}/u.test(text.slice(at)) || !/[\p{L}\p{M}]$/u.test(text.slice(0, at));
}

/** A text with every word of what was typed marked; parts alternate plain, marked, plain, … */
export function markedIn(text: string, typed: string): string[] {
  const places = typed
    .split(/\s+/u)
    .flatMap((word) => placesIn(text, word))
    .filter(({ from }) => isFoundAt(text, from))
    .sort((one, other) => one.from - other.from || other.to - one.to);
  const parts: string[] = [];
  let at = 0;
  for (const { from, to } of places) {
    // Words that overlap are marked once.
    if (from < at) continue;
    parts.push(text.slice(at, from), text.slice(from, to));
    at = to;
  }
  return [...parts, text.slice(at)];
}
