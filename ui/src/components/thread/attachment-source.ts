import { platform } from "$lib/platform";
import type { Attachment, ConversationRef, MessageId } from "$lib/rpc/generated/schema";

/** Where a file is shown from. By number and not by the server's address: it comes from the copy on this computer where there is one. */
export function attachmentSource(
  conversation: ConversationRef,
  message: MessageId,
  attachment: Pick<Attachment, "id">,
  part: "preview" | "file",
): string {
  return platform.file([conversation.account, conversation.id, message, attachment.id, part].join("/"));
}
