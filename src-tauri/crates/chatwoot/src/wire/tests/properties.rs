//! Whatever a server sends, reading it never panics.

use crate::cable::WireEvent;
use crate::sign_in::Profile;
use crate::wire::{agent, canned_response, contact, conversation_update, inbox, label, message, team};
use deskbell_domain::ConversationId;
use proptest::prelude::*;
use serde_json::{Map, Number, Value};

const KEYS: &[&str] = &[
    "id",
    "inbox_id",
    "account_id",
    "conversation_id",
    "meta",
    "sender",
    "assignee",
    "assignee_type",
    "team",
    "type",
    "status",
    "priority",
    "labels",
    "messages",
    "last_non_activity_message",
    "created_at",
    "updated_at",
    "last_activity_at",
    "timestamp",
    "snoozed_until",
    "first_reply_created_at",
    "waiting_since",
    "unread_count",
    "custom_attributes",
    "additional_attributes",
    "content_attributes",
    "attachments",
    "data_url",
    "file_size",
    "message_type",
    "sender_type",
    "sender_id",
    "channel_type",
    "agent_reply_time_window",
    "role",
    "accounts",
    "availability_status",
    "title",
    "event",
    "data",
    "user",
    "users",
    "conversation",
    "contact_inbox",
    "payload",
];

const WORDS: &[&str] = &[
    "",
    "0",
    "-1",
    "5",
    "1e400",
    "true",
    "open",
    "User",
    "AgentBot",
    "contact",
    "Channel::Api",
    "null",
    "{}",
    "[",
    "2024-01-02T03:04:05.000Z",
    "9999-99-99T00:00:00Z",
    "-009999-01-01T00:00:00Z",
    "https://x/%ff%",
    "data:,",
    "é\u{0}",
    "message.created",
    "conversation.updated",
    "conversation.typing_on",
    "conversation.looking_on",
    "presence.update",
    "contact.deleted",
];

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| Number::from_f64(number).map_or(Value::Null, Value::Number)),
        prop::sample::select(WORDS).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 96, 12, |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            4 => prop::collection::vec((prop::sample::select(KEYS), inner), 0..12).prop_map(|pairs| {
                let pairs = pairs.into_iter().map(|(key, value)| (key.to_owned(), value));
                Value::Object(pairs.collect::<Map<_, _>>())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn no_json_makes_reading_panic(value in json()) {
        let _ = conversation_update(&value);
        let _ = message(&value, Some(ConversationId(1)));
        let _ = contact(&value);
        let _ = (agent(&value), team(&value), canned_response(&value), label(&value), inbox(&value));
        let _ = Profile::read(&value);
        let _ = WireEvent::read(&value);
    }

    #[test]
    fn what_has_a_number_and_an_inbox_is_always_read(id in any::<i64>(), inbox in any::<i64>(), value in json()) {
        let mut value = if value.is_object() { value } else { Value::Object(Map::new()) };
        value["id"] = id.into();
        value["inbox_id"] = inbox.into();
        prop_assert!(conversation_update(&value).is_some());
        prop_assert!(message(&value, Some(ConversationId(1))).is_some());
    }
}
