import { pictureAt, picturesOf } from "$lib/domain/pictures";
import type { MessageView } from "$lib/rpc/generated/schema";
import { describe, expect, it } from "vitest";

const carrying = (id: number, files: [id: number, kind: string][], deleted = false) =>
  ({ id, deleted, attachments: files.map(([file, file_type]) => ({ id: file, file_type })) }) as MessageView;

describe("pictures of a thread", () => {
  it("are all that can be looked at, in its order", () => {
    const messages = [
      carrying(1, [
        [10, "image"],
        [11, "file"],
      ]),
      carrying(2, [[12, "image"]], true),
      carrying(3, [
        [13, "audio"],
        [14, "image"],
      ]),
    ];
    const pictures = picturesOf(messages);
    expect(pictures.map(({ attachment }) => attachment.id)).toEqual([10, 14]);
    expect(pictureAt(pictures, 3, 14)).toBe(1);
    expect(pictureAt(pictures, 2, 12)).toBe(-1);
  });
});
