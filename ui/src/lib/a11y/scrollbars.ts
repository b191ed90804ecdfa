// WebKitGTK paints the overlay scrollbars of what lies below over the top layer: they go while something is open there.
// Where scrollbars take room they stay, so that nothing moves when a panel opens.

let floating = 0;

/** A panel opened (1) or closed (-1). What lies below can still be scrolled. */
export function coverScrollbars(by: 1 | -1): void {
  floating += by;
  mark("data-floating", floating > 0);
}

/** A dialog opened or closed. Nothing behind it is scrolled meanwhile, which is what takes the thread's bar away. */
export function holdScrolling(): void {
  mark("data-modal", document.querySelector("dialog:modal") !== null);
}

const mark = (name: string, on: boolean) =>
  document.documentElement.toggleAttribute(name, on && scrollbarsTakeNoRoom());

function scrollbarsTakeNoRoom(): boolean {
  const probe = document.createElement("div");
  probe.style.cssText = "position:absolute;visibility:hidden;overflow:scroll";
  document.body.append(probe);
  const none = probe.offsetWidth === probe.clientWidth;
  probe.remove();
  return none;
}
