//! Notifications (reference §8.1).

use super::time::{epoch, iso, iso_or_null};
use super::{conversation, message, people};
use crate::db;
use crate::db::notification::Notification;
use crate::desk::View;
use crate::error::ApiError;
use serde_json::{Value, json};

const WORDS: usize = 10;

/// NOTIFICATION. In socket events the title is the body text.
pub fn rest(view: &View<'_>, notification: &Notification) -> Result<Value, ApiError> {
    let about = db::conversation::find(view, notification.conversation_id)?.ok_or(ApiError::NotFound)?;
    let secondary = match notification.message_id {
        Some(id) => db::message::find(view, id)?,
        None => None,
    };
    let owner = db::people::user(view, notification.user_id)?.ok_or(ApiError::NotFound)?;
    let spoken = match &secondary {
        Some(message) => Some(message.clone()),
        None => db::message::newest_spoken(view, about.id, true)?,
    };
    Ok(json!({
        "id": notification.id,
        "notification_type": notification.notification_type,
        "push_message_title": title(notification, about.display_id),
        "push_message_body": spoken.map_or_else(String::new, |message| body(view, &message)),
        "primary_actor_type": "Conversation",
        "primary_actor_id": about.id,
        "primary_actor": conversation::push(view, &about)?,
        "read_at": iso_or_null(notification.read_at),
        "secondary_actor": secondary.map(|found| message::push(view, &found, &about)).transpose()?,
        "user": people::push(view, notification.account_id, &owner)?,
        "created_at": epoch(notification.created_at),
        "last_activity_at": epoch(notification.last_activity_at),
        "snoozed_until": iso_or_null(notification.snoozed_until),
        "meta": meta(notification),
    }))
}

/// The raw record that single writes answer.
pub fn record(notification: &Notification) -> Value {
    json!({
        "id": notification.id,
        "account_id": notification.account_id,
        "user_id": notification.user_id,
        "notification_type": notification.notification_type,
        "primary_actor_type": "Conversation",
        "primary_actor_id": notification.conversation_id,
        "secondary_actor_type": notification.message_id.map(|_| "Message"),
        "secondary_actor_id": notification.message_id,
        "read_at": iso_or_null(notification.read_at),
        "snoozed_until": iso_or_null(notification.snoozed_until),
        "last_activity_at": iso(notification.last_activity_at),
        "meta": meta(notification),
        "created_at": iso(notification.created_at),
        "updated_at": iso(notification.last_activity_at),
    })
}

fn meta(notification: &Notification) -> Value {
    match notification.last_snoozed_at {
        Some(at) => json!({ "last_snoozed_at": iso(at) }),
        None => json!({}),
    }
}

fn title(notification: &Notification, display_id: i64) -> String {
    match notification.notification_type.as_str() {
        "conversation_creation" => format!("A conversation (#{display_id}) has been created"),
        "conversation_assignment" => format!("A conversation (#{display_id}) has been assigned to you"),
        "conversation_mention" => format!("You have been mentioned in conversation (#{display_id})"),
        _ => format!("A new message is created in conversation (#{display_id})"),
    }
}

fn body(view: &View<'_>, found: &db::message::Message) -> String {
    let sender = message::sender(view, found).ok().flatten();
    let name = sender.as_ref().and_then(|sender| sender["name"].as_str());
    let text = match found.content.as_deref() {
        Some(content) if !content.trim().is_empty() => first_words(content),
        _ => "No content".to_owned(),
    };
    match name {
        Some(name) => format!("{name}: {text}"),
        None => text,
    }
}

fn first_words(content: &str) -> String {
    let mut words = content.split_whitespace();
    let mut text = words.by_ref().take(WORDS).collect::<Vec<_>>().join(" ");
    if words.next().is_some() {
        text.push_str("...");
    }
    text
}
