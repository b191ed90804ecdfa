// Presses on the options of a listbox, by the `data-key` of each: with a pointer, or as assistive programs make them.

import { Press, type Held } from "$lib/domain/press";

export interface Presses {
  onpress: (key: string, held: Held) => void;
  /** A press began or ended: until then no row may change its place. */
  onhold: ((on: boolean) => void) | undefined;
}

const optionAt = (event: Event) => (event.target as Element | null)?.closest<HTMLElement>('[role="option"]') ?? null;
const keyAt = (event: Event) => optionAt(event)?.dataset["key"] ?? null;

const heldIn = (event: MouseEvent): Held => ({
  toggle: event.ctrlKey || event.metaKey || (event.target as Element).closest("[data-check]") !== null,
  extend: event.shiftKey,
});

/** An attachment of the listbox. */
export const rowPresses = (presses: Presses) => (listbox: HTMLElement) => {
  const press = new Press();
  /** The click that follows a press has been answered by it. */
  let answered = false;
  const ends = new AbortController();
  const { signal } = ends;

  const cancel = () => {
    if (!press.isDown) return;
    press.cancel();
    presses.onhold?.(false);
  };
  const down = (event: PointerEvent) => {
    const key = keyAt(event);
    answered = false;
    if (key === null || event.button !== 0) return;
    press.down(key, event);
    presses.onhold?.(true);
  };
  const up = (event: PointerEvent) => {
    if (!press.isDown) return;
    const key = press.up(keyAt(event), event);
    answered = true;
    if (key !== null) presses.onpress(key, heldIn(event));
    presses.onhold?.(false);
  };
  const click = (event: MouseEvent) => {
    const key = keyAt(event);
    if ((!answered || event.detail === 0) && key !== null) presses.onpress(key, heldIn(event));
    answered = false;
  };

  listbox.addEventListener("pointerdown", down, { signal });
  listbox.addEventListener("click", click, { signal });
  addEventListener("pointerup", up, { signal });
  addEventListener("pointercancel", cancel, { signal });
  addEventListener("blur", cancel, { signal });
  return () => {
    ends.abort();
    cancel();
  };
};
