// What stands beside something is drawn a frame after it: what somebody chose must not wait for its surroundings.

import { untrack } from "svelte";

/**
 * What `read` gives, but where it is about another thing than before, only once that frame was painted. Nothing is shown any
 * more as soon as there is nothing (`null`). Call while a component is made; `read` is reactive, and so is the answer.
 */
export function frameLater<T>(read: () => T | null, same: (one: T, other: T) => boolean): () => T | null {
  // What is brought on screen with it is there at once.
  let late = $state.raw<T | null>(untrack(read));
  $effect.pre(() => {
    const next = read();
    const shown = untrack(() => late);
    // A window that is not painted has no frames.
    if (next === null || (shown !== null && same(shown, next)) || document.hidden) {
      late = next;
      return undefined;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    // The frame's own callback is still before its painting.
    const frame = requestAnimationFrame(() => (timer = setTimeout(() => (late = next))));
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  });
  return () => late;
}
