// Asks again when something changed, without asking twice at once.

/**
 * At most one run at a time; whatever arrives during a run causes exactly one more after it. Failures go to `failed`
 * and do not stop later runs.
 */
export class Refresher {
  #run: () => Promise<void>;
  #failed: (error: unknown) => void;
  #current: Promise<void> | undefined;
  #again = false;

  constructor(run: () => Promise<void>, failed: (error: unknown) => void = () => {}) {
    this.#run = run;
    this.#failed = failed;
  }

  /** Resolves when a run that began after this call has ended. */
  refresh(): Promise<void> {
    if (this.#current) {
      this.#again = true;
      return this.#current;
    }
    this.#current = this.#loop().finally(() => (this.#current = undefined));
    return this.#current;
  }

  async #loop(): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.#run();
      } catch (error) {
        this.#failed(error);
      }
    } while (this.#again);
  }
}
