//! Reference §11.1 and §11.3: what is told by HTTP, and to whom.

use crate::house::{House, assert_keys};
use deskbell_desk::Change;
use deskbell_desk::db::rows;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;

/// An independent signature over what came.
fn signature(secret: &str, timestamp: &str, body: &str) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    let bytes = mac.finalize().into_bytes();
    bytes
        .iter()
        .fold("sha256=".to_owned(), |hex, byte| format!("{hex}{byte:02x}"))
}

async fn hook(house: &House, events: &[&str]) -> Value {
    let url = format!("{}/hook", house.sink.url);
    let body = json!({ "webhook": { "url": url, "name": "Mine", "subscriptions": events } });
    let (status, json) = house.post(&house.plan.admin, "/webhooks", body).await;
    assert_eq!(status, 200, "{json}");
    json["payload"]["webhook"].clone()
}

#[tokio::test]
async fn webhooks_create_list_update_and_destroy() {
    let house = House::open().await;
    let (admin, ana) = (&house.plan.admin, &house.plan.ana);
    let made = hook(&house, &["message_created"]).await;
    assert_keys(
        &made,
        &["id", "name", "url", "account_id", "subscriptions", "secret"],
    );
    let list = json!({ "payload": { "webhooks": [made] } });
    assert_eq!(house.get(admin, "/webhooks").await, (200, list));
    let path = format!("/webhooks/{}", made["id"]);
    let change = json!({ "webhook": { "inbox_id": house.plan.web, "subscriptions": ["contact_created"] } });
    let (status, json) = house.patch(admin, &path, change).await;
    assert_eq!(status, 200);
    let shown = &json["payload"]["webhook"];
    assert_eq!(shown["subscriptions"], json!(["contact_created"]));
    assert_eq!(
        shown["inbox"],
        json!({ "id": house.plan.web, "name": "Web chat" })
    );
    assert_eq!(shown["secret"], made["secret"]);
    let denied = (
        401,
        json!({ "error": "You are not authorized to do this action" }),
    );
    assert_eq!(house.get(ana, "/webhooks").await, denied);
    assert_eq!(house.delete(ana, &path).await, denied);
    assert_eq!(house.delete(admin, &path).await, (200, Value::Null));
    assert_eq!(house.delete(admin, &path).await.0, 404);
}

#[tokio::test]
async fn webhooks_refuse_bad_addresses_and_events() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let made = hook(&house, &["message_created"]).await;
    let events = json!(["message_created"]);
    for (url, events, attribute) in [
        (json!("ftp://example.org"), events.clone(), "url"),
        (json!("nonsense"), events.clone(), "url"),
        (json!(null), events.clone(), "url"),
        (made["url"].clone(), events, "url"),
        (json!("https://example.org"), json!([]), "subscriptions"),
        (json!("https://example.org"), json!(["sunrise"]), "subscriptions"),
    ] {
        let body = json!({ "webhook": { "url": url, "subscriptions": events } });
        let (status, json) = house.post(admin, "/webhooks", body.clone()).await;
        assert_eq!(
            (status, &json["attributes"]),
            (422, &json!([attribute])),
            "{body}"
        );
        assert!(json["message"].is_string());
    }
}

#[tokio::test]
async fn a_webhook_is_told_of_messages_with_a_signature() {
    let house = House::open().await;
    let made = hook(&house, &["message_created"]).await;
    let id = house.guest_starts(house.plan.web, "Is there parking?").await;
    let told = house.sink.next("/hook", "message_created").await;
    assert_keys(
        &told.json,
        &[
            "event",
            "id",
            "content",
            "content_type",
            "content_attributes",
            "message_type",
            "private",
            "source_id",
            "created_at",
            "additional_attributes",
            "account",
            "inbox",
            "sender",
            "conversation",
        ],
    );
    assert_eq!(told.json["message_type"], "incoming", "a word here");
    assert!(told.json["created_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(
        told.json["account"],
        json!({ "id": house.plan.account, "name": "Hotel Adler" })
    );
    assert_eq!(
        told.json["inbox"],
        json!({ "id": house.plan.web, "name": "Web chat" })
    );
    assert_eq!(told.json["conversation"]["id"], id);
    assert_eq!(told.json["conversation"]["account"]["id"], house.plan.account);
    assert_keys(
        &told.json["sender"],
        &[
            "account",
            "additional_attributes",
            "avatar",
            "custom_attributes",
            "email",
            "id",
            "identifier",
            "name",
            "phone_number",
            "thumbnail",
            "blocked",
        ],
    );
    let header = |name: &str| told.headers[name].to_str().unwrap();
    assert_eq!(header("x-chatwoot-delivery").len(), 36);
    let expected = signature(
        made["secret"].as_str().unwrap(),
        header("x-chatwoot-timestamp"),
        &told.text,
    );
    assert_eq!(header("x-chatwoot-signature"), expected);
    let answer = json!({ "content": "Yes" });
    house
        .post(&house.plan.ana, &format!("/conversations/{id}/messages"), answer)
        .await;
    let told = house.sink.next("/hook", "message_created").await;
    let sender =
        json!({ "id": house.plan.ana.id, "name": "Ana", "email": "ana@example.org", "type": "user" });
    assert_eq!(
        (&told.json["message_type"], &told.json["sender"]),
        (&json!("outgoing"), &sender)
    );
}

#[tokio::test]
async fn a_webhook_is_told_what_it_subscribed_to() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    hook(
        &house,
        &[
            "conversation_created",
            "conversation_typing_on",
            "conversation_status_changed",
            "contact_created",
        ],
    )
    .await;
    house.post(ana, "/contacts", json!({ "name": "Gil" })).await;
    let told = house.sink.next("/hook", "contact_created").await;
    assert_eq!(told.json["name"], "Gil");
    let id = house.guest_starts(house.plan.web, "hi").await;
    let told = house.sink.next("/hook", "conversation_created").await;
    assert_eq!(told.json["id"], id);
    let one = format!("/conversations/{id}");
    let typing = json!({ "typing_status": "on", "is_private": true });
    house
        .post(ana, &format!("{one}/toggle_typing_status"), typing)
        .await;
    let told = house.sink.next("/hook", "conversation_typing_on").await;
    assert_eq!(
        (&told.json["user"]["id"], &told.json["is_private"]),
        (&json!(ana.id), &json!(true))
    );
    assert_eq!(told.json["conversation"]["id"], id);
    house
        .post(
            ana,
            &format!("{one}/toggle_status"),
            json!({ "status": "resolved" }),
        )
        .await;
    let told = house.sink.next("/hook", "conversation_status_changed").await;
    assert_eq!(
        (&told.json["status"], &told.json["changed_attributes"]),
        (&json!("resolved"), &Value::Null)
    );
}

#[tokio::test]
async fn a_bot_is_told_of_its_conversations_and_nobody_elses() {
    let house = House::open().await;
    house.guest_starts(house.plan.web, "not the bot's").await;
    let id = house.guest_starts(house.plan.ai, "hi bot").await;
    let told = house.sink.next("/bot", "message_created").await;
    assert_eq!(told.json["content"], "hi bot");
    let (_, bots) = house.get(&house.plan.admin, "/agent_bots").await;
    let secret = bots[0]["secret"].as_str().unwrap();
    let header = |name: &str| told.headers[name].to_str().unwrap();
    let expected = signature(secret, header("x-chatwoot-timestamp"), &told.text);
    assert_eq!(header("x-chatwoot-signature"), expected);
    let one = format!("/conversations/{id}");
    house
        .bot(
            Method::POST,
            &format!("{one}/messages"),
            json!({ "content": "Hello" }),
        )
        .await;
    let told = house.sink.next("/bot", "message_created").await;
    assert_eq!(told.json["sender"]["type"], "agent_bot", "its own too");
    house
        .bot(
            Method::POST,
            &format!("{one}/toggle_status"),
            json!({ "status": "open" }),
        )
        .await;
    house.sink.names_until("/bot", "conversation_opened").await;
    house
        .post(
            &house.plan.ana,
            &format!("{one}/toggle_status"),
            json!({ "status": "resolved" }),
        )
        .await;
    house.sink.names_until("/bot", "conversation_resolved").await;
}

#[tokio::test]
async fn a_bot_that_fails_hands_its_conversation_to_people() {
    let house = House::open().await;
    house.sink.answers(503);
    let mut socket = crate::cable::Cable::person(&house, &house.plan.ana).await;
    let id = house.guest_starts(house.plan.ai, "hi bot").await;
    let line = "Conversation was marked open by system due to an error with the agent bot.";
    socket
        .until(|frame| frame["message"]["data"]["content"] == line)
        .await;
    assert_eq!(house.conversation(id).await["status"], "open");
}

#[tokio::test]
async fn an_api_inbox_tells_its_own_address_and_marks_what_was_not_taken() {
    let house = House::open().await;
    let (web, url) = (house.plan.web, format!("{}/inbox", house.sink.url));
    let set = move |change: &mut Change<'_>| {
        let sql = "UPDATE inbox SET channel = json_object('webhook_url', ?2) WHERE id = ?1";
        rows::execute(change, sql, (web, url))
    };
    house.running.desk().write(set).await.unwrap();
    let id = house.guest_starts(web, "hi").await;
    house.sink.next("/inbox", "message_created").await;
    house.sink.answers(500);
    let mut socket = crate::cable::Cable::person(&house, &house.plan.ana).await;
    let answer = json!({ "content": "Hello" });
    let (_, sent) = house
        .post(&house.plan.ana, &format!("/conversations/{id}/messages"), answer)
        .await;
    let failed = socket
        .until(|frame| frame["message"]["data"]["status"] == "failed")
        .await;
    assert_eq!(failed["message"]["data"]["id"], sent["id"]);
    assert!(failed["message"]["data"]["content_attributes"]["external_error"].is_string());
}
