//! Reference §8: the search over everything, and §3.2: the search of conversations.

use crate::house::{House, assert_keys};
use serde_json::{Value, json};

fn ids(list: &Value) -> Vec<i64> {
    let list = list.as_array().unwrap().iter();
    list.map(|one| one["id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn search_finds_conversations_contacts_and_messages() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let id = house.guest_starts(house.plan.web, "Is there parking?").await;
    house
        .post(
            ana,
            &format!("/conversations/{id}/assignments"),
            json!({ "assignee_id": ana.id }),
        )
        .await;
    let (status, json) = house.get(ana, "/search?q=PARKING").await;
    assert_eq!(status, 200);
    assert_keys(&json, &["payload"]);
    assert_keys(
        &json["payload"],
        &["conversations", "contacts", "messages", "articles"],
    );
    assert_eq!(json["payload"]["conversations"], json!([]), "not by text");
    assert_eq!(json["payload"]["messages"][0]["content"], "Is there parking?");
    assert_eq!(json["payload"]["messages"][0]["conversation_id"], id);
    let (_, json) = house.get(ana, "/search?q=test%20guest").await;
    let one = &json["payload"]["conversations"][0];
    assert_keys(
        one,
        &[
            "id",
            "account_id",
            "created_at",
            "message",
            "contact",
            "inbox",
            "agent",
        ],
    );
    assert_eq!(one["id"], id);
    assert!(one["created_at"].is_i64());
    assert_eq!(one["message"]["content"], "Is there parking?", "the oldest");
    assert_keys(&one["inbox"], &["id", "channel_id", "name", "channel_type"]);
    assert_keys(&one["agent"], &["id", "available_name", "email", "name", "role"]);
    let contact = &json["payload"]["contacts"][0];
    assert_keys(
        contact,
        &[
            "email",
            "id",
            "name",
            "phone_number",
            "identifier",
            "additional_attributes",
            "last_activity_at",
        ],
    );
    assert!(contact["last_activity_at"].is_i64());
}

#[tokio::test]
async fn search_conversations_goes_by_number_and_guest() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let first = house.guest_starts(house.plan.web, "one").await;
    let second = house.guest_starts(house.plan.web, "two").await;
    let (_, json) = house.get(admin, "/search/conversations?q=").await;
    assert_keys(&json["payload"], &["conversations"]);
    assert_eq!(
        ids(&json["payload"]["conversations"]),
        [second, first],
        "blank: all, newest first"
    );
    assert_eq!(
        json["payload"]["conversations"][0]["additional_attributes"],
        json!({})
    );
    assert!(json["payload"]["conversations"][0].get("agent").is_none());
    let (_, json) = house
        .get(admin, &format!("/search/conversations?q={first}"))
        .await;
    assert!(ids(&json["payload"]["conversations"]).contains(&first));
    let phone = house.conversation(first).await["meta"]["sender"]["phone_number"].clone();
    let path = format!(
        "/search/conversations?q={}",
        phone.as_str().unwrap().trim_start_matches('+')
    );
    let (_, json) = house.get(admin, &path).await;
    assert_eq!(ids(&json["payload"]["conversations"]), [first]);
}

#[tokio::test]
async fn search_contacts_leaves_the_unidentified_out() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    for body in [
        json!({ "name": "Gil" }),
        json!({ "name": "Gil Two", "identifier": "KEY-7" }),
    ] {
        house.post(ana, "/contacts", body).await;
    }
    let (_, json) = house.get(ana, "/search/contacts?q=gil").await;
    assert_keys(&json["payload"], &["contacts"]);
    assert_eq!(json["payload"]["contacts"].as_array().unwrap().len(), 1);
    assert_eq!(json["payload"]["contacts"][0]["last_activity_at"], Value::Null);
    house
        .post(ana, "/contacts", json!({ "name": "Özlem", "identifier": "o" }))
        .await;
    let (_, json) = house.get(ana, "/search/contacts?q=%C3%B6zlem").await;
    assert_eq!(
        json["payload"]["contacts"][0]["name"], "Özlem",
        "every script has two cases"
    );
    let (_, json) = house.get(ana, "/search/contacts?q=key-7").await;
    assert_eq!(json["payload"]["contacts"][0]["name"], "Gil Two");
}

#[tokio::test]
async fn search_messages_has_pages_of_15_and_forgets_after_three_months() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let id = house.guest_starts(house.plan.web, "first").await;
    for number in 0..16 {
        let note = json!({ "content": format!("needle {number}"), "private": true });
        house
            .post(admin, &format!("/conversations/{id}/messages"), note)
            .await;
    }
    let count = |json: &Value| json["payload"]["messages"].as_array().unwrap().len();
    let (_, json) = house.get(admin, "/search/messages?q=needle").await;
    assert_keys(&json["payload"], &["messages"]);
    assert_eq!(count(&json), 15);
    assert_eq!(
        json["payload"]["messages"][0]["content"], "needle 15",
        "newest first, notes too"
    );
    let (_, json) = house.get(admin, "/search/messages?q=needle&page=2").await;
    assert_eq!(count(&json), 1);
    house.advance(91 * 24 * 3600).await;
    let (_, json) = house.get(admin, "/search/messages?q=needle").await;
    assert_eq!(count(&json), 0);
}

#[tokio::test]
async fn search_articles_finds_none() {
    let house = House::open().await;
    let reply = house.get(&house.plan.ana, "/search/articles?q=x").await;
    assert_eq!(reply, (200, json!({ "payload": { "articles": [] } })));
}

#[tokio::test]
async fn search_shows_nothing_of_channels_one_may_not_see() {
    let house = House::open().await;
    house.guest_starts(house.plan.phone, "secret").await;
    let (_, json) = house.get(&house.plan.ben, "/search?q=").await;
    assert_eq!(json["payload"]["conversations"], json!([]));
    assert_eq!(json["payload"]["messages"], json!([]));
    let path = format!("/api/v1/accounts/{}/search?q=", house.plan.other_account);
    let stranger = &house.plan.stranger.access_token;
    let response = house.send(reqwest::Method::GET, &path, stranger, None).await;
    let json: Value = response.json().await.unwrap();
    let nothing = json!({ "conversations": [], "contacts": [], "messages": [], "articles": [] });
    assert_eq!(json["payload"], nothing);
}

#[tokio::test]
async fn conversations_search_shows_the_matching_messages_only() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let id = house.guest_starts(house.plan.web, "Is there parking?").await;
    house.guest_writes(id, "And a pool?").await;
    house
        .post(
            ana,
            &format!("/conversations/{id}/toggle_status"),
            json!({ "status": "resolved" }),
        )
        .await;
    let (status, json) = house.get(ana, "/conversations/search?q=pool").await;
    assert_eq!(status, 200);
    assert_keys(&json["meta"], &["mine_count", "unassigned_count", "all_count"]);
    let one = &json["payload"][0];
    assert_keys(
        one,
        &[
            "id",
            "uuid",
            "created_at",
            "contact",
            "inbox",
            "messages",
            "account_id",
        ],
    );
    assert_keys(&one["contact"], &["id", "name"]);
    assert_keys(&one["inbox"], &["id", "name", "channel_type"]);
    assert_eq!(one["messages"].as_array().unwrap().len(), 1);
    assert_keys(
        &one["messages"][0],
        &["content", "id", "sender_name", "message_type", "created_at"],
    );
    assert_eq!(one["messages"][0]["message_type"], 0);
    assert!(one["messages"][0]["created_at"].is_i64());
    let (_, json) = house.get(ana, "/conversations/search").await;
    assert_eq!(json["payload"], json!([]), "without a text: open ones only");
}
