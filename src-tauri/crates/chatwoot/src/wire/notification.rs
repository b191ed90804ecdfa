//! Notifications, in the REST form and in the socket's (reference §8.1).

use super::Read;
use super::more::more;
use deskbell_domain::{ConversationId, MessageId, Notification};
use serde_json::Value;

/// Read into fields, or told in full elsewhere: conversation, message and owner.
const MODELLED: &[&str] = &[
    "id",
    "account_id",
    "notification_type",
    "push_message_title",
    "push_message_body",
    "primary_actor",
    "secondary_actor",
    "user",
    "created_at",
    "last_activity_at",
    "read_at",
    "snoozed_until",
];

pub(crate) fn notification(value: &Value) -> Option<Notification> {
    let created_at = value.time("created_at");
    Some(Notification {
        id: value.int("id")?,
        kind: value.text("notification_type"),
        title: value.text("push_message_title"),
        body: value.text("push_message_body"),
        conversation: conversation(value),
        message: message(value),
        created_at,
        // Older than 3.5.2 has no activity.
        last_activity_at: value.time("last_activity_at").or(created_at).unwrap_or(0),
        read_at: value.time("read_at"),
        snoozed_until: value.time("snoozed_until"),
        more: more(value, MODELLED),
    })
}

/// The number inside the actor; `primary_actor_id` is the database's.
fn conversation(value: &Value) -> Option<ConversationId> {
    let is_conversation = value.text("primary_actor_type") == "Conversation";
    let actor = value.raw("primary_actor").filter(|_| is_conversation)?;
    actor.int("id").map(ConversationId)
}

/// Of the things that may have caused one, only messages name their conversation.
fn message(value: &Value) -> Option<MessageId> {
    let cause = value.raw("secondary_actor")?;
    cause.int("conversation_id")?;
    cause.int("id").map(MessageId)
}
