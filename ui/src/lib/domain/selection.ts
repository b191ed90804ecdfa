// Choosing several rows of a list, as plain sets of keys.

/** With `key` in it, or without where it was. */
export function toggled(chosen: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(chosen);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** The rows from `anchor` to `to`, both included, in the order they are shown. */
export function stretch(order: readonly string[], anchor: string, to: string): ReadonlySet<string> {
  const [from, until] = [order.indexOf(anchor), order.indexOf(to)];
  if (until < 0) return new Set();
  if (from < 0) return new Set([to]);
  return new Set(order.slice(Math.min(from, until), Math.max(from, until) + 1));
}
