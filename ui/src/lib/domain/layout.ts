// Where the rows of a grouped list stand, without measuring: every row is as tall as the next. Lengths in pixels.

export interface Block {
  /** Index of its first row. */
  first: number;
  count: number;
  /** Where it begins. */
  top: number;
  /** Its heading; 0 = none. */
  head: number;
}

export function blocksOf(groups: readonly { count: number; head: number }[], pitch: number): Block[] {
  let first = 0;
  let top = 0;
  return groups.map(({ count, head }) => {
    const block = { first, count, top, head };
    first += count;
    top += head + count * pitch;
    return block;
  });
}

/** Where a row begins; the end of the list for a row that is not there. */
export function topOf(blocks: readonly Block[], index: number, pitch: number): number {
  const block = blocks.findLast((one) => one.first <= index) ?? blocks[0];
  if (block === undefined) return 0;
  return block.top + block.head + Math.min(index - block.first, block.count) * pitch;
}

/** Rows that touch the stretch from `top`, `height` tall, and `extra` more on both sides. `end` is not included. */
export function visible(
  blocks: readonly Block[],
  { top, height, extra }: { top: number; height: number; extra: number },
  pitch: number,
): { start: number; end: number } {
  const total = blocks.reduce((sum, block) => sum + block.count, 0);
  const at = (y: number): number => {
    const block = blocks.findLast((one) => one.top <= y) ?? blocks[0];
    if (block === undefined) return 0;
    const within = Math.floor((y - block.top - block.head) / pitch);
    return block.first + Math.max(0, Math.min(within, block.count - 1));
  };
  return {
    start: Math.max(0, at(Math.max(0, top)) - extra),
    end: Math.min(total, at(Math.max(0, top + height)) + 1 + extra),
  };
}
