//! The events of the socket as `domain` entities (reference §10.3). Unknown ones are [`WireEvent::Other`].

use crate::wire::{
    ConversationUpdate, Read, contact, conversation_update, message, notification, unread_count,
};
use deskbell_domain::{
    AgentId, Availability, Contact, ContactId, ConversationId, Message, Notification, Someone,
};
use serde_json::Value;

/// One event. `account_id` must be looked at: all accounts of a person share the stream.
#[expect(
    clippy::large_enum_variant,
    reason = "a handful exist at a time, and each is taken apart at once"
)]
#[derive(Clone, Debug, PartialEq)]
pub enum WireEvent {
    /// A message is new (`created`) or changed.
    Message {
        account_id: i64,
        message: Message,
        created: bool,
        conversation_now: ConversationNow,
    },
    Conversation {
        account_id: i64,
        update: ConversationUpdate,
        kind: ConversationEventKind,
    },
    ContactChanged {
        account_id: i64,
        contact: Contact,
    },
    ContactGone {
        account_id: i64,
        contact: ContactId,
    },
    Typing {
        account_id: i64,
        conversation: ConversationId,
        by: Someone,
        name: String,
        on: bool,
        private: bool,
    },
    /// A colleague has the conversation before them, or no longer. Our own desk alone tells.
    Looking {
        account_id: i64,
        conversation: ConversationId,
        agent: AgentId,
        name: String,
        on: bool,
    },
    /// Who is here. Whoever is missing is offline.
    Presence {
        account_id: i64,
        users: Vec<(AgentId, Availability)>,
    },
    /// The signed-in person is told to look at something, or that changed: read, put off, due again.
    NotificationChanged {
        account_id: i64,
        notification: Notification,
    },
    /// A newer one took its place, or somebody took it away. `id` is its number.
    NotificationGone {
        account_id: i64,
        id: i64,
    },
    /// Labels, inboxes or teams changed.
    CacheInvalidated {
        account_id: i64,
    },
    /// The views shared with everybody changed.
    SharedViewsChanged {
        account_id: i64,
    },
    /// Something this client has no use for.
    Other,
}

/// What happened to a conversation. One press makes several of them; each carries the whole conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConversationEventKind {
    Created,
    Updated,
    StatusChanged,
    AssigneeChanged,
    TeamChanged,
    /// The guest has read.
    Read,
    ContactChanged,
    /// Somebody named the signed-in person in a note.
    Mentioned,
}

/// What a message says about its conversation: for many messages no other event does (reference §10.6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConversationNow {
    pub unread_count: Option<u32>,
    pub last_activity_at: Option<i64>,
}

impl WireEvent {
    /// Reads the `message` of a frame.
    pub(crate) fn read(message: &Value) -> Self {
        let data = message.raw("data").unwrap_or(&Value::Null);
        let event = message.text("event");
        let Some(account_id) = data.int("account_id") else {
            return Self::Other;
        };
        let read = match event.as_str() {
            "message.created" => of_message(account_id, data, true),
            "message.updated" => of_message(account_id, data, false),
            "contact.created" | "contact.updated" | "contact.merged" => {
                contact(data).map(|contact| Self::ContactChanged { account_id, contact })
            }
            "contact.deleted" => data.int("id").map(|id| Self::ContactGone {
                account_id,
                contact: ContactId(id),
            }),
            "conversation.typing_on" => typing(account_id, data, true),
            "conversation.typing_off" => typing(account_id, data, false),
            "conversation.looking_on" => looking(account_id, data, true),
            "conversation.looking_off" => looking(account_id, data, false),
            "presence.update" => Some(Self::Presence {
                account_id,
                users: users(data),
            }),
            "notification.created" | "notification.updated" => data
                .raw("notification")
                .and_then(notification)
                .map(|notification| Self::NotificationChanged {
                    account_id,
                    notification,
                }),
            "notification.deleted" => data
                .raw("notification")
                .and_then(|gone| gone.int("id"))
                .map(|id| Self::NotificationGone { account_id, id }),
            "shared_view.created" | "shared_view.updated" | "shared_view.deleted" | "shared_view.ordered" => {
                Some(Self::SharedViewsChanged { account_id })
            }
            "account.cache_invalidated" => Some(Self::CacheInvalidated { account_id }),
            other => conversation_kind(other).and_then(|kind| {
                conversation_update(data).map(|update| Self::Conversation {
                    account_id,
                    update,
                    kind,
                })
            }),
        };
        read.unwrap_or(Self::Other)
    }
}

fn of_message(account_id: i64, data: &Value, created: bool) -> Option<WireEvent> {
    let conversation = data.raw("conversation").unwrap_or(&Value::Null);
    let conversation_now = ConversationNow {
        unread_count: unread_count(conversation),
        last_activity_at: conversation.time("last_activity_at"),
    };
    Some(WireEvent::Message {
        account_id,
        message: message(data, None)?,
        created,
        conversation_now,
    })
}

fn conversation_kind(event: &str) -> Option<ConversationEventKind> {
    Some(match event {
        "conversation.created" => ConversationEventKind::Created,
        "conversation.updated" => ConversationEventKind::Updated,
        "conversation.status_changed" => ConversationEventKind::StatusChanged,
        "assignee.changed" => ConversationEventKind::AssigneeChanged,
        "team.changed" => ConversationEventKind::TeamChanged,
        "conversation.read" => ConversationEventKind::Read,
        "conversation.contact_changed" => ConversationEventKind::ContactChanged,
        "conversation.mentioned" => ConversationEventKind::Mentioned,
        _ => return None,
    })
}

fn typing(account_id: i64, data: &Value, on: bool) -> Option<WireEvent> {
    let user = data.raw("user").unwrap_or(&Value::Null);
    Some(WireEvent::Typing {
        account_id,
        conversation: ConversationId(data.raw("conversation")?.int("id")?),
        by: someone(user)?,
        name: user.text_or("name", "available_name"),
        on,
        private: data.flag("is_private").unwrap_or(false),
    })
}

/// Older releases leave the kind out: only people of the desk have an `available_name`.
fn someone(user: &Value) -> Option<Someone> {
    let kind = user.some_text("type").map(|kind| kind.to_ascii_lowercase());
    Some(match kind.as_deref() {
        Some("contact") => Someone::Guest,
        None if user.raw("available_name").is_none() => Someone::Guest,
        Some("user") | None => Someone::Agent(AgentId(user.int("id")?)),
        Some(_) => Someone::Bot,
    })
}

fn looking(account_id: i64, data: &Value, on: bool) -> Option<WireEvent> {
    let user = data.raw("user")?;
    Some(WireEvent::Looking {
        account_id,
        conversation: ConversationId(data.raw("conversation")?.int("id")?),
        agent: AgentId(user.int("id")?),
        name: user.text_or("name", "available_name"),
        on,
    })
}

fn users(data: &Value) -> Vec<(AgentId, Availability)> {
    let users = data.object("users").into_iter();
    users
        .filter_map(|(id, word)| {
            let word = word.as_str().unwrap_or("");
            Some((AgentId(id.parse().ok()?), Availability::parse(word)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn typing_says_who_and_whether_the_guest_may_see() {
        let frame = |user: Value| {
            WireEvent::read(&json!({ "event": "conversation.typing_on", "data": {
                "account_id": 2, "conversation": { "id": 5 }, "user": user, "is_private": true } }))
        };
        let guest = frame(json!({ "id": 9, "name": "Ines", "type": "contact" }));
        let expected = WireEvent::Typing {
            account_id: 2,
            conversation: ConversationId(5),
            by: Someone::Guest,
            name: "Ines".into(),
            on: true,
            private: true,
        };
        assert_eq!(guest, expected);
        let by = |user: Value| match frame(user) {
            WireEvent::Typing { by, .. } => Some(by),
            _ => None,
        };
        let colleague = Some(Someone::Agent(AgentId(7)));
        assert_eq!(by(json!({ "id": 7, "name": "Nadia", "type": "user" })), colleague);
        assert_eq!(
            by(json!({ "id": 7, "name": "Nadia", "available_name": "N" })),
            colleague
        );
        assert_eq!(by(json!({ "id": 9, "name": "Ines" })), Some(Someone::Guest));
        assert_eq!(
            by(json!({ "id": 1, "name": "AI", "type": "agent_bot" })),
            Some(Someone::Bot)
        );
        assert_eq!(
            by(json!({ "name": "Nadia", "type": "user" })),
            None,
            "nobody knows who"
        );
    }

    #[test]
    fn our_own_desk_says_who_looks() {
        let frame = |event: &str| {
            WireEvent::read(
                &json!({ "event": event, "data": { "account_id": 2, "conversation": { "id": 5 },
                "user": { "id": 7, "name": "Nadia", "type": "user" } } }),
            )
        };
        let looking = |on: bool| WireEvent::Looking {
            account_id: 2,
            conversation: ConversationId(5),
            agent: AgentId(7),
            name: "Nadia".into(),
            on,
        };
        assert_eq!(frame("conversation.looking_on"), looking(true));
        assert_eq!(frame("conversation.looking_off"), looking(false));
    }

    #[test]
    fn events_are_read_by_their_names_and_unknown_ones_do_no_harm() {
        let read = |event: &str, data: Value| WireEvent::read(&json!({ "event": event, "data": data }));
        let conversation = json!({ "account_id": 2, "id": 5, "inbox_id": 3 });
        for (event, expected) in [
            ("conversation.created", ConversationEventKind::Created),
            ("conversation.updated", ConversationEventKind::Updated),
            (
                "conversation.status_changed",
                ConversationEventKind::StatusChanged,
            ),
            ("assignee.changed", ConversationEventKind::AssigneeChanged),
            ("team.changed", ConversationEventKind::TeamChanged),
            ("conversation.read", ConversationEventKind::Read),
            (
                "conversation.contact_changed",
                ConversationEventKind::ContactChanged,
            ),
            ("conversation.mentioned", ConversationEventKind::Mentioned),
        ] {
            let told = read(event, conversation.clone());
            assert!(
                matches!(told, WireEvent::Conversation { account_id: 2, kind, .. } if kind == expected),
                "{event}"
            );
        }
        assert_eq!(
            read("account.cache_invalidated", json!({ "account_id": 2 })),
            WireEvent::CacheInvalidated { account_id: 2 }
        );
        let told = read(
            "notification.created",
            json!({ "account_id": 2, "unread_count": 1, "count": 1, "notification": { "id": 8,
                "notification_type": "conversation_mention", "push_message_title": "Ana: @Ben?",
                "push_message_body": "Ana: @Ben?", "primary_actor_type": "Conversation", "primary_actor_id": 900,
                "primary_actor": { "id": 5 }, "secondary_actor": { "id": 41, "conversation_id": 5 },
                "read_at": null, "snoozed_until": null, "user": { "id": 7 }, "created_at": 1_704_164_645,
                "last_activity_at": 1_704_164_645, "meta": {}, "account_id": 2 } }),
        );
        let WireEvent::NotificationChanged {
            account_id: 2,
            notification,
        } = told
        else {
            panic!("no notification");
        };
        assert!(notification.is_unread());
        assert_eq!(notification.conversation, Some(ConversationId(5)));
        assert_eq!(notification.message.map(|id| id.0), Some(41));
        assert_eq!(
            read(
                "notification.deleted",
                json!({ "account_id": 2, "notification": { "id": 8 }, "count": 0 })
            ),
            WireEvent::NotificationGone { account_id: 2, id: 8 }
        );
        assert_eq!(
            read("notification.created", json!({ "account_id": 2 })),
            WireEvent::Other
        );
        assert_eq!(
            read("copilot.message.created", json!({ "account_id": 2 })),
            WireEvent::Other
        );
        assert_eq!(
            read("message.created", json!({ "account_id": 2 })),
            WireEvent::Other
        );
        assert_eq!(
            read("contact.updated", json!({ "id": 9 })),
            WireEvent::Other,
            "whose contact it is must be said"
        );
    }
}
