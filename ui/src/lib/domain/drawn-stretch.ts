/**
 * How much of a thread is drawn: from one of its messages to the end. It opens with what a window shows, the newest or what
 * follows the unread mark, grows to the end and then further back. The message counts and not its place, because others
 * are put in front of it and behind it meanwhile.
 */
import type { TimelineEntry } from "./timeline";

/**
 * Where the stretch begins that is drawn from the entry `oldest` on: everything, where that one is gone. `null`: the
 * newest `least` entries, and all from the unread mark on.
 */
export function drawnFrom(entries: readonly TimelineEntry[], oldest: string | null, least: number): number {
  if (oldest !== null) {
    const at = entries.findIndex(({ key }) => key === oldest);
    return withHeadings(entries, Math.max(0, at));
  }
  const from = Math.max(0, entries.length - least);
  const unread = entries.findIndex(({ kind }) => kind === "unread");
  return withHeadings(entries, unread < 0 ? from : Math.min(from, unread));
}

/**
 * Where the stretch ends that is drawn up to the entry `newest`, which is in it: at the end, where that one is gone. `null`:
 * `least` entries below the unread mark; at the end where nothing is unread.
 */
export function drawnUntil(entries: readonly TimelineEntry[], newest: string | null, least: number): number {
  const at = entries.findIndex(newest === null ? ({ kind }) => kind === "unread" : ({ key }) => key === newest);
  return at < 0 ? entries.length : Math.min(entries.length, at + 1 + (newest === null ? least : 0));
}

/** The first message from about `step` entries before `from` on: what is drawn next begins with it. `null` = none is there. */
export function furtherBack(entries: readonly TimelineEntry[], from: number, step: number): string | null {
  return entries.slice(Math.max(0, from - step)).find((entry) => "message" in entry)?.key ?? null;
}

/** What stands over the first message belongs to it: its day, the unread mark. */
function withHeadings(entries: readonly TimelineEntry[], at: number): number {
  let from = at;
  for (let above = entries[from - 1]; above && !("message" in above); above = entries[from - 1]) from--;
  return from;
}
