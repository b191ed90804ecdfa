//! Reference §11.2: the guests' own API.

use crate::house::{House, assert_keys};
use reqwest::Method;
use serde_json::{Value, json};

async fn guest(house: &House, body: Value) -> (String, Value) {
    let base = format!("/public/api/v1/inboxes/{}/contacts", house.plan.web_identifier);
    let (status, json) = house.plain(Method::POST, &base, body).await;
    assert_eq!(status, 200, "{json}");
    (format!("{base}/{}", json["source_id"].as_str().unwrap()), json)
}

#[tokio::test]
async fn a_guest_chats() {
    let house = House::open().await;
    let (me, contact) = guest(&house, json!({ "name": "Wanda" })).await;
    assert_keys(
        &contact,
        &["source_id", "pubsub_token", "id", "name", "email", "phone_number"],
    );
    let chats = format!("{me}/conversations");
    let attributes = json!({ "custom_attributes": { "room": "12" } });
    let (status, chat) = house.plain(Method::POST, &chats, attributes).await;
    assert_eq!(status, 200);
    assert_keys(
        &chat,
        &[
            "id",
            "uuid",
            "inbox_id",
            "contact_last_seen_at",
            "status",
            "agent_last_seen_at",
            "messages",
            "contact",
        ],
    );
    let id = chat["id"].as_i64().unwrap();
    let messages = format!("{chats}/{id}/messages");
    let (status, sent) = house
        .plain(
            Method::POST,
            &messages,
            json!({ "content": "Hello", "echo_id": "e" }),
        )
        .await;
    assert_eq!(status, 200);
    assert!(sent.get("echo_id").is_none());
    assert!(sent.get("status").is_none());
    let path = format!("/conversations/{id}/messages");
    let ana = &house.plan.ana;
    house
        .post(ana, &path, json!({ "content": "secret", "private": true }))
        .await;
    house.post(ana, &path, json!({ "content": "Welcome" })).await;
    let (_, list) = house.plain(Method::GET, &messages, Value::Null).await;
    let texts: Vec<&Value> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["content"])
        .collect();
    assert_eq!(texts, ["Hello", "Welcome"], "no notes, no activity");
    let seen = house
        .plain(Method::POST, &format!("{chats}/{id}/update_last_seen"), json!({}))
        .await;
    assert_eq!(seen, (200, Value::Null));
    let (_, thread) = house.get(ana, &path).await;
    let read = thread["payload"].as_array().unwrap().last().unwrap();
    assert_eq!(read["status"], "read");
    let (_, closed) = house
        .plain(Method::POST, &format!("{chats}/{id}/toggle_status"), json!({}))
        .await;
    assert_eq!(closed["status"], "resolved");
    assert!(
        house
            .lines(id)
            .await
            .contains(&"Conversation was resolved by Wanda".to_owned())
    );
}

#[tokio::test]
async fn a_known_guest_is_known_again() {
    let house = House::open().await;
    let (_, first) = guest(&house, json!({ "name": "Wanda", "email": "wanda@example.org" })).await;
    let (_, again) = guest(
        &house,
        json!({ "source_id": first["source_id"], "name": "Other" }),
    )
    .await;
    assert_eq!(again, first, "returned unchanged");
    let (_, by_email) = guest(&house, json!({ "name": "W", "email": "Wanda@example.org" })).await;
    assert_eq!(by_email["id"], first["id"]);
    assert_eq!(by_email["name"], "Wanda", "fields stay as they are");
    let (_, nameless) = guest(&house, json!({})).await;
    assert!(!nameless["name"].as_str().unwrap().is_empty());
    let base = format!("/public/api/v1/inboxes/{}/contacts", house.plan.web_identifier);
    let (status, json) = house
        .plain(Method::POST, &base, json!({ "email": "nonsense" }))
        .await;
    assert_eq!(status, 422);
    assert_eq!(json["attributes"], json!(["email"]));
}

#[tokio::test]
async fn a_guest_changes_their_data_and_may_turn_out_to_be_another() {
    let house = House::open().await;
    let (_, known) = guest(&house, json!({ "name": "Wanda", "email": "wanda@example.org" })).await;
    let (me, _) = guest(&house, json!({ "name": "Visitor" })).await;
    let (_, raw) = house
        .plain(Method::PATCH, &me, json!({ "name": "W.", "email": "" }))
        .await;
    assert_eq!(raw["name"], "W.");
    assert_eq!(raw["email"], Value::Null, "blank values are ignored");
    assert!(raw.get("pubsub_token").is_none());
    let (_, merged) = house
        .plain(Method::PATCH, &me, json!({ "email": "wanda@example.org" }))
        .await;
    assert_eq!(merged["id"], known["id"]);
    let (status, shown) = house.plain(Method::GET, &me, Value::Null).await;
    assert_eq!(
        (status, &shown["id"]),
        (200, &known["id"]),
        "the source id stays valid"
    );
}

#[tokio::test]
async fn misses_are_unknown_addresses() {
    let house = House::open().await;
    let (me, _) = guest(&house, json!({ "name": "Wanda" })).await;
    let other = house.guest_starts(house.plan.web, "not hers").await;
    let expected = (404, json!({ "status": 404, "error": "Not Found" }));
    for path in [
        "/public/api/v1/inboxes/nowhere".to_owned(),
        format!(
            "/public/api/v1/inboxes/{}/contacts/nobody",
            house.plan.web_identifier
        ),
        format!("{me}/conversations/999"),
        format!("{me}/conversations/{other}"),
        format!("{me}/conversations/{other}/messages"),
    ] {
        assert_eq!(
            house.plain(Method::GET, &path, Value::Null).await,
            expected,
            "{path}"
        );
    }
}

#[tokio::test]
async fn every_chat_is_new_unless_the_inbox_is_locked() {
    let house = House::open().await;
    let (me, _) = guest(&house, json!({ "name": "Wanda" })).await;
    let chats = format!("{me}/conversations");
    let open = async || house.plain(Method::POST, &chats, json!({})).await.1["id"].clone();
    assert_ne!(open().await, open().await);
    let web = house.plan.web;
    let lock = move |change: &mut deskbell_desk::Change<'_>| {
        let sql = "UPDATE inbox SET lock_to_single_conversation = 1 WHERE id = ?1";
        deskbell_desk::db::rows::execute(change, sql, [web])
    };
    house.running.desk().write(lock).await.unwrap();
    assert_eq!(open().await, open().await);
}

#[tokio::test]
async fn any_origin_may_chat() {
    let house = House::open().await;
    let path = format!("/public/api/v1/inboxes/{}", house.plan.web_identifier);
    let response = house.send(Method::GET, &path, "", None).await;
    assert_eq!(response.headers()["access-control-allow-origin"], "*");
    let response = house.send(Method::GET, "/api", "", None).await;
    assert!(!response.headers().contains_key("access-control-allow-origin"));
}
