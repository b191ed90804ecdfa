// Marks found words where they stand, without touching the page: messages are drawn anew whenever they like.

import { placesIn } from "$lib/domain/find";

const NAME = "find";

/** The answer takes the marks away. Does nothing in an engine without highlights: the count and the way there remain. */
export function highlight(within: HTMLElement, words: string): () => void {
  const registry = "highlights" in CSS ? CSS.highlights : undefined;
  if (registry === undefined || words.trim() === "") return () => {};
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.parentElement?.closest("[data-message]") == null) continue;
    for (const { from, to } of placesIn(node.nodeValue ?? "", words)) {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      ranges.push(range);
    }
  }
  registry.set(NAME, new Highlight(...ranges));
  return () => registry.delete(NAME);
}
