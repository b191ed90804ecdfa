//! What the server told beyond the modelled fields is kept, also over a restart and over frames that say less.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use deskbell_domain::*;
use deskbell_store::*;
use serde_json::{Map, Value, json};

fn map(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap()
}

#[tokio::test]
async fn a_message_keeps_it_with_its_files() {
    let desk = Desk::new().await;
    let mut told = message(1, 10, "Here we are");
    told.content_type = "hologram".into();
    told.more = map(json!({ "sentiment": { "score": 0.5 }, "status": "teleported" }));
    told.attachments = vec![Attachment {
        id: 4,
        file_type: "location".into(),
        data_url: String::new(),
        thumb_url: String::new(),
        file_name: "Lobby".into(),
        file_size: 0,
        width: None,
        height: None,
        more: map(json!({ "coordinates_lat": 46.9, "coordinates_long": 7.4 })),
    }];
    desk.tell_messages(vec![told.clone()]).await;
    let desk = desk.restart().await;
    let kept = || async { desk.store.message(desk.at(1), MessageId(10)).await };
    assert_eq!(kept().await.unwrap().unwrap(), told);
    let mut frame = told.clone();
    frame.more = map(json!({ "call": { "status": "ended" } }));
    desk.tell_messages(vec![frame]).await;
    assert_eq!(
        Value::Object(kept().await.unwrap().unwrap().more),
        json!({ "sentiment": { "score": 0.5 }, "call": { "status": "ended" } })
    );
}

#[tokio::test]
async fn what_was_told_of_a_text_goes_with_it() {
    let desk = Desk::new().await;
    let mut told = message(1, 10, "My card is 4242");
    told.more = map(json!({ "processed_message_content": "My card is 4242", "sentiment": {} }));
    desk.tell_messages(vec![told.clone()]).await;
    let kept = || async {
        desk.store
            .message(desk.at(1), MessageId(10))
            .await
            .unwrap()
            .unwrap()
    };

    let mut edited = message(1, 10, "My card is lost");
    edited.content_attributes = told.content_attributes.clone();
    desk.tell_messages(vec![edited]).await;
    assert_eq!(Value::Object(kept().await.more), json!({ "sentiment": {} }));

    desk.tell_messages(vec![told]).await;
    let mut deleted = message(1, 10, "This message was deleted");
    deleted.content_attributes = map(json!({ "deleted": true }));
    desk.tell_messages(vec![deleted]).await;
    assert_eq!(kept().await.more, Map::new());
}

#[tokio::test]
async fn a_conversation_and_its_guest_keep_it() {
    let desk = Desk::new().await;
    let mut told = waiting(1);
    told.contact_id = Some(ContactId(9));
    told.more = map(json!({ "sla_policy_id": 8, "meta": { "channel": "Channel::Api" } }));
    let mut guest = contact(9, "Ines");
    guest.more = map(json!({ "company_id": 77 }));
    desk.store
        .apply(Batch {
            conversations: vec![told],
            contacts: vec![guest],
            ..Batch::new(desk.account)
        })
        .await
        .unwrap();
    let mut frame = waiting(1);
    frame.updated_at = Some(2.0);
    frame.more = map(json!({ "meta": { "hmac_verified": true } }));
    desk.store
        .apply(Batch {
            conversations: vec![frame],
            contacts: vec![contact(9, "Ines M.")],
            ..Batch::new(desk.account)
        })
        .await
        .unwrap();
    let desk = desk.restart().await;
    let kept = desk.store.conversation(desk.at(1)).await.unwrap().unwrap();
    assert_eq!(
        Value::Object(kept.server.more),
        json!({ "sla_policy_id": 8, "meta": { "channel": "Channel::Api", "hmac_verified": true } })
    );
    let guest = kept.contact.unwrap();
    assert_eq!(
        (guest.name.as_str(), guest.more["company_id"].as_i64()),
        ("Ines M.", Some(77))
    );
}
