//! Messages over REST and in pushes (reference §4.1, §4.2).

use super::time::{epoch, iso};
use super::{attachment, contact, people};
use crate::db;
use crate::db::conversation::Conversation;
use crate::db::message::{self, Message};
use crate::desk::View;
use crate::error::ApiError;
use serde_json::{Value, json};

/// MESSAGE. `echo_id` belongs to the answer of the request that sent it, and nowhere else.
pub fn rest(view: &View<'_>, message: &Message, display_id: i64) -> Result<Value, ApiError> {
    let mut json = json!({
        "id": message.id,
        "content": message.content,
        "inbox_id": message.inbox_id,
        "conversation_id": display_id,
        "message_type": message.message_type,
        "content_type": message.content_type,
        "status": message.status,
        "content_attributes": message.content_attributes,
        "created_at": epoch(message.created_at),
        "private": message.private,
        "source_id": message.source_id,
    });
    if let Some(sender) = sender(view, message)? {
        json["sender"] = sender;
    }
    let files = attachment::all_in(view, message)?;
    if !files.is_empty() {
        json["attachments"] = Value::Array(files);
    }
    Ok(json)
}

/// MESSAGEs in the order given.
pub fn rest_all(view: &View<'_>, messages: &[Message], display_id: i64) -> Result<Vec<Value>, ApiError> {
    messages
        .iter()
        .map(|message| rest(view, message, display_id))
        .collect()
}

/// PUSH_MESSAGE.
pub fn push(view: &View<'_>, message: &Message, conversation: &Conversation) -> Result<Value, ApiError> {
    let mut json = rest(view, message, conversation.display_id)?;
    let link = db::contact::link_by_id(view, conversation.contact_inbox_id)?;
    let unread = message::unread(view, conversation.id, conversation.agent_last_seen_at)?;
    json["account_id"] = json!(message.account_id);
    json["updated_at"] = json!(iso(message.updated_at));
    json["sender_type"] = json!(message.sender_type);
    json["sender_id"] = json!(message.sender_id);
    json["external_source_ids"] = json!({});
    json["additional_attributes"] = json!(message.additional_attributes);
    json["processed_message_content"] = json!(message.content);
    json["sentiment"] = json!({});
    json["conversation"] = json!({
        "assignee_id": conversation.assignee_id,
        "unread_count": unread,
        "last_activity_at": epoch(conversation.last_activity_at),
        "contact_inbox": { "source_id": link.map(|link| link.source_id) },
    });
    Ok(json)
}

/// Who wrote it; activity lines and automatic messages have nobody.
pub fn sender(view: &View<'_>, message: &Message) -> Result<Option<Value>, ApiError> {
    let Some(id) = message.sender_id else {
        return Ok(None);
    };
    match message.sender_type.as_deref() {
        Some("User") => {
            let user = db::people::user(view, id)?;
            user.map(|user| people::push(view, message.account_id, &user))
                .transpose()
        }
        Some("AgentBot") => Ok(db::people::bot(view, id)?.map(|bot| people::push_bot(&bot))),
        Some("Contact") => Ok(db::contact::find(view, id)?.map(|found| contact::push(&found))),
        _ => Ok(None),
    }
}
