// What just happened, in one line each, for a few seconds.

export interface Toast {
  id: number;
  text: string;
  action?: string;
  run?: () => void;
}

const SECONDS = 6;

export class Toasts {
  shown = $state.raw<readonly Toast[]>([]);
  #next = 1;

  /** `seconds`: how long it stays; 10 for something that can be undone. */
  show(text: string, options: { action?: string; run?: () => void; seconds?: number } = {}): number {
    const { seconds = SECONDS, ...rest } = options;
    const id = this.#next++;
    this.shown = [...this.shown.slice(-2), { id, text, ...rest }];
    setTimeout(() => this.close(id), seconds * 1000);
    return id;
  }

  /** All of them go: somebody else may stand here now. */
  clear(): void {
    this.shown = [];
  }

  close(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}
