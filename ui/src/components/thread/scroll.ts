// Where a thread stands in its window: it stays at the end while somebody is there, and stays still while they read
// further up, whatever is added at either side.

/** Nearer than this to the end counts as the end. CSS pixels. */
const NEAR_END = 48;
/** Room above what is brought to the top. CSS pixels. */
const MARGIN = 16;
/** Nearer than this to the start asks for older messages, before anybody has to wait for them; only where somebody
 * left the end. CSS pixels. */
const NEAR_START = 1500;

export interface Watcher {
  end: (atEnd: boolean) => void;
  start: () => void;
}

export class ScrollPlace {
  #scroller: HTMLElement | undefined;
  #watcher: Watcher | undefined;
  #atEnd = true;
  /** False while more than what is shown stands below: its end is not where one stays. */
  follows = true;
  /** The heights of window and content when they were last looked at. */
  #heights = "";

  /** For `{@attach}`: `scroller` has one child, which grows. */
  attach(scroller: HTMLElement, watcher: Watcher): () => void {
    this.#scroller = scroller;
    this.#watcher = watcher;
    const scrolled = () => this.#scrolled();
    // Photos that load late and a window that gets smaller must not push the newest message out of sight.
    const sizes = new ResizeObserver(() => {
      this.settle();
      this.#heights = heightsOf(scroller);
      this.#scrolled();
    });
    sizes.observe(scroller);
    if (scroller.firstElementChild) sizes.observe(scroller.firstElementChild);
    scroller.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      sizes.disconnect();
      scroller.removeEventListener("scroll", scrolled);
      this.#scroller = undefined;
    };
  }

  #scrolled(): void {
    const scroller = this.#scroller;
    // A scroll that is told after the content grew says nothing about where the person went: the sizes are told next.
    if (!scroller || heightsOf(scroller) !== this.#heights) return;
    this.#atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END;
    this.#watcher?.end(this.#atEnd);
    if (scroller.scrollTop < NEAR_START && !this.#atEnd) this.#watcher?.start();
  }

  /** More is put behind the end: one stays where one is. */
  stay(): void {
    this.#atEnd = false;
  }

  toEnd(): void {
    this.#atEnd = true;
    if (this.#scroller) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /** Call after the content changed: one that shrank and grew again has the size it had, and another place. */
  settle(): void {
    if (this.#atEnd && this.follows) this.toEnd();
  }

  /**
   * Call before something is put in front or taken away at either end; the answer, called after, brings back what was on
   * screen.
   */
  hold(): () => void {
    const scroller = this.#scroller;
    const seen = scroller && firstSeen(scroller);
    if (!scroller || !seen) return () => {};
    const at = seen.getBoundingClientRect().top;
    return () => {
      if (seen.isConnected) scroller.scrollTop += seen.getBoundingClientRect().top - at;
    };
  }

  /** Brings `selector` to the top of the window (`start`) or into its middle, unless it is there already. */
  reveal(selector: string, block: "start" | "center"): HTMLElement | null {
    const scroller = this.#scroller;
    const target = scroller?.querySelector<HTMLElement>(selector) ?? null;
    if (!scroller || target === null) return null;
    const [at, window] = [target.getBoundingClientRect(), scroller.getBoundingClientRect()];
    if (at.top >= window.top && at.bottom <= window.bottom) return target;
    const above = block === "start" ? MARGIN : Math.max(MARGIN, (window.height - at.height) / 2);
    scroller.scrollTop += at.top - window.top - above;
    this.#heights = heightsOf(scroller);
    this.#scrolled();
    return target;
  }

  /** One window up (-1) or down (1). */
  page(direction: 1 | -1): void {
    this.#scroller?.scrollBy({ top: direction * (this.#scroller.clientHeight - 48) });
  }
}

const heightsOf = (scroller: HTMLElement): string => `${scroller.clientHeight}/${scroller.scrollHeight}`;

/** The first message that is in sight. */
function firstSeen(scroller: HTMLElement): HTMLElement | undefined {
  const top = scroller.getBoundingClientRect().top;
  const messages = [...scroller.querySelectorAll<HTMLElement>("[data-message]")];
  return messages.find((message) => message.getBoundingClientRect().bottom > top);
}
