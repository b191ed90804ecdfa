/** What files may go with a message, and how they are cut into pieces. */
import type { Channel, FileRefusal, OutgoingFile } from "$lib/rpc/generated/schema";

/** Bytes handed to the core at once: below its limit for one piece, and a multiple of three, so that base64 has no rest. */
export const PIECE_BYTES = 3 * 1024 * 1024;

/** Channels that carry words alone. */
const TEXT_ONLY: readonly Channel[] = ["sms", "voice"];

/** A note stays with the team, whatever the channel carries. */
export function takesFiles(channel: Channel, asNote: boolean): boolean {
  return asNote || !TEXT_ONLY.includes(channel);
}

/** Where each piece of a file of `size` bytes begins and ends. */
export function pieces(size: number, piece = PIECE_BYTES): { from: number; to: number }[] {
  const all: { from: number; to: number }[] = [];
  for (let from = 0; from < size; from += piece) all.push({ from, to: Math.min(size, from + piece) });
  return all;
}

/** The word of base64 for some bytes. */
export function base64(bytes: Uint8Array): string {
  let binary = "";
  // One call for all bytes would be more arguments than an engine takes.
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}

/** Whether a paste means its files: a table copied from another program brings a picture of itself with its text. */
export function pasteMeansFiles(types: readonly string[], files: number): boolean {
  return files > 0 && !types.includes("text/plain");
}

/** Why a file was not taken; `limit` in bytes, or in files. */
export interface FileProblem {
  name: string;
  reason: FileRefusal | "failed" | "text_only";
  limit: number;
}

/** Whole megabytes, rounded down: a file of the size that is named must be taken. */
export function limitMegabytes(bytes: number): number {
  return Math.floor(bytes / (1024 * 1024));
}

/** A file in the composer. */
export interface ComposedFile {
  /** Own number, for the list on screen. */
  key: number;
  name: string;
  size: number;
  contentType: string;
  /** The core's number; `null` until it made room. */
  id: number | null;
  /** Bytes the core has; all of them = it can be sent. */
  stored: number;
  /** Address of the picture on screen, while this window knows it. */
  preview: string | null;
}

export const isWhole = (file: ComposedFile): boolean => file.id !== null && file.stored >= file.size;

/**
 * The core's list laid over what is shown: what came back from a message or an earlier run is added, what this window
 * has just sent or removed does not return with an answer that was on its way.
 */
export function mergeFiles(
  shown: readonly ComposedFile[],
  kept: readonly OutgoingFile[],
  gone: ReadonlySet<number>,
  nextKey: () => number,
): ComposedFile[] {
  const known = new Set(shown.map((file) => file.id));
  const added = kept
    .filter((file) => !known.has(file.id) && !gone.has(file.id))
    .map((file) => ({
      key: nextKey(),
      name: file.name,
      size: file.size,
      contentType: file.content_type,
      id: file.id,
      stored: file.size,
      preview: null,
    }));
  return added.length === 0 ? [...shown] : [...shown, ...added];
}
