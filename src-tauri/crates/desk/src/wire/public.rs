//! What guests see of their own (reference §11.2).

use super::time::{epoch, epoch_or_zero};
use super::{attachment, contact, message};
use crate::db;
use crate::db::conversation::Conversation;
use crate::db::inbox::Inbox;
use crate::db::message::Message;
use crate::desk::View;
use crate::error::ApiError;
use serde_json::{Value, json};

/// The channel itself.
pub fn inbox(inbox: &Inbox) -> Value {
    json!({
        "identifier": inbox.identifier,
        "identity_validation_enabled": inbox.channel.get("hmac_mandatory").is_some_and(|value| value == true),
        "name": inbox.name,
        "timezone": inbox.timezone,
        "working_hours": inbox.working_hours,
        "working_hours_enabled": inbox.working_hours_enabled,
        "csat_survey_enabled": inbox.csat_survey_enabled,
        "greeting_enabled": inbox.greeting_enabled,
    })
}

/// The guest with the two credentials.
pub fn contact(contact: &db::contact::Contact, link: &db::contact::ContactInbox) -> Value {
    json!({
        "source_id": link.source_id,
        "pubsub_token": link.pubsub_token,
        "id": contact.id,
        "name": contact.name,
        "email": contact.email,
        "phone_number": contact.phone_number,
    })
}

/// PUB_CONVERSATION.
pub fn conversation(view: &View<'_>, conversation: &Conversation) -> Result<Value, ApiError> {
    let guest = db::contact::find(view, conversation.contact_id)?.ok_or(ApiError::NotFound)?;
    let mut messages = Vec::new();
    for found in db::message::public(view, conversation.id)? {
        messages.push(self::message(view, &found, conversation.display_id)?);
    }
    Ok(json!({
        "id": conversation.display_id,
        "uuid": conversation.uuid,
        "inbox_id": conversation.inbox_id,
        "contact_last_seen_at": epoch_or_zero(conversation.contact_last_seen_at),
        "status": conversation.status,
        "agent_last_seen_at": epoch_or_zero(conversation.agent_last_seen_at),
        "messages": messages,
        "contact": contact::raw(&guest),
    }))
}

/// PUB_MESSAGE.
pub fn message(view: &View<'_>, found: &Message, display_id: i64) -> Result<Value, ApiError> {
    let mut json = json!({
        "id": found.id,
        "content": found.content,
        "message_type": found.message_type,
        "content_type": found.content_type,
        "content_attributes": found.content_attributes,
        "created_at": epoch(found.created_at),
        "conversation_id": display_id,
    });
    let files = attachment::all_in(view, found)?;
    if !files.is_empty() {
        json["attachments"] = Value::Array(files);
    }
    if let Some(sender) = message::sender(view, found)? {
        json["sender"] = sender;
    }
    Ok(json)
}
