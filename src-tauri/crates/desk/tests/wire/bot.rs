//! Reference §11.1: what a bot may do, and how it hands over.

use crate::house::House;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_bot_answers_and_hands_over() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.ai, "I want a person").await;
    let path = format!("/conversations/{id}");
    let (status, message) = house
        .bot(
            Method::POST,
            &format!("{path}/messages"),
            json!({ "content": "One moment" }),
        )
        .await;
    assert_eq!(status, 200);
    assert_eq!(
        message["sender"],
        json!({ "id": house.plan.bot, "name": "Concierge", "avatar_url": "", "type": "agent_bot" })
    );
    assert_eq!(
        house.conversation(id).await["waiting_since"],
        0,
        "the bot answered"
    );
    house.advance(30).await;
    let earliest = house.running.desk().now();
    let (status, answer) = house
        .bot(
            Method::POST,
            &format!("{path}/toggle_status"),
            json!({ "status": "open" }),
        )
        .await;
    assert_eq!(status, 200);
    assert_eq!(answer["payload"]["success"], Value::Null, "null after a handoff");
    assert_eq!(answer["payload"]["current_status"], "open");
    let json = house.conversation(id).await;
    let waits_since = json["waiting_since"].as_i64().unwrap();
    assert!(
        (earliest..=house.running.desk().now()).contains(&waits_since),
        "it waits from now"
    );
    assert!(json["meta"].get("assignee").is_none(), "bots are not assigned");
    let line = "Conversation was reopened by Concierge".to_owned();
    assert!(house.lines(id).await.contains(&line));
}

#[tokio::test]
async fn a_handoff_keeps_an_older_waiting() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    let since = house.conversation(id).await["waiting_since"].clone();
    house.advance(300).await;
    house
        .bot(
            Method::POST,
            &format!("/conversations/{id}/toggle_status"),
            json!({ "status": "open" }),
        )
        .await;
    assert_eq!(house.conversation(id).await["waiting_since"], since);
}

#[tokio::test]
async fn a_bot_may_do_these_things_only() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    let path = format!("/conversations/{id}");
    let allowed = [
        (Method::GET, path.clone(), Value::Null),
        (Method::PATCH, path.clone(), json!({ "priority": "high" })),
        (
            Method::POST,
            format!("{path}/toggle_priority"),
            json!({ "priority": "urgent" }),
        ),
        (
            Method::POST,
            format!("{path}/custom_attributes"),
            json!({ "custom_attributes": { "topic": "faq" } }),
        ),
        (
            Method::POST,
            format!("{path}/toggle_typing_status"),
            json!({ "typing_status": "on" }),
        ),
        (
            Method::POST,
            format!("{path}/assignments"),
            json!({ "assignee_id": null }),
        ),
        (Method::GET, format!("{path}/labels"), Value::Null),
        (
            Method::POST,
            format!("{path}/labels"),
            json!({ "labels": ["ai"] }),
        ),
    ];
    for (method, path, body) in allowed {
        assert_eq!(house.bot(method, &path, body).await.0, 200, "{path}");
    }
    let denied = json!({ "error": "Access to this endpoint is not authorized for bots" });
    for path in [
        "/conversations".to_owned(),
        format!("{path}/messages"),
        "/contacts".to_owned(),
        "/inboxes".to_owned(),
        "/agents".to_owned(),
    ] {
        assert_eq!(
            house.bot(Method::GET, &path, Value::Null).await,
            (401, denied.clone()),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_bot_stays_in_its_account() {
    let house = House::open().await;
    let path = format!("/api/v1/accounts/{}/conversations/1", house.plan.other_account);
    let response = house.send(Method::GET, &path, &house.plan.bot_token, None).await;
    let error = "Bot is not authorized to access this account";
    assert_eq!(
        crate::house::reply(response).await,
        (401, json!({ "error": error }))
    );
}
