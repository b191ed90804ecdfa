//! Messages (reference §4.1, §4.2).

use crate::wire::message;
use deskbell_domain::{ConversationId, Delivery, Message, MessageKind, SenderKind};
use serde_json::{Value, json};

fn read(value: Value) -> Message {
    message(&value, Some(ConversationId(5))).unwrap()
}

#[test]
fn a_type_is_a_number_or_a_word() {
    let kind = |word: Value| read(json!({ "id": 1, "message_type": word })).kind;
    assert_eq!(
        [kind(json!(0)), kind(json!("incoming"))],
        [MessageKind::Incoming; 2]
    );
    assert_eq!(
        [kind(json!(1)), kind(json!("outgoing")), kind(json!("1"))],
        [MessageKind::Outgoing; 3]
    );
    assert_eq!(
        [kind(json!(2)), kind(json!("activity")), kind(json!(77))],
        [MessageKind::Activity; 3]
    );
    assert_eq!(
        [kind(json!(3)), kind(json!("template"))],
        [MessageKind::Template; 2]
    );
}

#[test]
fn a_user_and_a_contact_with_one_number_stay_apart() {
    let user = read(json!({ "id": 1, "sender": { "id": 7, "type": "user", "name": "Nadia" } }))
        .sender
        .unwrap();
    let guest = read(json!({ "id": 1, "sender": { "id": 7, "type": "contact", "name": "Ines" } }))
        .sender
        .unwrap();
    assert_eq!((user.kind, guest.kind), (SenderKind::User, SenderKind::Contact));
    let bot =
        read(json!({ "id": 1, "sender": { "id": "4", "type": "agent_bot", "name": "Concierge" } })).sender;
    assert_eq!(bot.unwrap().kind, SenderKind::Bot);
    let assistant = json!({ "id": 1, "sender": { "id": 4, "type": "captain_assistant", "name": "C" } });
    assert_eq!(read(assistant).sender.unwrap().kind, SenderKind::Bot);
}

#[test]
fn the_socket_names_a_sender_in_columns_too() {
    let sender = read(json!({ "id": 1, "sender_type": "User", "sender_id": 7 }))
        .sender
        .unwrap();
    assert_eq!(
        (sender.kind, sender.id, sender.name.as_str()),
        (SenderKind::User, 7, "")
    );
    assert_eq!(
        read(json!({ "id": 1, "sender_type": null, "sender_id": null })).sender,
        None
    );
}

#[test]
fn a_failed_message_says_why_and_a_deleted_one_that_it_is() {
    let failed =
        read(json!({ "id": 1, "status": "failed", "content_attributes": { "external_error": "closed" } }));
    assert_eq!(
        (failed.delivery, failed.external_error()),
        (Delivery::Failed, Some("closed"))
    );
    let deleted = read(json!({ "id": 1, "status": "progress", "content_attributes": "{\"deleted\":true}" }));
    assert_eq!((deleted.delivery, deleted.is_deleted()), (Delivery::Sent, true));
}

#[test]
fn a_message_without_words_is_read_with_its_files() {
    let message = read(json!({ "id": 1, "content": null, "attachments": [
        { "id": 3, "file_type": "image", "data_url": "https://x.example/rails/blobs/abc/pass%20port.jpg?disposition=inline",
          "thumb_url": "", "file_size": 1024, "width": 800, "height": null },
        { "id": 4, "file_type": "location", "fallback_title": "Seestrasse 1", "data_url": "" },
        { "file_type": "image" },
        "no file",
    ] }));
    assert_eq!(message.content, "");
    let files: Vec<_> = message
        .attachments
        .iter()
        .map(|file| (file.file_name.as_str(), file.width))
        .collect();
    assert_eq!(
        files,
        [("pass port.jpg", Some(800)), ("Seestrasse 1", None), ("", None)]
    );
}

#[test]
fn a_message_needs_a_number_and_a_home() {
    assert!(message(&json!({ "content": "x" }), Some(ConversationId(5))).is_none());
    assert!(message(&json!({ "id": 1 }), None).is_none());
    let elsewhere = message(
        &json!({ "id": 1, "conversation_id": "6" }),
        Some(ConversationId(5)),
    )
    .unwrap();
    assert_eq!(elsewhere.conversation_id, ConversationId(6));
}
