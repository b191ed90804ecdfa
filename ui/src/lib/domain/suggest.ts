/** Which templates fit what the guest wrote last, by the words they share. Told on this computer; nothing is asked. */
import { fold } from "./find";

interface Text {
  short_code: string;
  content: string;
}

export interface Suggestion<T> {
  template: T;
  /** The guest's own words it was found by. */
  words: string[];
}

/** Shorter words say little. Letters. */
const SHORTEST = 4;
/** Words that begin alike for so long count as the same: "invoice" and "invoices". Letters. */
const STEM = 5;
const MOST = 3;

const wordsOf = (text: string): string[] =>
  text
    .replaceAll(/\{\{[^{}]*\}\}/gu, " ")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= SHORTEST);

const stem = (word: string): string => fold(word).slice(0, STEM);

/** The best first, at most three. `ignored`: words that stand everywhere. */
export function suggestTemplates<T extends Text>(
  templates: readonly T[],
  guestText: string,
  ignored: string,
): Suggestion<T>[] {
  const without = new Set(ignored.split(" ").map(stem));
  const asked = new Map<string, string>();
  for (const word of wordsOf(guestText)) {
    if (!without.has(stem(word)) && !asked.has(stem(word))) asked.set(stem(word), word);
  }
  const stems = templates.map((template) => new Set(wordsOf(`${template.short_code} ${template.content}`).map(stem)));
  // A word of half of all templates tells none of them apart.
  const rare = [...asked.keys()]
    .map((key) => ({ key, count: stems.filter((set) => set.has(key)).length }))
    .filter(({ count }) => count > 0 && (templates.length < 4 || count * 2 <= templates.length));
  return templates
    .map((template, index) => {
      const shared = rare.filter(({ key }) => stems[index]?.has(key));
      const score = shared.reduce((sum, { count }) => sum + 1 / count, 0);
      return { template, score, words: shared.map(({ key }) => asked.get(key) ?? key) };
    })
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, MOST)
    .map(({ template, words }) => ({ template, words }));
}
