/** What can be done with one message of the thread. */
import type { Channel, ConversationView, MessageView } from "$lib/rpc/generated/schema";

export type MessageAction = "reply" | "copy" | "delete";

/** Channels that can carry to the guest which message is answered. */
const QUOTING: readonly Channel[] = ["web", "whatsapp", "other"];

type Facts = Pick<ConversationView, "channel" | "who" | "window">;
type Message = Pick<MessageView, "author" | "private" | "deleted" | "text">;

export function messageActions(message: Message, conversation: Facts): MessageAction[] {
  if (message.deleted || message.author === "activity") return [];
  const writable = conversation.who.kind !== "closed" && conversation.window.window !== "closed";
  const actions: MessageAction[] = [];
  if (writable && !message.private && QUOTING.includes(conversation.channel)) actions.push("reply");
  if (message.text !== "") actions.push("copy");
  if (message.author === "me") actions.push("delete");
  return actions;
}
