// Which appointments are still to come.

import type { AppointmentView } from "$lib/rpc/generated/schema";

/** What begins later than `now` (epoch seconds) is to come, soonest first; the rest was, newest first. */
export function splitByNow<T extends Pick<AppointmentView, "at">>(
  appointments: readonly T[],
  now: number,
): { toCome: T[]; past: T[] } {
  const toCome = appointments.filter(({ at }) => at > now).sort((a, b) => a.at - b.at);
  const past = appointments.filter(({ at }) => at <= now).sort((a, b) => b.at - a.at);
  return { toCome, past };
}
