// What is spoken without being asked. At most one sentence per two seconds; several rings become one sentence.

import { m } from "$lib/paraglide/messages";

export interface Ring {
  name: string;
  reason: string | null;
  property: string | null;
}

const PAUSE_MS = 2000;
/** What comes at once is gathered for so long: guests that ring together are one sentence. */
const GATHER_MS = 150;

/** One sentence for all the guests that rang since the last one was spoken. */
export function ringSentence(rings: readonly Ring[]): string {
  const [first] = rings;
  if (first === undefined) return "";
  if (rings.length > 1) return m.ring_several({ count: rings.length });
  const who = first.name === "" ? m.ring_stranger() : m.ring_one({ name: first.name });
  return [who, first.reason, first.property].filter(Boolean).join(", ");
}

/** The same sentence right after itself would change nothing on the page, and not be spoken. */
const unlike = (shown: string, next: string): string => (shown === next ? `${next}\u00a0` : next);

export class Announcer {
  polite = $state("");
  assertive = $state("");
  #rings: Ring[] = [];
  #urgent: string[] = [];
  #calm: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** For sent, delivered, assigned, back in step. */
  say(text: string): void {
    this.#calm.push(text);
    this.#wake();
  }

  /** For what must interrupt: not sent, offline. */
  alarm(text: string): void {
    this.#urgent.push(text);
    this.#wake();
  }

  ring(ring: Ring): void {
    this.#rings.push(ring);
    this.#wake();
  }

  #wake(): void {
    this.#timer ??= setTimeout(() => this.#speak(), GATHER_MS);
  }

  #speak(): void {
    this.#timer = undefined;
    if (this.#rings.length > 0) {
      this.assertive = unlike(this.assertive, ringSentence(this.#rings));
      this.#rings = [];
    } else if (this.#urgent.length > 0) {
      this.assertive = unlike(this.assertive, this.#urgent.shift() ?? "");
    } else if (this.#calm.length > 0) {
      // Only the newest matters: an older "Sent" says nothing once there is a later one.
      this.polite = unlike(this.polite, this.#calm.pop() ?? "");
      this.#calm = [];
    } else {
      // Emptied, so that the same sentence is spoken again the next time.
      this.polite = "";
      this.assertive = "";
      return;
    }
    this.#timer = setTimeout(() => this.#speak(), PAUSE_MS);
  }
}
