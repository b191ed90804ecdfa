// Nothing moves under the pointer: while it moves over the rows of the day, they stand still. A press lets go until it
// moves again, because what somebody has just pressed is to be seen.

import type { Day } from "$lib/state/day.svelte";
import type { Attachment } from "svelte/attachments";

export function standsStill(day: Day): Attachment<HTMLElement> {
  return (rows) => {
    // The page may say that the pointer moved where only what lies under it did.
    let pressedAt = "";
    const place = ({ screenX, screenY }: MouseEvent) => `${screenX} ${screenY}`;
    const move = (event: PointerEvent) => place(event) !== pressedAt && day.hold(true);
    const leave = () => day.hold(false);
    const press = (event: MouseEvent) => {
      pressedAt = place(event);
      day.letGo();
    };
    rows.addEventListener("pointermove", move);
    rows.addEventListener("pointerleave", leave);
    window.addEventListener("click", press);
    return () => {
      rows.removeEventListener("pointermove", move);
      rows.removeEventListener("pointerleave", leave);
      window.removeEventListener("click", press);
      day.hold(false);
    };
  };
}
