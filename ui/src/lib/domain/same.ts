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
