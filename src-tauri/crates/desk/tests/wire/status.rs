//! Reference §5: what becomes of a conversation.

use crate::house::House;
use serde_json::{Value, json};

async fn toggle(house: &House, person: &crate::house::Person, id: i64, body: Value) -> Value {
    let path = format!("/conversations/{id}/toggle_status");
    let (status, json) = house.post(person, &path, body).await;
    assert_eq!(status, 200, "{json}");
    json
}

#[tokio::test]
async fn opening_as_an_agent_assigns_to_the_agent_whoever_held_it() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let (ana, ben, admin) = (&house.plan.ana, &house.plan.ben, &house.plan.admin);
    let answer = toggle(&house, ana, id, json!({ "status": "open" })).await;
    let expected = json!({
        "success": true, "conversation_id": id, "current_status": "open", "snoozed_until": null,
    });
    assert_eq!(answer, json!({ "payload": expected }));
    assert_eq!(house.conversation(id).await["meta"]["assignee"]["id"], ana.id);
    toggle(&house, ben, id, json!({ "status": "open" })).await;
    assert_eq!(house.conversation(id).await["meta"]["assignee"]["id"], ben.id);
    toggle(&house, admin, id, json!({ "status": "open" })).await;
    assert_eq!(
        house.conversation(id).await["meta"]["assignee"]["id"],
        ben.id,
        "administrators are not assigned"
    );
}

#[tokio::test]
async fn a_blank_status_toggles() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let admin = &house.plan.admin;
    for expected in ["resolved", "open", "resolved"] {
        let answer = toggle(&house, admin, id, json!({})).await;
        assert_eq!(answer["payload"]["current_status"], expected);
    }
    toggle(&house, admin, id, json!({ "status": "pending" })).await;
    let answer = toggle(&house, admin, id, json!({ "status": "" })).await;
    assert_eq!(answer["payload"]["current_status"], "open");
}

#[tokio::test]
async fn an_unknown_status_or_time_is_a_failure() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/toggle_status");
    for body in [
        json!({ "status": "closed" }),
        json!({ "status": "snoozed", "snoozed_until": "tomorrow" }),
    ] {
        let (status, _) = house.post(&house.plan.ana, &path, body).await;
        assert_eq!(status, 500);
    }
    assert_eq!(house.conversation(id).await["status"], "open", "nothing changed");
}

#[tokio::test]
async fn resolving_ends_the_waiting_and_writes_a_line() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    toggle(&house, &house.plan.ana, id, json!({ "status": "resolved" })).await;
    let json = house.conversation(id).await;
    assert_eq!(json["waiting_since"], 0);
    assert_eq!(
        json["messages"][0]["content"],
        "Conversation was marked resolved by Ana"
    );
    assert_eq!(json["messages"][0]["message_type"], 2);
    assert!(
        json["messages"][0].get("sender").is_none(),
        "lines have no sender"
    );
    assert_eq!(json["last_non_activity_message"]["content"], "hi");
}

#[tokio::test]
async fn snoozing_ends_by_time_or_by_the_guest() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let now = house.running.desk().now();
    let body = json!({ "status": "snoozed", "snoozed_until": (now + 3600).to_string() });
    let answer = toggle(&house, &house.plan.admin, id, body).await;
    assert!(
        answer["payload"]["snoozed_until"]
            .as_str()
            .unwrap()
            .ends_with(".000Z")
    );
    house.advance(3000).await;
    assert_eq!(house.conversation(id).await["status"], "snoozed");
    house.advance(700).await;
    let json = house.conversation(id).await;
    assert_eq!(json["status"], "open");
    assert_eq!(json["snoozed_until"], Value::Null);
    toggle(&house, &house.plan.admin, id, json!({ "status": "snoozed" })).await;
    house.advance(90_000).await;
    assert_eq!(
        house.conversation(id).await["status"],
        "snoozed",
        "until the next message"
    );
    house.guest_writes(id, "me again").await;
    assert_eq!(house.conversation(id).await["status"], "open");
}

#[tokio::test]
async fn a_guest_reopens_what_was_resolved() {
    let house = House::open().await;
    let web = house.guest_starts(house.plan.web, "hi").await;
    toggle(&house, &house.plan.admin, web, json!({ "status": "resolved" })).await;
    house.guest_writes(web, "one more thing").await;
    let json = house.conversation(web).await;
    assert_eq!(json["status"], "open");
    assert_ne!(json["waiting_since"], 0);
    let line = "System reopened the conversation due to a new incoming message.";
    assert!(house.lines(web).await.contains(&line.to_owned()));
    let ai = house.guest_starts(house.plan.ai, "hi").await;
    toggle(&house, &house.plan.admin, ai, json!({ "status": "resolved" })).await;
    house.guest_writes(ai, "one more thing").await;
    assert_eq!(
        house.conversation(ai).await["status"],
        "pending",
        "the bot takes it"
    );
    assert!(!house.lines(ai).await.contains(&line.to_owned()));
}

#[tokio::test]
async fn muting_blocks_the_guest() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}");
    assert_eq!(
        house
            .post(&house.plan.ana, &format!("{path}/mute"), json!({}))
            .await,
        (200, Value::Null)
    );
    let json = house.conversation(id).await;
    assert_eq!(
        (&json["status"], &json["muted"]),
        (&json!("resolved"), &json!(true))
    );
    house.guest_writes(id, "hello?").await;
    assert_eq!(
        house.conversation(id).await["status"],
        "resolved",
        "nothing changes"
    );
    house
        .post(&house.plan.ana, &format!("{path}/unmute"), json!({}))
        .await;
    let json = house.conversation(id).await;
    assert_eq!(
        (&json["status"], &json["muted"]),
        (&json!("resolved"), &json!(false))
    );
    assert!(
        house
            .lines(id)
            .await
            .contains(&"Ana has muted the conversation".to_owned())
    );
}

#[tokio::test]
async fn answers_end_the_waiting_and_notes_do_not() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/messages");
    let ana = &house.plan.ana;
    house
        .post(ana, &path, json!({ "content": "note", "private": true }))
        .await;
    let json = house.conversation(id).await;
    assert_ne!(json["waiting_since"], 0);
    assert_eq!(json["first_reply_created_at"], 0);
    house.post(ana, &path, json!({ "content": "answer" })).await;
    let json = house.conversation(id).await;
    assert_eq!(json["waiting_since"], 0);
    let first = json["first_reply_created_at"].clone();
    assert_ne!(first, 0);
    house.advance(60).await;
    house.guest_writes(id, "more").await;
    assert_ne!(house.conversation(id).await["waiting_since"], 0);
    house.post(ana, &path, json!({ "content": "again" })).await;
    assert_eq!(
        house.conversation(id).await["first_reply_created_at"],
        first,
        "only the first counts"
    );
}

#[tokio::test]
async fn an_answer_leaves_a_pending_conversation_pending() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    assert_eq!(house.conversation(id).await["status"], "pending");
    let path = format!("/conversations/{id}/messages");
    house
        .post(&house.plan.ana, &path, json!({ "content": "I am here" }))
        .await;
    assert_eq!(house.conversation(id).await["status"], "pending");
}
