// Why a PIN was not taken.

import { clockTime } from "$lib/domain/time";
import { computerZone } from "$lib/domain/zone";
import { m } from "$lib/paraglide/messages";

/** `retryAt`: when the next try may be made; nothing = now. */
export function wrongPin(retryAt: number | null, now: number): string {
  if (retryAt === null) return m.pin_wrong();
  const seconds = Math.max(1, Math.ceil(retryAt - now));
  // The wait is this computer's, not a property's.
  return seconds < 60 ? m.pin_wait_seconds({ seconds }) : m.pin_wait({ time: clockTime(retryAt, computerZone()) });
}
