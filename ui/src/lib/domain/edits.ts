/** Changes of a text at its cursor. */

/** A text and what is selected in it afterwards. */
export interface TextEdit {
  text: string;
  from: number;
  to: number;
}

/**
 * Puts a Markdown mark (`**`, `_`) around what is selected, or takes it away where it stands. Spaces at the edges stay
 * outside, because a mark beside a space means nothing.
 */
export function toggleMark(text: string, from: number, to: number, mark: string): TextEdit {
  const selected = text.slice(from, to);
  const start = from + (selected.length - selected.trimStart().length);
  const end = selected.trim() === "" ? start : to - (selected.length - selected.trimEnd().length);
  const width = mark.length;
  const inner = text.slice(start, end);
  if (text.slice(start - width, start) === mark && text.slice(end, end + width) === mark) {
    return {
      text: text.slice(0, start - width) + inner + text.slice(end + width),
      from: start - width,
      to: end - width,
    };
  }
  if (inner.length >= width * 2 && inner.startsWith(mark) && inner.endsWith(mark)) {
    const bare = inner.slice(width, -width);
    return { text: text.slice(0, start) + bare + text.slice(end), from: start, to: start + bare.length };
  }
  return {
    text: text.slice(0, start) + mark + inner + mark + text.slice(end),
    from: start + width,
    to: end + width,
  };
}

/** Puts something in place of what is selected; the cursor stands behind it. */
export function replaceSelection(text: string, from: number, to: number, inserted: string): TextEdit {
  const cursor = from + inserted.length;
  return { text: text.slice(0, from) + inserted + text.slice(to), from: cursor, to: cursor };
}
