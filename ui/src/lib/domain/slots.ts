// Which element of the page a row of a long list is drawn in. A row keeps its element wherever it moves, and the element of
// one that left is given to one that came: changing what an element shows costs much less than making another.

export interface Placed {
  index: number;
  /** Key of the row. */
  name: string;
  /** Key of its element. */
  slot: number;
}

export class Slots {
  #of = new Map<string, number>();
  #next = 0;

  /**
   * The rows `indices` with their elements, in the order of the elements: none moves in the page's tree, where moving one
   * would take the focus from it. `kept`: the key of a row whose element is given to nobody else, because the focus in it
   * must not go to another row unseen.
   */
  place(indices: readonly number[], keyOf: (index: number) => string, kept: string | null): Placed[] {
    const rows = indices.map((index) => ({ index, name: keyOf(index) }));
    const before = this.#of;
    this.#of = new Map();
    const keys = rows.map(({ index, name }) => {
      // Keys twice in the page (an order that is being replaced) must not stop the drawing.
      const key = this.#of.has(name) ? `${name}#${index}` : name;
      this.#of.set(key, -1);
      return key;
    });
    const left = [...before].filter(([key]) => !this.#of.has(key) && key !== kept).map(([, slot]) => slot);
    const slots = keys.map((key) => before.get(key));
    const placed = rows.map((row, at) => ({ ...row, slot: slots[at] ?? left.shift() ?? this.#next++ }));
    keys.forEach((key, at) => this.#of.set(key, placed[at]?.slot ?? -1));
    return placed.sort((one, other) => one.slot - other.slot);
  }
}
