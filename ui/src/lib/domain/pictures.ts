/** The pictures of a thread, to look at one after the other. */
import type { Attachment, MessageId, MessageView } from "$lib/rpc/generated/schema";

export interface Picture {
  message: MessageView;
  attachment: Attachment;
}

/** In the order of the thread, as far as it is loaded. */
export function picturesOf(messages: readonly MessageView[]): Picture[] {
  return messages
    .filter((message) => !message.deleted)
    .flatMap((message) =>
      message.attachments
        .filter((attachment) => attachment.file_type === "image")
        .map((attachment) => ({ message, attachment })),
    );
}

/** Which of them is shown; -1 = none of them. */
export function pictureAt(pictures: readonly Picture[], message: MessageId, attachment: number): number {
  return pictures.findIndex((picture) => picture.message.id === message && picture.attachment.id === attachment);
}
