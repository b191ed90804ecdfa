// A press on one of many things that may change places meanwhile: it means the thing it began on.

/** Further than this (CSS pixels) between down and up is a drag, unless it ends on the same thing. */
const SLOP = 8;

/** What was held while pressing. */
export interface Held {
  /** Ctrl, ⌘, or the press was on the thing's own check mark. */
  toggle: boolean;
  /** Shift. */
  extend: boolean;
}

interface Point {
  x: number;
  y: number;
}

export class Press {
  #key: string | null = null;
  #at: Point = { x: 0, y: 0 };

  /** Between down and up. */
  get isDown(): boolean {
    return this.#key !== null;
  }

  down(key: string, at: Point): void {
    this.#key = key;
    this.#at = at;
  }

  /** The key that was pressed; nothing for a drag. `over`: the key under the pointer now, if there is one. */
  up(over: string | null, at: Point): string | null {
    const key = this.#key;
    this.#key = null;
    if (key === null) return null;
    const stayed = Math.abs(at.x - this.#at.x) <= SLOP && Math.abs(at.y - this.#at.y) <= SLOP;
    return over === key || stayed ? key : null;
  }

  cancel(): void {
    this.#key = null;
  }
}
