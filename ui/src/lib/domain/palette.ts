// What the palette offers for what is typed, in which order. Pure.

import type { ConversationRef, SearchHit } from "$lib/rpc/generated/schema";
import { refKey } from "./refs";

/** So many of each are offered: more are found by typing on. */
export const MOST = { recent: 5, named: 6, messages: 4, teammates: 3 } as const;

/** A label cut for showing: parts alternate plain, marked, plain, … */
export type Marked = readonly string[];

interface Match {
  /** 0 = it begins with what is typed, 1 = a word of it does, 2 = every typed word begins one of its words. */
  rank: 0 | 1 | 2;
  parts: Marked;
}

const fold = (text: string) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();

/** Letters of a text, each with its folded form: marks are put on the text as it is written. */
const lettersOf = (text: string) => [...text.normalize("NFC")].map((letter) => ({ letter, folded: fold(letter) }));

/** Where in `letters` a word begins with `start`: from and to, or nothing. */
function findStart(letters: ReturnType<typeof lettersOf>, start: string): readonly [number, number] | null {
  for (let from = 0; from < letters.length; from++) {
    const before = letters[from - 1]?.letter;
    if (before !== undefined && /[\p{L}\p{N}]/u.test(before)) continue;
    let folded = "";
    for (let to = from; to < letters.length && folded.length < start.length; to++) {
      folded += letters[to]?.folded ?? "";
      if (folded.startsWith(start)) return [from, to + 1];
    }
  }
  return null;
}

/** How well a label answers what is typed; nothing = not at all. Accents and case do not matter. */
export function matchOf(label: string, typed: string): Match | null {
  const wanted = fold(typed.trim()).replaceAll(/\s+/gu, " ");
  const letters = lettersOf(label);
  const whole = wanted === "" ? null : findStart(letters, wanted);
  if (whole !== null) return { rank: whole[0] === 0 ? 0 : 1, parts: cut(letters, [whole]) };
  const found = wanted.split(" ").map((word) => findStart(letters, word));
  const places = found.filter((place) => place !== null);
  if (wanted === "" || places.length < found.length) return null;
  return { rank: 2, parts: cut(letters, places) };
}

function cut(letters: ReturnType<typeof lettersOf>, places: readonly (readonly [number, number])[]): Marked {
  const marked = new Set(places.flatMap(([from, to]) => letters.slice(from, to).map((_, at) => from + at)));
  const parts = [""];
  letters.forEach(({ letter }, at) => {
    // Odd parts are marked.
    if (marked.has(at) !== (parts.length % 2 === 0)) parts.push("");
    parts[parts.length - 1] += letter;
  });
  return parts;
}

/** Those that answer what is typed, the best first; among equals what was used last, then their own order. */
export function ranked<Item>(
  items: readonly Item[],
  typed: string,
  labelOf: (item: Item) => string,
  keyOf: (item: Item) => string,
  used: readonly string[],
): { item: Item; parts: Marked }[] {
  const place = (item: Item) => {
    const at = used.indexOf(keyOf(item));
    return at < 0 ? used.length : at;
  };
  return items
    .flatMap((item) => {
      const match = matchOf(labelOf(item), typed);
      return match === null ? [] : [{ item, ...match }];
    })
    .toSorted((a, b) => a.rank - b.rank || place(a.item) - place(b.item))
    .map(({ item, parts }) => ({ item, parts }));
}

/** Found conversations by where they were found; those opened last come first, then the newest. */
export function sortHits(
  hits: readonly SearchHit[],
  recent: readonly ConversationRef[],
): { named: SearchHit[]; messages: SearchHit[] } {
  const keys = recent.map(refKey);
  const place = (hit: SearchHit) => {
    const at = keys.indexOf(refKey(hit.row));
    return at < 0 ? keys.length : at;
  };
  const sorted = hits.toSorted((a, b) => place(a) - place(b));
  return {
    named: sorted.filter((hit) => hit.snippet === null).slice(0, MOST.named),
    messages: sorted.filter((hit) => hit.snippet !== null).slice(0, MOST.messages),
  };
}
