//! Scripted faults and the other controls.

use crate::house::House;
use reqwest::Method;
use serde_json::{Value, json};

async fn script(house: &House, action: Value) {
    let rule = json!({ "method": "POST", "path_contains": "/messages", "times": 1, "action": action });
    house.control("/test/faults", json!({ "rules": [rule] })).await;
}

/// Sends a reply; whether an answer came.
async fn send(house: &House, id: i64, content: &str) -> Result<u16, reqwest::Error> {
    let path = house.of_account(&format!("/conversations/{id}/messages"));
    let request = reqwest::Client::new()
        .post(house.url(&path))
        .header("api_access_token", &house.plan.ana.access_token)
        .json(&json!({ "content": content }));
    request.send().await.map(|response| response.status().as_u16())
}

#[tokio::test]
async fn cut_before_does_nothing_and_answers_nothing() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    script(&house, json!({ "cut": "before" })).await;
    assert!(send(&house, id, "lost").await.is_err());
    assert_eq!(house.lines(id).await, ["hi"]);
    assert_eq!(send(&house, id, "arrives").await.unwrap(), 200, "once only");
}

#[tokio::test]
async fn cut_after_does_all_and_answers_nothing() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    script(&house, json!({ "cut": "after" })).await;
    assert!(send(&house, id, "arrives").await.is_err());
    assert_eq!(house.lines(id).await, ["hi", "arrives"]);
}

#[tokio::test]
async fn what_is_late_is_done_although_nobody_waits() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    script(&house, json!({ "late_ms": 50 })).await;
    assert!(send(&house, id, "late").await.is_err());
    while house.lines(id).await.len() < 2 {
        tokio::task::yield_now().await;
    }
    assert_eq!(house.lines(id).await, ["hi", "late"]);
}

#[tokio::test]
async fn what_is_done_may_be_answered_with_something_else_or_by_half() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    script(&house, json!({ "instead": 502, "body": "<html>" })).await;
    assert_eq!(send(&house, id, "one").await.unwrap(), 502);
    script(&house, json!({ "halve": true })).await;
    assert_eq!(send(&house, id, "two").await.unwrap(), 200);
    assert_eq!(house.lines(id).await, ["hi", "one", "two"]);
}

#[tokio::test]
async fn a_scripted_status_does_nothing() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    script(&house, json!({ "status": 503, "body": "{\"error\":\"busy\"}" })).await;
    let reply = house
        .post(
            &house.plan.ana,
            &format!("/conversations/{id}/messages"),
            json!({ "content": "x" }),
        )
        .await;
    assert_eq!(reply, (503, json!({ "error": "busy" })));
    assert_eq!(house.lines(id).await, ["hi"]);
}

#[tokio::test]
async fn a_delay_only_delays() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    script(&house, json!({ "delay_ms": 20 })).await;
    assert_eq!(send(&house, id, "late").await.unwrap(), 200);
}

#[tokio::test]
async fn rules_are_taken_back() {
    let house = House::open().await;
    let rule = json!({ "action": { "status": 500 } });
    house.control("/test/faults", json!({ "rules": [rule] })).await;
    assert_eq!(house.get(&house.plan.ana, "/agents").await.0, 500);
    let (status, _) = house.plain(Method::DELETE, "/test/faults", Value::Null).await;
    assert_eq!(status, 200);
    assert_eq!(house.get(&house.plan.ana, "/agents").await.0, 200);
}

#[tokio::test]
async fn the_clock_moves() {
    let house = House::open().await;
    let answer = house
        .control("/test/clock", json!({ "now": 2_000_000_000 }))
        .await;
    assert!(answer["now"].as_i64().unwrap() - 2_000_000_000 < 60);
    let id = house.guest_starts(house.plan.web, "hi").await;
    let created = house.conversation(id).await["created_at"].as_i64().unwrap();
    assert!(created - 2_000_000_000 < 60);
}

#[tokio::test]
async fn the_ledger_holds_everything_in_order() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/messages");
    let sent = json!({ "content": "Hello", "echo_id": "e", "content_attributes": { "client_ref": "r" } });
    house.post(&house.plan.ana, &path, sent).await;
    let (_, ledger) = house.plain(Method::GET, "/test/ledger", Value::Null).await;
    let last = ledger["messages"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["account_id"], house.plan.account);
    assert_eq!(last["conversation_id"], id);
    assert_eq!(
        (&last["client_ref"], &last["echo_count"]),
        (&json!("r"), &json!(1))
    );
    assert_eq!(
        (&last["sender_type"], &last["sender_id"]),
        (&json!("User"), &json!(house.plan.ana.id))
    );
    assert_eq!(ledger["conversations"][0]["status"], "open");
}

#[tokio::test]
async fn what_was_answered_survives_the_server() {
    let data = tempfile::TempDir::new().unwrap();
    let options = || deskbell_desk::Options {
        listen: "127.0.0.1:0".parse().unwrap(),
        data: data.path().to_owned(),
        demo: false,
        test_controls: false,
        llm: None,
    };
    let first = deskbell_desk::serve(options()).await.unwrap();
    let make = |change: &mut deskbell_desk::Change<'_>| {
        deskbell_desk::service::setup::account(change, "Hotel Adler").map(drop)
    };
    first.desk().write(make).await.unwrap();
    let controls = reqwest::Client::new()
        .get(format!("{}/test/ledger", first.url()))
        .send()
        .await
        .unwrap();
    assert_eq!(controls.status(), 404, "the controls are closed unless asked for");
    first.stop().await;
    let second = deskbell_desk::serve(options()).await.unwrap();
    let facts = second.facts().await.unwrap();
    assert_eq!(facts["accounts"], json!([{ "id": 1, "name": "Hotel Adler" }]));
}
