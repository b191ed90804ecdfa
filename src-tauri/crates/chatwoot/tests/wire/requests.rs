//! What is sent, to the letter: headers, paths, bodies.

use crate::loopback::{Answer, Loopback};
use deskbell_chatwoot::{AssigneeFilter, ListQuery, OutgoingMessage, OutgoingUpload, SortBy, StatusFilter};
use deskbell_domain::{
    AgentId, AttributeChange, ContactEdit, ContactId, ConversationId, MessageId, Priority, Status, TeamId,
    TemplateMessage,
};
use serde_json::{Value, json};

const FIVE: ConversationId = ConversationId(5);

async fn answering(route: &'static str, body: Value) -> Loopback {
    Loopback::start([(route, Answer::json(200, body))]).await
}

async fn empty(route: &'static str) -> Loopback {
    Loopback::start([(route, Answer::plain(200, "text/html", ""))]).await
}

#[tokio::test]
async fn every_request_names_the_program_and_carries_the_token_with_hyphens() {
    let server = answering("GET /api/v1/accounts/2/agents", json!([])).await;
    server.account().agents().await.unwrap();
    let seen = server.only();
    assert_eq!(seen.headers["api-access-token"], "secret");
    assert!(
        seen.headers["user-agent"]
            .to_str()
            .unwrap()
            .starts_with("Deskbell/")
    );
    assert_eq!(seen.headers["accept"], "application/json");
}

#[tokio::test]
async fn a_message_carries_its_key_twice() {
    let answer = json!({ "id": 90, "conversation_id": 5, "content": "Yes", "message_type": 1, "created_at": 1_700_000_000,
        "echo_id": "key", "content_attributes": { "client_ref": "key" } });
    let server = answering("POST /api/v1/accounts/2/conversations/5/messages", answer).await;
    let outgoing = OutgoingMessage {
        content: "Yes".into(),
        private: false,
        client_ref: "key".into(),
        ..OutgoingMessage::default()
    };
    let sent = server.account().send_message(FIVE, outgoing).await.unwrap();
    assert_eq!(
        (sent.id, sent.echo_id.as_deref(), sent.client_ref()),
        (MessageId(90), Some("key"), Some("key"))
    );
    assert_eq!(
        server.only().body,
        json!({ "content": "Yes", "message_type": "outgoing", "private": false, "echo_id": "key",
            "content_attributes": { "client_ref": "key" } })
    );
}

#[tokio::test]
async fn a_template_goes_with_its_values_and_an_answer_names_what_it_answers() {
    let answer = json!({ "id": 91, "conversation_id": 5, "content": "Hello Ines", "message_type": 1, "created_at": 1 });
    let server = answering("POST /api/v1/accounts/2/conversations/5/messages", answer).await;
    let outgoing = OutgoingMessage {
        content: "Hello Ines".into(),
        client_ref: "key".into(),
        reply_to: Some(MessageId(80)),
        template: Some(TemplateMessage {
            name: "booking_reminder".into(),
            language: "en".into(),
            category: "UTILITY".into(),
            namespace: Some("desk".into()),
            processed_params: json!({ "body": { "1": "Ines" } }).as_object().cloned().unwrap(),
        }),
        ..OutgoingMessage::default()
    };
    server.account().send_message(FIVE, outgoing).await.unwrap();
    let body = server.only().body;
    assert_eq!(
        body["content_attributes"],
        json!({ "client_ref": "key", "in_reply_to": 80 })
    );
    assert_eq!(
        body["template_params"],
        json!({ "name": "booking_reminder", "language": "en", "category": "UTILITY", "namespace": "desk",
            "processed_params": { "body": { "1": "Ines" } } })
    );
}

#[tokio::test]
async fn files_travel_with_their_message_in_one_form() {
    let answer =
        json!({ "id": 92, "conversation_id": 5, "content": "Here", "message_type": 1, "created_at": 1 });
    let server = answering("POST /api/v1/accounts/2/conversations/5/messages", answer).await;
    let upload = |name: &str, bytes: &[u8]| OutgoingUpload {
        name: name.into(),
        content_type: "text/plain".into(),
        bytes: bytes.to_vec(),
    };
    let outgoing = OutgoingMessage {
        content: "Here".into(),
        client_ref: "key".into(),
        files: vec![upload("menü.txt", b"soup"), upload("b.txt", b"\x00\xff")],
        ..OutgoingMessage::default()
    };
    server.account().send_message(FIVE, outgoing).await.unwrap();
    let seen = server.only();
    let kind = seen.headers["content-type"].to_str().unwrap();
    assert!(kind.starts_with("multipart/form-data; boundary="), "{kind}");
    let body = String::from_utf8_lossy(&seen.bytes);
    assert_eq!(body.matches("name=\"attachments[]\"").count(), 2);
    for part in [
        "name=\"content\"",
        "soup",
        "{\"client_ref\":\"key\"}",
        "name=\"echo_id\"",
        "text/plain",
    ] {
        assert!(body.contains(part), "{part} is missing in {body}");
    }
    assert!(seen.bytes.windows(2).any(|pair| pair == [0x00, 0xff]));
}

#[tokio::test]
async fn a_customer_is_told_only_what_was_touched() {
    let server = Loopback::start([
        (
            "PUT /api/v1/accounts/2/contacts/7",
            Answer::json(200, json!({ "payload": {} })),
        ),
        (
            "POST /api/v1/accounts/2/contacts/7/destroy_custom_attributes",
            Answer::json(200, json!({ "payload": {} })),
        ),
    ])
    .await;
    let edit = ContactEdit {
        email: Some(String::new()),
        attributes: AttributeChange {
            set: json!({ "room": "12" }).as_object().cloned().unwrap(),
            remove: vec!["diet".into()],
        },
        ..ContactEdit::default()
    };
    server
        .account()
        .update_contact(ContactId(7), &edit)
        .await
        .unwrap();
    let seen = server.seen();
    assert_eq!(
        seen[0].body,
        json!({ "email": null, "custom_attributes": { "room": "12" } })
    );
    assert_eq!(seen[1].body, json!({ "custom_attributes": ["diet"] }));
}

#[tokio::test]
async fn a_list_asks_for_what_it_wants() {
    let body = json!({ "data": { "meta": {}, "payload": [] } });
    let server = answering("GET /api/v1/accounts/2/conversations", body).await;
    let query = ListQuery {
        status: StatusFilter::Only(Status::Pending),
        page: 3,
        assignee_type: Some(AssigneeFilter::Unassigned),
        sort_by: Some(SortBy::LongestWaiting),
        updated_within: Some(90),
        labels: vec!["vip".into(), "früh".into()],
    };
    server.account().conversations(&query).await.unwrap();
    server
        .account()
        .conversations(&ListQuery::default())
        .await
        .unwrap();
    let lines: Vec<String> = server.seen().into_iter().map(|seen| seen.line).collect();
    assert_eq!(
        lines[0],
        "GET /api/v1/accounts/2/conversations?status=pending&page=3&assignee_type=unassigned\
         &sort_by=waiting_since_asc&updated_within=90&labels%5B%5D=vip&labels%5B%5D=fr%C3%BCh"
    );
    assert_eq!(lines[1], "GET /api/v1/accounts/2/conversations?status=all&page=1");
}

#[tokio::test]
async fn messages_are_asked_for_by_their_bounds() {
    let body = json!({ "meta": {}, "payload": [] });
    let server = answering("GET /api/v1/accounts/2/conversations/5/messages", body).await;
    let api = server.account();
    api.messages(FIVE, None, None).await.unwrap();
    api.messages(FIVE, Some(MessageId(9)), None).await.unwrap();
    api.messages(FIVE, None, Some(MessageId(0))).await.unwrap();
    let queries: Vec<String> = server
        .seen()
        .into_iter()
        .map(|seen| seen.line.split("messages").nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(queries, ["", "?before=9", "?after=0"]);
}

#[tokio::test]
async fn a_status_is_set_and_only_a_snooze_has_an_end() {
    let body = json!({ "payload": { "success": null, "conversation_id": 5, "current_status": "snoozed" } });
    let server = answering("POST /api/v1/accounts/2/conversations/5/toggle_status", body).await;
    let api = server.account();
    api.toggle_status(FIVE, Status::Snoozed, Some(1_800_000_000))
        .await
        .unwrap();
    api.toggle_status(FIVE, Status::Open, Some(1_800_000_000))
        .await
        .unwrap();
    let bodies: Vec<Value> = server.seen().into_iter().map(|seen| seen.body).collect();
    assert_eq!(
        bodies,
        [
            json!({ "status": "snoozed", "snoozed_until": 1_800_000_000 }),
            json!({ "status": "open" })
        ]
    );
}

#[tokio::test]
async fn giving_it_to_nobody_is_a_null_and_an_unknown_person_is_a_refusal() {
    let route = "POST /api/v1/accounts/2/conversations/5/assignments";
    let server = answering(route, Value::Null).await;
    let api = server.account();
    api.assign_agent(FIVE, None).await.unwrap();
    api.assign_team(FIVE, None).await.unwrap();
    assert!(api.assign_agent(FIVE, Some(AgentId(99))).await.is_err());
    let bodies: Vec<Value> = server.seen().into_iter().map(|seen| seen.body).collect();
    assert_eq!(
        bodies,
        [
            json!({ "assignee_id": null }),
            json!({ "team_id": null }),
            json!({ "assignee_id": 99 })
        ]
    );

    let server = answering(route, json!({ "id": 4, "name": "reception" })).await;
    server.account().assign_team(FIVE, Some(TeamId(4))).await.unwrap();
    assert_eq!(server.only().body, json!({ "team_id": 4 }));
}

#[tokio::test]
async fn empty_answers_are_good_answers() {
    let server = empty("POST /api/v1/accounts/2/conversations/5/toggle_priority").await;
    server
        .account()
        .set_priority(FIVE, Some(Priority::Urgent))
        .await
        .unwrap();
    assert_eq!(server.only().body, json!({ "priority": "urgent" }));

    let server = empty("POST /api/v1/accounts/2/conversations/5/toggle_typing_status").await;
    server.account().typing(FIVE, true).await.unwrap();
    assert_eq!(
        server.only().body,
        json!({ "typing_status": "on", "is_private": false })
    );

    let server = empty("POST /api/v1/accounts/2/conversations/5/update_last_seen").await;
    server.account().update_last_seen(FIVE).await.unwrap();
    let server = empty("POST /api/v1/accounts/2/conversations/5/unread").await;
    server.account().mark_unread(FIVE).await.unwrap();
}

#[tokio::test]
async fn whoever_looks_is_told_who_else_does() {
    let route = "POST /api/v1/accounts/2/conversations/5/looking";
    let nora = json!({ "id": 7, "name": "Nora", "type": "user" });
    let server = answering(
        route,
        json!({ "payload": [nora, { "name": "nobody" }], "seconds": 30 }),
    )
    .await;
    let others = server.account().looking(FIVE, true).await.unwrap();
    assert_eq!(others, [(AgentId(7), "Nora".to_owned())]);
    assert_eq!(server.only().body, json!({ "looking": true }));
}

#[tokio::test]
async fn labels_are_written_as_a_whole_set() {
    let route = "POST /api/v1/accounts/2/conversations/5/labels";
    let server = answering(route, json!({ "payload": ["vip", "late"] })).await;
    let labels = vec!["vip".to_owned(), "late".to_owned()];
    assert_eq!(
        server
            .account()
            .set_conversation_labels(FIVE, &labels)
            .await
            .unwrap(),
        labels
    );
    assert_eq!(server.only().body, json!({ "labels": ["vip", "late"] }));
}
