// The present, for everything that says how long ago something was.

import { lookAtComputerZone } from "$lib/domain/zone";

const TICK_MS = 10_000;

export const epoch = (): number => Math.floor(Date.now() / 1000);

export class Clock {
  /** Epoch seconds, at most ten seconds old. */
  now = $state(epoch());

  start(): () => void {
    const tick = () => {
      lookAtComputerZone();
      this.now = epoch();
    };
    const timer = setInterval(tick, TICK_MS);
    // A hidden window is not ticked; it must not show an old age for ten seconds when it comes back.
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }
}
