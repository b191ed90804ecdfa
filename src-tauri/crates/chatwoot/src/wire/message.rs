//! Messages, in the REST form and in the socket's (reference §4.1, §4.2).

use super::more::{keep_unknown, more};
use super::{Read, readable};
use deskbell_domain::{
    Attachment, ConversationId, Delivery, Message, MessageId, MessageKind, Sender, SenderKind,
};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};
use url::Url;

/// Read into fields, or told in full elsewhere: the conversation by its own frame, the sender as a contact or an agent.
const MODELLED: &[&str] = &[
    "id",
    "account_id",
    "conversation_id",
    "conversation",
    "message_type",
    "content",
    "processed_message_content",
    "content_type",
    "status",
    "private",
    "created_at",
    "source_id",
    "sender",
    "sender_type",
    "sender_id",
    "content_attributes",
    "attachments",
    "echo_id",
];

const MODELLED_OF_FILE: &[&str] = &[
    "id",
    "account_id",
    "message_id",
    "file_type",
    "data_url",
    "thumb_url",
    "file_size",
    "width",
    "height",
];

const KINDS: &[&str] = &["0", "1", "2", "3", "incoming", "outgoing", "activity", "template"];

const DELIVERIES: &[&str] = &["sent", "delivered", "read", "failed"];

/// Reads a message; `conversation` is its home where the message itself does not say.
pub(crate) fn message(value: &Value, conversation: Option<ConversationId>) -> Option<Message> {
    Some(Message {
        id: MessageId(value.int("id")?),
        conversation_id: value
            .int("conversation_id")
            .map(ConversationId)
            .or(conversation)?,
        kind: kind(value),
        content: value.text("content"),
        content_type: value
            .some_text("content_type")
            .unwrap_or_else(|| "text".to_owned()),
        delivery: delivery(value),
        private: value.flag("private").unwrap_or(false),
        created_at: value.time("created_at").unwrap_or(0),
        source_id: value.some_text("source_id"),
        sender: sender(value),
        content_attributes: value.object("content_attributes"),
        attachments: attachments(value.list("attachments")),
        echo_id: value.some_text("echo_id"),
        more: more_of_message(value),
    })
}

/// Words that are not known stay readable; the channel's form of the text is kept where it is not the text itself.
fn more_of_message(value: &Value) -> Map<String, Value> {
    let mut more = more(value, MODELLED);
    keep_unknown(&mut more, value, "message_type", KINDS);
    keep_unknown(&mut more, value, "status", DELIVERIES);
    let content = value.text("content");
    keep_unknown(&mut more, value, "processed_message_content", &[content.as_str()]);
    more
}

/// Puts messages into the order in which they are read: the JSON has whole seconds, so the id decides within one.
pub(crate) fn by_time(messages: &mut [Message]) {
    messages.sort_by_key(|message| (message.created_at, message.id));
}

/// A number here, a word in webhooks. What is unknown reads as a line about the conversation: shown, and taken for
/// nobody's words.
fn kind(value: &Value) -> MessageKind {
    match value.text("message_type").as_str() {
        "0" | "incoming" => MessageKind::Incoming,
        "1" | "outgoing" => MessageKind::Outgoing,
        "3" | "template" => MessageKind::Template,
        _ => MessageKind::Activity,
    }
}

fn delivery(value: &Value) -> Delivery {
    match value.text("status").as_str() {
        "delivered" => Delivery::Delivered,
        "read" => Delivery::Read,
        "failed" => Delivery::Failed,
        _ => Delivery::Sent,
    }
}

/// The socket names the sender in columns as well, which is all there is when the sender was deleted.
fn sender(value: &Value) -> Option<Sender> {
    let named = value.raw("sender");
    let word = named
        .and_then(|sender| sender.some_text("type"))
        .or_else(|| value.some_text("sender_type"))?;
    let id = named
        .and_then(|sender| sender.int("id"))
        .or_else(|| value.int("sender_id"))?;
    Some(Sender {
        kind: sender_kind(&word),
        id,
        name: named
            .map(|sender| sender.text_or("name", "available_name"))
            .unwrap_or_default(),
    })
}

fn sender_kind(word: &str) -> SenderKind {
    match word {
        "user" | "User" => SenderKind::User,
        "contact" | "Contact" => SenderKind::Contact,
        "agent_bot" | "AgentBot" | "captain_assistant" | "Captain::Assistant" => SenderKind::Bot,
        _ => SenderKind::Other,
    }
}

/// The files of a message. One without a number is kept under a number of its place below zero, which no other has and
/// which stays the same as long as the list does.
fn attachments(list: &[Value]) -> Vec<Attachment> {
    let mut place = 0;
    readable(list, |value| {
        place -= 1;
        attachment(value, place)
    })
}

fn attachment(value: &Value, place: i64) -> Option<Attachment> {
    if !value.is_object() {
        return None;
    }
    let data_url = value.text("data_url");
    Some(Attachment {
        id: value.int("id").unwrap_or(place),
        file_type: value.some_text("file_type").unwrap_or_else(|| "file".to_owned()),
        file_name: value
            .some_text("fallback_title")
            .unwrap_or_else(|| file_name(&data_url)),
        thumb_url: value.text("thumb_url"),
        file_size: value.int("file_size").unwrap_or(0).max(0),
        width: value.int("width").filter(|width| *width > 0),
        height: value.int("height").filter(|height| *height > 0),
        more: more(value, MODELLED_OF_FILE),
        data_url,
    })
}

/// The wire has no file name; the address of the file ends with it.
fn file_name(data_url: &str) -> String {
    let Ok(url) = Url::parse(data_url) else {
        return String::new();
    };
    let last = url
        .path_segments()
        .and_then(|mut segments| segments.next_back())
        .unwrap_or("");
    percent_decode_str(last).decode_utf8_lossy().into_owned()
}
