// Arrow keys inside a group that has one tab stop.

const step = (key: string, rtl: boolean): number => {
  if (key === "ArrowDown") return 1;
  if (key === "ArrowUp") return -1;
  if (key === "ArrowRight") return rtl ? -1 : 1;
  if (key === "ArrowLeft") return rtl ? 1 : -1;
  return 0;
};

function move(event: KeyboardEvent, selector: string): HTMLElement | undefined {
  const group = event.currentTarget as HTMLElement;
  const items = [...group.querySelectorAll<HTMLElement>(selector)].filter((item) => !item.matches(":disabled"));
  const at = items.indexOf(document.activeElement as HTMLElement);
  const rtl = getComputedStyle(group).direction === "rtl";
  let to: number;
  if (event.key === "Home") to = 0;
  else if (event.key === "End") to = items.length - 1;
  else {
    const by = step(event.key, rtl);
    if (by === 0 || items.length === 0) return undefined;
    to = (at + by + items.length) % items.length;
  }
  event.preventDefault();
  event.stopPropagation();
  items[to]?.focus();
  return items[to];
}

/** For a `radiogroup` of buttons: moving chooses. */
export function rovingRadio(event: KeyboardEvent): void {
  move(event, '[role="radio"]')?.click();
}

/** For a `menu`: moving only moves. */
export function rovingMenu(event: KeyboardEvent): void {
  move(event, '[role^="menuitem"]');
}

/** For a column of `option`s that is small enough to be whole in the page. */
export function rovingOptions(event: KeyboardEvent): void {
  move(event, '[role="option"]');
}

/** For a list of buttons: arrows go along, and Tab still stops at each. */
export function rovingList(event: KeyboardEvent): void {
  move(event, "button");
}
