// How many rows beyond those that are seen are in the page: none in the frame that shows other rows, some a moment later.

const EXTRA = 5;
const AFTER_MS = 100;

export class ExtraRows {
  count = $state(0);

  /** Call while a component is made. `question`: what the rows are the answer to; with another one all are drawn anew. */
  constructor(question: () => unknown) {
    $effect.pre(() => {
      void question();
      this.count = 0;
      const later = setTimeout(() => (this.count = EXTRA), AFTER_MS);
      return () => clearTimeout(later);
    });
  }
}
