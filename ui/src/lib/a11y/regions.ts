// F6: from one part of the window to the next. A part is an element with `data-region`, in the order of the page.

const FOCUSABLE =
  '[tabindex="0"],a[href],button:not(:disabled,[tabindex="-1"]),input:not(:disabled),textarea:not(:disabled),select:not(:disabled)';

/** The row, view, messages or text a part is about. */
const PREFERRED = '[role="option"][tabindex="0"],[aria-current="page"],[role="log"],textarea';

const isVisible = (element: HTMLElement) => element.offsetParent !== null || element.getClientRects().length > 0;

/** Where focus goes in a part: the row or control that has its tab stop, else the part itself. */
function target(region: HTMLElement): HTMLElement {
  const inner = region.querySelector("[data-region]");
  const preferred = [...region.querySelectorAll<HTMLElement>(PREFERRED)].find((one) => !inner?.contains(one));
  if (preferred) return preferred;
  const first = [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].find(isVisible);
  if (first) return first;
  region.tabIndex = -1;
  return region;
}

export function moveRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter(isVisible);
  if (regions.length === 0) return;
  // The innermost one with the focus: the composer lies within the conversation.
  const at = regions.findLastIndex((region) => region.contains(document.activeElement));
  const next = at < 0 ? 0 : (at + step + regions.length) % regions.length;
  const region = regions[next];
  if (region) target(region).focus();
}

/** Focus to the conversation that was just shown: its row, or its messages where the list does not have it. */
export function focusShown(): void {
  const before = document.activeElement;
  // Two frames: the list brings the row into sight in the first. Whoever has gone elsewhere meanwhile stays there.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement !== before && document.activeElement !== document.body) return;
      const row = document.querySelector<HTMLElement>('[data-region] [role="option"][aria-selected="true"]');
      (row ?? document.querySelector<HTMLElement>('[role="log"]'))?.focus({ preventScroll: true });
    }),
  );
}
