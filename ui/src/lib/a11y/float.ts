// Where a floating panel stands: beside its anchor, inside the window. It lies in the browser's top layer, so no
// container cuts it.

export type Side = "below" | "above";
export type Align = "start" | "end";

const GAP = 4;
const EDGE = 8;

/** Shows `panel` (an element with the `popover` attribute) at `anchor` and keeps it there while the window changes. */
export function floatAt(panel: HTMLElement, anchor: HTMLElement, side: Side, align: Align): () => void {
  const place = () => {
    const at = anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = panel;
    const rtl = getComputedStyle(anchor).direction === "rtl";
    const left = (align === "start") !== rtl ? at.left : at.right - width;
    const below = at.bottom + GAP;
    const above = at.top - GAP - height;
    const fitsBelow = below + height <= innerHeight - EDGE;
    const top = (side === "below" ? fitsBelow || above < EDGE : above < EDGE) ? below : above;
    panel.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
    panel.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
  };
  panel.showPopover();
  place();
  const sizes = new ResizeObserver(place);
  sizes.observe(panel);
  addEventListener("resize", place);
  return () => {
    sizes.disconnect();
    removeEventListener("resize", place);
    if (panel.isConnected && panel.matches(":popover-open")) panel.hidePopover();
  };
}
