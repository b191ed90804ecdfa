// The calendar of a place. Moments are epoch seconds, zones IANA names. Nothing here knows words.

export interface WallTime {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** Clocks change at full quarters of an hour only, and asking the engine costs too much to be done for every row. */
const QUARTER = 900;
const MOST_KEPT = 4096;

const readers = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

const readComputerZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
let computer = readComputerZone();

/** The zone of this computer, as it was read last: reading it makes a whole format, too much for every row. */
export const computerZone = (): string => computer;

/** The computer may have travelled. */
export function lookAtComputerZone(): void {
  computer = readComputerZone();
}

/** The zone a property told; the computer's where it told none, or one this engine does not know. */
export function zoneOf(told: string | null | undefined): string {
  if (told === null || told === undefined || told === "") return computerZone();
  try {
    reader(told);
    return told;
  } catch {
    return computerZone();
  }
}

function reader(zone: string): Intl.DateTimeFormat {
  let format = readers.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    readers.set(zone, format);
  }
  return format;
}

/** What the clock and the calendar on the wall there say. */
export function wallTime(at: number, zone: string): WallTime {
  const date = new Date((at + offsetAt(at, zone)) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

/** How far its clock is ahead of UTC at that moment. Seconds. */
export function offsetAt(at: number, zone: string): number {
  const quarter = Math.floor(at / QUARTER) * QUARTER;
  const key = `${zone} ${quarter}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = readOffset(quarter, zone);
    if (offsets.size >= MOST_KEPT) offsets.clear();
    offsets.set(key, offset);
  }
  return offset;
}

function readOffset(at: number, zone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of reader(zone).formatToParts(at * 1000)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - at;
}

/**
 * When the clock there shows this. A day or month beyond the calendar's end goes on into the next. In the hour that is
 * skipped in spring it is as much later; of the two in autumn it is the first.
 */
export function momentAt(zone: string, year: number, month: number, day: number, hour = 0): number {
  const asUtc = Date.UTC(year, month - 1, day, hour) / 1000;
  // A change of the clock lies between these two at most.
  const before = asUtc - offsetAt(asUtc - 86_400, zone);
  const after = asUtc - offsetAt(asUtc + 86_400, zone);
  const shows = (at: number) => at + offsetAt(at, zone) === asUtc;
  if (shows(before)) return before;
  return shows(after) ? after : before;
}

/** The number of a day in the calendar there: neighbours are one apart, whatever their length. */
export function dayNumber(at: number, zone: string): number {
  const { year, month, day } = wallTime(at, zone);
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** Calendar days from one moment to another, there. */
export const daysBetween = (at: number, now: number, zone: string): number =>
  dayNumber(now, zone) - dayNumber(at, zone);

/** 1 = Monday, 7 = Sunday. */
export const weekdayAt = (at: number, zone: string): number => ((dayNumber(at, zone) + 3) % 7) + 1;

/** Whether the two clocks show the same now. */
export const sameClock = (zone: string, other: string, now: number): boolean =>
  offsetAt(now, zone) === offsetAt(now, other);
