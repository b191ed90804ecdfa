//! Reference §5 and §11.2: what a channel's settings bring about.

use crate::cable::Cable;
use crate::house::House;
use reqwest::Method;
use serde_json::{Value, json};

async fn set(house: &House, sql: &'static str) {
    let web = house.plan.web;
    let change =
        move |change: &mut deskbell_desk::Change<'_>| deskbell_desk::db::rows::execute(change, sql, [web]);
    house.running.desk().write(change).await.unwrap();
}

async fn assignee(house: &House, id: i64) -> Value {
    house.conversation(id).await["meta"]["assignee"]["id"].clone()
}

#[tokio::test]
async fn the_round_robin_takes_turns_among_those_online() {
    let house = House::open().await;
    set(
        &house,
        "UPDATE inbox SET enable_auto_assignment = 1 WHERE id = ?1",
    )
    .await;
    let (ana, ben) = (house.plan.ana.clone(), house.plan.ben.clone());
    let nobody = house.guest_starts(house.plan.web, "hi").await;
    assert_eq!(assignee(&house, nobody).await, Value::Null, "nobody is there");
    let mut hers = Cable::person(&house, &ana).await;
    hers.event("presence.update").await;
    let mut his = Cable::person(&house, &ben).await;
    his.event("presence.update").await;
    let mut turns = Vec::new();
    for _ in 0..3 {
        let id = house.guest_starts(house.plan.web, "hi").await;
        turns.push(assignee(&house, id).await);
    }
    assert_eq!(turns, [json!(ana.id), json!(ben.id), json!(ana.id)]);
    let busy = json!({ "profile": { "account_id": house.plan.account, "availability": "busy" } });
    house
        .send(
            Method::POST,
            "/api/v1/profile/availability",
            &ben.access_token,
            Some(busy),
        )
        .await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    assert_eq!(assignee(&house, id).await, ana.id, "busy is not online");
}

#[tokio::test]
async fn the_first_message_is_greeted_once() {
    let house = House::open().await;
    set(
        &house,
        "UPDATE inbox SET greeting_enabled = 1, greeting_message = 'Welcome!' WHERE id = ?1",
    )
    .await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    house.guest_writes(id, "still there").await;
    assert_eq!(house.lines(id).await, ["hi", "Welcome!", "still there"]);
    let (_, json) = house
        .get(&house.plan.ana, &format!("/conversations/{id}/messages"))
        .await;
    let greeting = &json["payload"][1];
    assert_eq!(greeting["message_type"], 3);
    assert!(greeting.get("sender").is_none());
    assert_ne!(
        house.conversation(id).await["waiting_since"],
        0,
        "no person answered"
    );
}

#[tokio::test]
async fn an_identity_is_proved_or_refused() {
    let house = House::open().await;
    set(
        &house,
        "UPDATE inbox SET channel = '{\"hmac_mandatory\": true, \"hmac_token\": \"Jefe\"}' WHERE id = ?1",
    )
    .await;
    let base = format!("/public/api/v1/inboxes/{}/contacts", house.plan.web_identifier);
    let identifier = "what do ya want for nothing?";
    let missing = json!({ "identifier": identifier });
    assert_eq!(house.plain(Method::POST, &base, missing).await.0, 500);
    let wrong = json!({ "identifier": identifier, "identifier_hash": "00" });
    assert_eq!(house.plain(Method::POST, &base, wrong).await.0, 500);
    // RFC 4231, test case 2.
    let proof = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    let right = json!({ "identifier": identifier, "identifier_hash": proof });
    let (status, me) = house.plain(Method::POST, &base, right).await;
    assert_eq!(status, 200);
    let own = format!("{base}/{}", me["source_id"].as_str().unwrap());
    assert_eq!(
        house.plain(Method::GET, &own, Value::Null).await.0,
        500,
        "also here"
    );
}

#[tokio::test]
async fn a_failed_message_is_sent_again() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/messages");
    let ana = &house.plan.ana;
    let (_, sent) = house.post(ana, &path, json!({ "content": "a" })).await;
    let one = format!("{path}/{}", sent["id"]);
    house
        .patch(
            ana,
            &one,
            json!({ "status": "failed", "external_error": "no route" }),
        )
        .await;
    let (status, again) = house.post(ana, &format!("{one}/retry"), json!({})).await;
    assert_eq!(status, 200);
    assert_eq!(again["status"], "sent");
    assert_eq!(again["content_attributes"], json!({}), "retry wipes them");
}

#[tokio::test]
async fn a_form_is_answered() {
    let house = House::open().await;
    let base = format!("/public/api/v1/inboxes/{}/contacts", house.plan.web_identifier);
    let (_, me) = house.plain(Method::POST, &base, json!({ "name": "Wanda" })).await;
    let chats = format!("{base}/{}/conversations", me["source_id"].as_str().unwrap());
    let (_, chat) = house.plain(Method::POST, &chats, json!({})).await;
    let select = json!({
        "content": "Which room?", "content_type": "input_select",
        "content_attributes": { "items": [{ "title": "Sea", "value": "sea" }] },
    });
    let path = format!("/conversations/{}/messages", chat["id"]);
    let (_, asked) = house.post(&house.plan.ana, &path, select).await;
    let mut cable = Cable::person(&house, &house.plan.ana).await;
    let answer = json!({ "submitted_values": [{ "title": "Sea", "value": "sea" }] });
    let one = format!("{chats}/{}/messages/{}", chat["id"], asked["id"]);
    let (status, _) = house.plain(Method::PATCH, &one, answer).await;
    assert_eq!(status, 200);
    let event = cable.event("message.updated").await;
    let submitted = json!([{ "title": "Sea", "value": "sea" }]);
    assert_eq!(event["content_attributes"]["submitted_values"], submitted);
    let empty = json!({ "content": "x", "content_type": "cards" });
    assert_eq!(house.post(&house.plan.ana, &path, empty).await.0, 422);
}
