//! What deliveries say (reference §11.1): the shapes of the wire for receivers outside.

use crate::db;
use crate::db::contact::{Contact, ContactInbox};
use crate::db::conversation::Conversation;
use crate::db::inbox::Inbox;
use crate::db::message::Message;
use crate::desk::{Actor, View};
use crate::error::ApiError;
use crate::wire::time::iso;
use crate::wire::{attachment, conversation as conversations};
use serde_json::{Value, json};

fn account(view: &View<'_>, id: i64) -> Result<Value, ApiError> {
    let name = db::account::find(view, id)?.map(|account| account.name);
    Ok(json!({ "id": id, "name": name }))
}

fn conversation(view: &View<'_>, about: &Conversation) -> Result<Value, ApiError> {
    let mut json = conversations::push(view, about)?;
    json["account"] = account(view, about.account_id)?;
    Ok(json)
}

/// The body of an event about a conversation. `changed` is told of updates only; a change of status has the key, and
/// always null.
pub fn of_conversation(
    view: &View<'_>,
    event: &str,
    about: &Conversation,
    changed: &Value,
) -> Result<Value, ApiError> {
    let mut json = conversation(view, about)?;
    json["event"] = json!(event);
    match event {
        "conversation_updated" => json["changed_attributes"] = changed.clone(),
        "conversation_status_changed" => json["changed_attributes"] = Value::Null,
        _ => {}
    }
    Ok(json)
}

/// The body of a guest's opening the web chat.
pub fn of_web_widget(
    view: &View<'_>,
    link: &ContactInbox,
    inbox: &Inbox,
    event_info: &Value,
) -> Result<Value, ApiError> {
    let guest = db::contact::find(view, link.contact_id)?;
    let guest = guest.map(|guest| contact(view, &guest, inbox.account_id));
    let newest = db::conversation::newest_of_link(view, link.id)?;
    let current = newest.map(|about| conversations::push(view, &about));
    Ok(json!({
        "event": "webwidget_triggered",
        "id": link.id,
        "source_id": link.source_id,
        "contact": guest.transpose()?,
        "inbox": { "id": inbox.id, "name": inbox.name },
        "account": account(view, inbox.account_id)?,
        "current_conversation": current.transpose()?,
        "event_info": event_info,
    }))
}

/// The body of an event about a message; its type is a word here.
pub fn of_message(
    view: &View<'_>,
    event: &str,
    message: &Message,
    about: &Conversation,
) -> Result<Value, ApiError> {
    let inbox = db::inbox::find(view, message.inbox_id)?;
    let mut json = json!({
        "event": event,
        "id": message.id,
        "content": message.content,
        "content_type": message.content_type,
        "content_attributes": message.content_attributes,
        "message_type": match message.message_type {
            0 => "incoming",
            1 => "outgoing",
            2 => "activity",
            _ => "template",
        },
        "private": message.private,
        "source_id": message.source_id,
        "created_at": iso(message.created_at),
        "additional_attributes": message.additional_attributes,
        "account": account(view, message.account_id)?,
        "inbox": inbox.map(|inbox| json!({ "id": inbox.id, "name": inbox.name })),
        "sender": sender(view, message)?,
        "conversation": conversation(view, about)?,
    });
    let files = attachment::all_in(view, message)?;
    if !files.is_empty() {
        json["attachments"] = Value::Array(files);
    }
    Ok(json)
}

fn sender(view: &View<'_>, message: &Message) -> Result<Option<Value>, ApiError> {
    let Some(id) = message.sender_id else {
        return Ok(None);
    };
    match message.sender_type.as_deref() {
        Some("User") => person(view, Actor::User(id), message.account_id),
        Some("AgentBot") => person(view, Actor::Bot(id), message.account_id),
        Some("Contact") => person(view, Actor::Contact(id), message.account_id),
        _ => Ok(None),
    }
}

/// Somebody as receivers outside see them.
pub fn person(view: &View<'_>, who: Actor, account_id: i64) -> Result<Option<Value>, ApiError> {
    Ok(match who {
        Actor::User(id) => db::people::user(view, id)?
            .map(|user| json!({ "id": user.id, "name": user.name, "email": user.email, "type": "user" })),
        Actor::Bot(id) => db::people::bot(view, id)?
            .map(|bot| json!({ "id": bot.id, "name": bot.name, "type": "agent_bot" })),
        Actor::Contact(id) => match db::contact::find(view, id)? {
            Some(guest) => Some(contact(view, &guest, account_id)?),
            None => None,
        },
        Actor::System => None,
    })
}

/// A guest, without a type.
pub fn contact(view: &View<'_>, guest: &Contact, account_id: i64) -> Result<Value, ApiError> {
    Ok(json!({
        "account": account(view, account_id)?,
        "additional_attributes": guest.additional_attributes,
        "avatar": guest.avatar_url,
        "custom_attributes": guest.custom_attributes,
        "email": guest.email,
        "id": guest.id,
        "identifier": guest.identifier,
        "name": guest.name,
        "phone_number": guest.phone_number,
        "thumbnail": guest.avatar_url,
        "blocked": guest.blocked,
    }))
}
