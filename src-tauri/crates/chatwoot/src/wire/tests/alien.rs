//! What a newer server may add or change: nothing of it fails, and what is not modelled is kept as told.

use crate::wire::{contact, conversation_update, message};
use deskbell_domain::{ConversationId, Delivery, MessageKind, Status};
use serde_json::{Value, json};

#[test]
fn a_message_keeps_what_is_not_modelled() {
    let told = json!({
        "id": "41", "conversation_id": 5.0, "account_id": 2, "inbox_id": 3, "message_type": "hologram",
        "content": 12, "processed_message_content": "12", "content_type": "hologram", "status": "teleported",
        "private": "maybe", "created_at": "soon", "source_id": ["odd"], "content_attributes": [1],
        "sender": "nobody", "sentiment": { "score": 0.5 }, "call": { "status": "ringing", "access_token": "t" },
        "additional_attributes": { "template_params": { "name": "welcome", "language": "en" } },
        "attachments": [7, { "file_type": "image" },
            { "id": 1, "message_id": 41, "file_type": "location", "coordinates_lat": 46.9, "coordinates_long": 7.4,
              "fallback_title": "Lobby", "data_url": "https://maps.example/x" },
            { "id": 2, "file_type": "contact", "fallback_title": "+41790000000", "meta": { "firstName": "Ines" } },
            { "id": 3, "file_type": "audio", "data_url": 9, "extension": "ogg", "transcribed_text": "Late, sorry" }],
    });
    let read = message(&told, None).unwrap();
    assert_eq!((read.id.0, read.conversation_id), (41, ConversationId(5)));
    assert_eq!(
        (read.kind, read.delivery),
        (MessageKind::Activity, Delivery::Sent)
    );
    assert_eq!(
        (read.content.as_str(), read.content_type.as_str()),
        ("12", "hologram")
    );
    assert_eq!(
        Value::Object(read.more),
        json!({
            "inbox_id": 3, "message_type": "hologram", "status": "teleported", "sentiment": { "score": 0.5 },
            "call": { "status": "ringing" },
            "additional_attributes": { "template_params": { "name": "welcome", "language": "en" } },
        })
    );
    let ids: Vec<i64> = read.attachments.iter().map(|file| file.id).collect();
    assert_eq!(
        ids,
        [-2, 1, 2, 3],
        "a file without a number is kept, what is no file is not"
    );
    let more: Vec<Value> = read
        .attachments
        .into_iter()
        .map(|file| file.more.into())
        .collect();
    assert_eq!(
        more,
        [
            json!({}),
            json!({ "coordinates_lat": 46.9, "coordinates_long": 7.4, "fallback_title": "Lobby" }),
            json!({ "fallback_title": "+41790000000", "meta": { "firstName": "Ines" } }),
            json!({ "extension": "ogg", "transcribed_text": "Late, sorry" }),
        ],
    );
}

#[test]
fn the_channels_form_of_a_text_is_kept_where_it_differs() {
    let told = json!({ "id": 1, "content": "Hi {{name}}", "processed_message_content": "Hi Ines" });
    let read = message(&told, Some(ConversationId(5))).unwrap();
    assert_eq!(
        Value::Object(read.more),
        json!({ "processed_message_content": "Hi Ines" })
    );
}

#[test]
fn a_conversation_keeps_what_is_not_modelled() {
    let told = json!({
        "id": 5, "inbox_id": "3", "account_id": 2, "status": "dreaming", "priority": 9, "labels": [1, "vip", null],
        "unread_count": "many", "created_at": {}, "updated_at": [], "custom_attributes": "none", "messages": [4, {}],
        "sla_policy_id": 8, "applied_sla": { "id": 1 }, "assignee_last_seen_at": 12,
        "contact_inbox": { "source_id": "s", "pubsub_token": "secret of the guest" },
        "meta": { "sender": 4, "assignee": [], "team": "x", "channel": "Channel::Api", "hmac_verified": true },
    });
    let update = conversation_update(&told).unwrap();
    assert_eq!(update.conversation.status, Status::Open);
    assert_eq!(update.conversation.labels, ["vip"]);
    assert!(update.messages.is_empty() && update.contact.is_none());
    assert_eq!(
        Value::Object(update.conversation.more),
        json!({
            "status": "dreaming", "priority": 9, "sla_policy_id": 8, "applied_sla": { "id": 1 },
            "assignee_last_seen_at": 12, "contact_inbox": { "source_id": "s" },
            "meta": { "channel": "Channel::Api", "hmac_verified": true },
        })
    );
}

#[test]
fn a_contact_keeps_what_is_not_modelled() {
    let told = json!({
        "id": 9, "name": 5, "email": [], "blocked": "no", "created_at": "x", "company_id": 77, "type": "contact",
        "availability_status": "online", "custom_attributes": 1,
        "contact_inboxes": [{ "source_id": "s", "inbox": { "id": 3, "hmac_token": "secret" } }],
    });
    let read = contact(&told).unwrap();
    assert_eq!((read.name.as_str(), read.email, read.blocked), ("5", None, None));
    assert_eq!(
        Value::Object(read.more),
        json!({ "company_id": 77, "contact_inboxes": [{ "source_id": "s", "inbox": { "id": 3 } }] })
    );
}
