// Where the keyboard stands on the day's screens: a row, by its conversation.

const all = () => [...document.querySelectorAll<HTMLElement>("[data-row]")];

/** The conversation of the row in focus, as `refKey`. */
export const focusedRow = (): string | null =>
  document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset["row"] ?? null;

const enter = (row: HTMLElement | undefined) => {
  row?.querySelector<HTMLElement>("button:not([role=checkbox])")?.focus();
  row?.scrollIntoView({ block: "nearest" });
};

/** Which row of all is in focus; -1 for none. */
export const focusedPlace = (): number => all().findIndex((row) => row.contains(document.activeElement));

/** To the row at a place, or the last. */
export function focusPlace(place: number): void {
  const rows = all();
  enter(rows[Math.min(place, rows.length - 1)]);
}

export function focusRow(key: string | null): void {
  enter(all().find((row) => row.dataset["row"] === key));
}

/** To the row after, or before; from elsewhere to the first. */
export function moveRow(step: 1 | -1): void {
  const rows = all();
  const at = focusedPlace();
  enter(rows[at < 0 ? 0 : Math.max(0, Math.min(at + step, rows.length - 1))]);
}

/** To the first row of a part. */
export function focusPart(part: string): void {
  enter(document.querySelector<HTMLElement>(`[data-part="${part}"] [data-row]`) ?? undefined);
}
