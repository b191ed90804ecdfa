/** Words found in the messages that are loaded. */
import type { MessageId, MessageView } from "$lib/rpc/generated/schema";

/** Without case and accents: whoever looks for "Muller" means "Müller", too. */
export function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** Messages that hold the words, oldest first. */
export function findMessages(messages: readonly MessageView[], words: string): MessageId[] {
  const wanted = fold(words.trim());
  if (wanted === "") return [];
  return messages.filter((message) => !message.deleted && fold(message.text).includes(wanted)).map(({ id }) => id);
}

/**
 * Where the next hit is, going round: from the newest backwards at first, because what is looked for in a chat is more
 * often recent. `at` -1 = none yet.
 */
export function nextHit(count: number, at: number, step: 1 | -1): number {
  if (count === 0) return -1;
  if (at < 0) return count - 1;
  return (at + step + count) % count;
}

/** Where `words` stand in `text`, as places of the text itself. */
export function placesIn(text: string, words: string): { from: number; to: number }[] {
  const wanted = fold(words.trim());
  if (wanted === "") return [];
  // Folding changes lengths: each letter of the folded text remembers where it came from.
  let folded = "";
  const origin: number[] = [];
  let at = 0;
  for (const letter of text) {
    const plain = fold(letter);
    for (let unit = 0; unit < plain.length; unit++) origin.push(at);
    folded += plain;
    at += letter.length;
  }
  origin.push(at);
  const places: { from: number; to: number }[] = [];
  for (let hit = folded.indexOf(wanted); hit >= 0; hit = folded.indexOf(wanted, hit + wanted.length)) {
    places.push({ from: origin[hit] ?? 0, to: origin[hit + wanted.length] ?? at });
  }
  return places;
}
