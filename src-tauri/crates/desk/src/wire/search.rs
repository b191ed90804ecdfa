//! What the search over everything finds (reference §8).

use super::message;
use super::time::epoch;
use crate::db;
use crate::db::contact::Contact;
use crate::db::conversation::Conversation;
use crate::db::message::Message;
use crate::desk::View;
use crate::error::ApiError;
use serde_json::{Value, json};

/// A conversation with its oldest message. The attributes are shown where conversations alone were searched.
pub fn conversation(view: &View<'_>, found: &Conversation, with_attributes: bool) -> Result<Value, ApiError> {
    let guest = db::contact::find(view, found.contact_id)?.ok_or(ApiError::NotFound)?;
    let inbox = db::inbox::find(view, found.inbox_id)?.ok_or(ApiError::NotFound)?;
    let first = db::search::oldest_message(view, found.id)?;
    let first = first.map(|first| message::rest(view, &first, found.display_id));
    let mut json = json!({
        "id": found.display_id,
        "account_id": found.account_id,
        "created_at": epoch(found.created_at),
        "message": first.transpose()?,
        "contact": contact(&guest),
        "inbox": {
            "id": inbox.id,
            "channel_id": inbox.id,
            "name": inbox.name,
            "channel_type": inbox.channel_type,
        },
    });
    if let Some(agent) = agent(view, found)? {
        json["agent"] = agent;
    }
    if with_attributes {
        json["additional_attributes"] = json!(found.additional_attributes);
    }
    Ok(json)
}

fn agent(view: &View<'_>, found: &Conversation) -> Result<Option<Value>, ApiError> {
    let Some(id) = found.assignee_id else {
        return Ok(None);
    };
    let membership = db::people::membership(view, found.account_id, id)?;
    let user = db::people::user(view, id)?;
    Ok(user.map(|user| {
        json!({
            "id": user.id,
            "available_name": user.available_name(),
            "email": user.email,
            "name": user.name,
            "role": membership.map(|membership| membership.role),
        })
    }))
}

/// A guest.
pub fn contact(guest: &Contact) -> Value {
    json!({
        "email": guest.email,
        "id": guest.id,
        "name": guest.name,
        "phone_number": guest.phone_number,
        "identifier": guest.identifier,
        "additional_attributes": guest.additional_attributes,
        "last_activity_at": guest.last_activity_at.map(epoch),
    })
}

/// A message.
pub fn message(view: &View<'_>, found: &Message) -> Result<Value, ApiError> {
    let conversation = db::conversation::find(view, found.conversation_id)?.ok_or(ApiError::NotFound)?;
    message::rest(view, found, conversation.display_id)
}
