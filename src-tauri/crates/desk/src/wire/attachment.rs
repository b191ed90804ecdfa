//! Files of messages (reference §4.1, §3.4).

use super::time::epoch;
use crate::db;
use crate::db::attachment::Attachment;
use crate::db::json::Object;
use crate::db::message::Message;
use crate::desk::View;
use crate::error::ApiError;
use serde_json::{Value, json};

/// Where the bytes are.
pub fn data_url(view: &View<'_>, attachment: &Attachment) -> String {
    let query = match attachment.file_type.as_str() {
        "audio" => "?disposition=inline",
        _ => "",
    };
    format!("{}/files/{}{query}", view.url, attachment.key)
}

/// One file of a message.
pub fn in_message(view: &View<'_>, attachment: &Attachment) -> Value {
    let url = data_url(view, attachment);
    let mut json = json!({
        "id": attachment.id,
        "message_id": attachment.message_id,
        "file_type": attachment.file_type,
        "account_id": attachment.account_id,
        "extension": extension(attachment),
        "content_type": attachment.content_type,
        "data_url": url,
        "thumb_url": thumbnail(attachment, &url),
        "file_size": attachment.file_size,
        "width": null,
        "height": null,
    });
    if attachment.file_type == "audio" {
        json["transcribed_text"] = json!("");
    }
    json
}

/// Numbers of what is no file begin here: no file of a desk has one.
const SHARED_FROM: i64 = 1 << 40;
const MOST_SHARED: usize = 16;
const SHARED: &str = "shared";

/// Places and contact cards, for a message's own attributes.
pub fn keep_shared(shared: Vec<Value>) -> Object {
    if shared.is_empty() {
        return Object::new();
    }
    let shared = shared.into_iter().take(MOST_SHARED).collect();
    Object::from_iter([(SHARED.to_owned(), Value::Array(shared))])
}

/// The files of a message, then the places and contact cards in it.
pub fn all_in(view: &View<'_>, message: &Message) -> Result<Vec<Value>, ApiError> {
    let files = db::attachment::of_message(view, message.id)?;
    let mut all: Vec<Value> = files.iter().map(|file| in_message(view, file)).collect();
    let shared = message
        .additional_attributes
        .get(SHARED)
        .and_then(Value::as_array);
    let shared = shared.filter(|_| message.content_attributes.get("deleted") != Some(&Value::Bool(true)));
    for (place, one) in (0_i64..).zip(shared.into_iter().flatten()) {
        let mut one = one.clone();
        one["id"] = json!(SHARED_FROM + message.id * 16 + place);
        one["message_id"] = json!(message.id);
        one["account_id"] = json!(message.account_id);
        all.push(one);
    }
    Ok(all)
}

/// One file in the list of a conversation's files.
pub fn in_list(view: &View<'_>, attachment: &Attachment, message: &Message, sender: Option<Value>) -> Value {
    let url = data_url(view, attachment);
    let mut json = json!({
        "id": attachment.id,
        "message_id": attachment.message_id,
        "thumb_url": thumbnail(attachment, &url),
        "data_url": url,
        "file_size": attachment.file_size,
        "file_type": attachment.file_type,
        "extension": extension(attachment),
        "width": null,
        "height": null,
        "created_at": epoch(message.created_at),
    });
    if let Some(sender) = sender {
        json["sender"] = sender;
    }
    json
}

/// One file in the list of a contact's files: as in a conversation's, and where it is.
pub fn of_contact(view: &View<'_>, attachment: &Attachment) -> Result<Value, ApiError> {
    let message = db::message::find(view, attachment.message_id)?.ok_or(ApiError::NotFound)?;
    let conversation = db::conversation::find(view, message.conversation_id)?.ok_or(ApiError::NotFound)?;
    let sender = super::message::sender(view, &message)?;
    let mut json = in_list(view, attachment, &message, sender);
    json["conversation_id"] = json!(conversation.display_id);
    Ok(json)
}

fn extension(attachment: &Attachment) -> Option<&str> {
    attachment.file_name.rsplit_once('.').map(|(_, end)| end)
}

fn thumbnail<'a>(attachment: &Attachment, url: &'a str) -> &'a str {
    if attachment.file_type == "image" { url } else { "" }
}
