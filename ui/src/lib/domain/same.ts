// Answers that say what is known already are not drawn again: what did not change stays the same object.

/** The one that was shown, where the other says the same. */
export function sameOr<T>(shown: T, told: T): T {
  return shown === told || JSON.stringify(shown) === JSON.stringify(told) ? shown : told;
}

/** The list as it was told, with each item that did not change as it was shown; the shown list itself where none did. */
export function sameItems<T>(shown: readonly T[], told: readonly T[], keyOf: (item: T) => unknown): T[] {
  const before = new Map(shown.map((item) => [keyOf(item), item]));
  const items = told.map((item) => sameOr(before.get(keyOf(item)) ?? item, item));
  const asShown = items.length === shown.length && items.every((item, at) => item === shown[at]);
  return asShown ? (shown as T[]) : items;
}

/** The list as it was told, with each entry as it was shown where all it consists of is the very same. */
export function sameEntries<T extends { key: string }>(shown: readonly T[], told: readonly T[]): readonly T[] {
  const before = new Map(shown.map((entry) => [entry.key, entry]));
  return told.map((entry) => {
    const one = before.get(entry.key);
    return one !== undefined && sameParts(one, entry) ? one : entry;
  });
}

function sameParts(one: object, other: object): boolean {
  const parts = new Map<string, unknown>(Object.entries(one));
  const told = Object.entries(other);
  return told.length === parts.size && told.every(([key, part]) => parts.get(key) === part);
}
