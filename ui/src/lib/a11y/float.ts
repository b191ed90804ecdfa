// Where a floating panel stands: beside its anchor, inside the window. It lies in the browser's top layer, so no
// container cuts it.

import { coverScrollbars } from "./scrollbars";

/** `beside`: past the end of the anchor's part of the window, so that the part stays in sight. */
export type Side = "below" | "above" | "beside";
/** `part`: at the end of the anchor's part of the window: what stands at its beginning stays in sight. */
export type Align = "start" | "end" | "part";

const GAP = 4;
const EDGE = 8;
/** Between a panel and the edge of its part, as between all else there and that edge. */
const INSET = 16;

/** Shows `panel` (an element with the `popover` attribute) at `anchor` and keeps it there while the window changes. */
export function floatAt(panel: HTMLElement, anchor: HTMLElement, side: Side, align: Align): () => void {
  const place = () => {
    const at = anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = panel;
    const rtl = getComputedStyle(anchor).direction === "rtl";
    const part = (anchor.closest("[data-region]") ?? anchor).getBoundingClientRect();
    if (side === "beside") {
      put(rtl ? part.left - GAP - width : part.right + GAP, at.top);
      return;
    }
    const edges = align === "part" ? { left: part.left + INSET, right: part.right - INSET } : at;
    const left = (align === "start") !== rtl ? edges.left : edges.right - width;
    const below = at.bottom + GAP;
    const above = at.top - GAP - height;
    const fitsBelow = below + height <= innerHeight - EDGE;
    const top = (side === "below" ? fitsBelow || above < EDGE : above < EDGE) ? below : above;
    put(left, top);
  };
  const put = (left: number, top: number) => {
    panel.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - panel.offsetWidth - EDGE))}px`;
    panel.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - panel.offsetHeight - EDGE))}px`;
  };
  panel.showPopover();
  coverScrollbars(1);
  place();
  const sizes = new ResizeObserver(place);
  sizes.observe(panel);
  addEventListener("resize", place);
  return () => {
    sizes.disconnect();
    removeEventListener("resize", place);
    coverScrollbars(-1);
    if (panel.isConnected && panel.matches(":popover-open")) panel.hidePopover();
  };
}
