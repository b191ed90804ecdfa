// Arrow keys in the thread: from message to message, and into the menu of one.

const ARTICLES = "[data-message] article";

/** For the log's `keydown`. Arrows move, Enter opens what can be done with the message that has the focus. */
export function walkMessages(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const { currentTarget: log, target } = event;
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  // Buttons, links and fields inside a message keep their own keys.
  const article = target.matches("article") ? target : null;
  if (target !== log && article === null && !target.matches("[data-menu]")) return;
  const from = article ?? target.closest("[data-message]")?.querySelector<HTMLElement>("article") ?? null;
  if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    const all = [...log.querySelectorAll<HTMLElement>(ARTICLES)];
    const at = from === null ? all.length : all.indexOf(from);
    const next = all[event.key === "ArrowUp" ? at - 1 : at + 1];
    if (next === undefined) return;
    event.preventDefault();
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  } else if (article !== null && (event.key === "Enter" || event.key === "ContextMenu")) {
    const menu = article.closest("[data-message]")?.querySelector<HTMLElement>("[data-menu]");
    if (!menu) return;
    event.preventDefault();
    menu.click();
  }
}
