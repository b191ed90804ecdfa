import {
  base64,
  limitMegabytes,
  mergeFiles,
  pasteMeansFiles,
  pieces,
  takesFiles,
  type ComposedFile,
} from "$lib/domain/files";
import { describe, expect, it } from "vitest";

const shown: ComposedFile = {
  key: 1,
  name: "menu.pdf",
  size: 9,
  contentType: "application/pdf",
  id: 7,
  stored: 9,
  preview: null,
};

describe("files of a message", () => {
  it("go with a reply where the channel carries them, and with every note", () => {
    expect(takesFiles("whatsapp", false)).toBe(true);
    expect(takesFiles("sms", false)).toBe(false);
    expect(takesFiles("sms", true)).toBe(true);
  });

  it("are cut without a gap, and the last piece is what is left", () => {
    expect(pieces(7, 3)).toEqual([
      { from: 0, to: 3 },
      { from: 3, to: 6 },
      { from: 6, to: 7 },
    ]);
    expect(pieces(6, 3)).toHaveLength(2);
    expect(pieces(0, 3)).toEqual([]);
  });

  it("are written as base64, however large", () => {
    expect(base64(new TextEncoder().encode("Deskbell"))).toBe("RGVza2JlbGw=");
    expect(atob(base64(new Uint8Array(100_000).fill(255)))).toHaveLength(100_000);
  });

  it("are meant by a paste only where it has no words", () => {
    expect(pasteMeansFiles(["Files"], 1)).toBe(true);
    expect(pasteMeansFiles(["text/plain", "text/html", "Files"], 1)).toBe(false);
    expect(pasteMeansFiles(["text/plain"], 0)).toBe(false);
  });

  it("never say a limit that would be refused", () => {
    expect(limitMegabytes(40 * 1024 * 1024)).toBe(40);
    expect(limitMegabytes(41 * 1024 * 1024 - 1)).toBe(40);
  });
});

describe("mergeFiles", () => {
  const kept = { id: 7, name: "menu.pdf", content_type: "application/pdf", size: 9 };
  it("adds what came back and leaves out what left", () => {
    expect(mergeFiles([shown], [kept], new Set(), () => 2)).toEqual([shown]);
    expect(mergeFiles([], [kept], new Set(), () => 1)).toEqual([shown]);
    expect(mergeFiles([], [kept], new Set([7]), () => 1)).toEqual([]);
  });
});
