//! The list of notifications, as the server gives it.

use crate::loopback::{Answer, Loopback};
use deskbell_chatwoot::ClientError;
use deskbell_domain::{ConversationId, MessageId};
use serde_json::{Value, json};

const LIST: &str = "GET /api/v1/accounts/2/notifications";

fn told(id: i64) -> Value {
    json!({ "id": id, "notification_type": "participating_conversation_new_message",
        "push_message_title": "A new message", "push_message_body": "Ines: Hello", "primary_actor_type": "Conversation",
        "primary_actor_id": 900, "primary_actor": { "id": 5, "inbox_id": 3 }, "read_at": "2024-01-02T03:04:05.000Z",
        "secondary_actor": { "id": 41, "conversation_id": 5 }, "user": { "id": 7, "pubsub_token": "p" },
        "created_at": 1_704_164_645, "last_activity_at": 1_704_164_650, "snoozed_until": null,
        "meta": { "last_snoozed_at": 3 } })
}

#[tokio::test]
async fn the_newest_come_with_the_count_of_unread_ones() {
    let body = json!({ "data": { "meta": { "unread_count": "2", "count": 9, "current_page": "1" },
        "payload": [told(8), { "notification_type": "no number" }, 4, { "id": 7, "created_at": 12 }] } });
    let server = Loopback::start([(LIST, Answer::json(200, body))]).await;
    let page = server.account().notifications().await.unwrap().unwrap();
    assert_eq!((page.unread_count, page.is_all, page.items.len()), (2, true, 2));
    let first = &page.items[0];
    assert_eq!(
        (first.conversation, first.message),
        (Some(ConversationId(5)), Some(MessageId(41)))
    );
    assert_eq!(
        (first.read_at, first.last_activity_at),
        (Some(1_704_164_645), 1_704_164_650)
    );
    assert_eq!(
        Value::Object(first.more.clone()),
        json!({ "primary_actor_type": "Conversation", "primary_actor_id": 900, "meta": { "last_snoozed_at": 3 } })
    );
    assert_eq!(
        page.items[1].last_activity_at, 12,
        "older releases have only this time"
    );
    let line = server.only().line;
    assert!(
        line.contains("read") && line.contains("snoozed"),
        "read and put off ones are asked for: {line}"
    );
}

#[tokio::test]
async fn a_full_page_is_not_all_there_is() {
    let body = json!({ "data": { "meta": { "unread_count": 40 }, "payload": (1..=15).map(told).collect::<Vec<_>>() } });
    let server = Loopback::start([(LIST, Answer::json(200, body))]).await;
    let page = server.account().notifications().await.unwrap().unwrap();
    assert_eq!((page.items.len(), page.is_all), (15, false));
}

#[tokio::test]
async fn where_there_are_none_to_be_had_they_are_absent() {
    let server = Loopback::start([]).await;
    assert_eq!(server.account().notifications().await, Ok(None));
    let odd = Loopback::start([(LIST, Answer::json(200, json!({ "data": [] })))]).await;
    assert_eq!(odd.account().notifications().await, Err(ClientError::Unknown));
}
