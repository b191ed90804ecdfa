/** The emoji one can pick, and how arrows move among them. */

export interface Emoji {
  emoji: string;
  name: string;
}

/** Reads the catalogue's list: `👍 thumbs up; 🙏 thank you`. */
export function emojiList(words: string): Emoji[] {
  return words.split(";").flatMap((entry) => {
    const [emoji, ...name] = entry.trim().split(" ");
    return emoji === undefined || emoji === "" || name.length === 0 ? [] : [{ emoji, name: name.join(" ") }];
  });
}

/** Where a key leads in a grid that is read row by row; `null` = the key does not move. */
export function gridStep(key: string, at: number, count: number, columns: number, rtl: boolean): number | null {
  const ahead = rtl ? -1 : 1;
  const steps: Record<string, number> = {
    ArrowRight: ahead,
    ArrowLeft: -ahead,
    ArrowDown: columns,
    ArrowUp: -columns,
  };
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = steps[key];
  if (step === undefined) return null;
  const next = at + step;
  // No wrapping: an edge is felt as an edge.
  return next < 0 || next >= count ? at : next;
}
