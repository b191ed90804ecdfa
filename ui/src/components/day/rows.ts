// Where the keyboard stands on the day's screens: a row, by its conversation.

const all = () => [...document.querySelectorAll<HTMLElement>("[data-row]")];

/** The conversation of the row in focus, as `refKey`. */
export const focusedRow = (): string | null =>
  document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset["row"] ?? null;

const enter = (row: HTMLElement | undefined) => {
  row?.querySelector<HTMLElement>("button:not([role=checkbox])")?.focus();
  row?.scrollIntoView({ block: "nearest" });
};

export function focusRow(key: string | null): void {
  enter(all().find((row) => row.dataset["row"] === key));
}

/** To the row after, or before; from elsewhere to the first. */
export function moveRow(step: 1 | -1): void {
  const rows = all();
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  enter(rows[at < 0 ? 0 : Math.max(0, Math.min(at + step, rows.length - 1))]);
}

/** To the first row of a part. */
export function focusPart(part: string): void {
  enter(document.querySelector<HTMLElement>(`[data-part="${part}"] [data-row]`) ?? undefined);
}
