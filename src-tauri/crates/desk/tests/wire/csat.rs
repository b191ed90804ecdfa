//! Reference §5, §8 and §11.2: surveys and their answers.

use crate::house::{House, assert_keys};
use reqwest::Method;
use serde_json::{Value, json};

pub async fn surveyed() -> House {
    let house = House::open().await;
    let sql = "UPDATE inbox SET csat_survey_enabled = 1";
    let on = move |change: &mut deskbell_desk::Change<'_>| deskbell_desk::db::rows::execute(change, sql, []);
    house.running.desk().write(on).await.unwrap();
    house
}

async fn resolve(house: &House, id: i64) {
    let path = format!("/conversations/{id}/toggle_status");
    house
        .post(&house.plan.ana, &path, json!({ "status": "resolved" }))
        .await;
}

async fn surveys(house: &House, id: i64) -> Vec<Value> {
    let (_, json) = house
        .get(&house.plan.ana, &format!("/conversations/{id}/messages"))
        .await;
    let messages = json["payload"].as_array().unwrap().iter().cloned();
    messages
        .filter(|message| message["content_type"] == "input_csat")
        .collect()
}

/// The page's address of a conversation.
async fn page(house: &House, id: i64) -> String {
    let uuid = house.conversation(id).await["uuid"].clone();
    format!("/public/api/v1/csat_survey/{}", uuid.as_str().unwrap())
}

fn rated(rating: i64) -> Value {
    let answer = json!({ "rating": rating, "feedback_message": "Kind people" });
    json!({ "message": { "submitted_values": { "csat_survey_response": answer } } })
}

#[tokio::test]
async fn a_resolved_conversation_asks_once_ever() {
    let house = surveyed().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    resolve(&house, id).await;
    let sent = surveys(&house, id).await;
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0]["message_type"], 3);
    assert!(sent[0].get("sender").is_none());
    house.guest_writes(id, "one more thing").await;
    resolve(&house, id).await;
    assert_eq!(surveys(&house, id).await.len(), 1);
}

#[tokio::test]
async fn outside_the_window_a_line_says_that_nobody_was_asked() {
    let house = surveyed().await;
    let id = house.guest_starts(house.plan.phone, "hi").await;
    house.advance(25 * 3600).await;
    resolve(&house, id).await;
    assert!(surveys(&house, id).await.is_empty());
    let line = "CSAT survey not sent due to outgoing message restrictions";
    assert!(house.lines(id).await.iter().any(|one| one == line));
}

#[tokio::test]
async fn without_the_setting_nobody_is_asked() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    resolve(&house, id).await;
    assert!(surveys(&house, id).await.is_empty());
}

#[tokio::test]
async fn csat_survey_shows_the_survey_and_takes_the_answer() {
    let house = surveyed().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = page(&house, id).await;
    assert_eq!(
        house.plain(Method::GET, &path, Value::Null).await.0,
        404,
        "no survey yet"
    );
    resolve(&house, id).await;
    let (status, json) = house.plain(Method::GET, &path, Value::Null).await;
    assert_eq!(status, 200);
    assert_keys(
        &json,
        &[
            "id",
            "csat_survey_response",
            "display_type",
            "content",
            "inbox_avatar_url",
            "inbox_name",
            "locale",
            "conversation_id",
            "created_at",
        ],
    );
    assert_eq!(json["id"], surveys(&house, id).await[0]["id"]);
    assert_eq!(json["csat_survey_response"], Value::Null);
    assert_eq!(json["display_type"], "emoji");
    let (status, json) = house.plain(Method::PATCH, &path, rated(4)).await;
    assert_eq!(status, 200);
    assert_eq!(json["csat_survey_response"]["rating"], 4);
    assert_eq!(json["csat_survey_response"]["feedback_message"], "Kind people");
    house.advance(15 * 24 * 3600).await;
    let (status, json) = house.plain(Method::PATCH, &path, rated(1)).await;
    assert_eq!(status, 422);
    assert!(json["error"].is_string());
    let unknown = "/public/api/v1/csat_survey/00000000-0000-0000-0000-000000000000";
    assert_eq!(house.plain(Method::GET, unknown, Value::Null).await.0, 404);
}

#[tokio::test]
async fn csat_survey_responses_are_for_administrators() {
    let house = surveyed().await;
    let (admin, ana) = (&house.plan.admin, &house.plan.ana);
    let mut ids = Vec::new();
    for rating in [5, 2] {
        let id = house.guest_starts(house.plan.web, "hi").await;
        house
            .post(
                ana,
                &format!("/conversations/{id}/assignments"),
                json!({ "assignee_id": ana.id }),
            )
            .await;
        resolve(&house, id).await;
        house
            .plain(Method::PATCH, &page(&house, id).await, rated(rating))
            .await;
        house.advance(60).await;
        ids.push(id);
    }
    let denied = json!({ "error": "You are not authorized to do this action" });
    for path in ["/csat_survey_responses", "/csat_survey_responses/metrics"] {
        assert_eq!(house.get(ana, path).await, (401, denied.clone()));
    }
    let (status, json) = house.get(admin, "/csat_survey_responses?sort=-created_at").await;
    assert_eq!(status, 200);
    assert_eq!(json.as_array().unwrap().len(), 2);
    assert_keys(
        &json[0],
        &[
            "id",
            "rating",
            "feedback_message",
            "csat_review_notes",
            "review_notes_updated_at",
            "account_id",
            "message_id",
            "contact",
            "conversation_id",
            "assigned_agent",
            "created_at",
        ],
    );
    assert_eq!(
        (&json[0]["rating"], &json[0]["conversation_id"]),
        (&json!(2), &json!(ids[1]))
    );
    assert_eq!(json[0]["assigned_agent"]["id"], ana.id);
    assert!(json[0]["created_at"].is_i64());
    let (_, json) = house.get(admin, "/csat_survey_responses?rating=5").await;
    assert_eq!(json[0]["rating"], 5);
    let path = format!("/csat_survey_responses?user_ids[]={}", house.plan.ben.id);
    assert_eq!(house.get(admin, &path).await.1, json!([]));
    let (_, json) = house.get(admin, "/csat_survey_responses/metrics").await;
    let expected =
        json!({ "total_count": 2, "ratings_count": { "2": 1, "5": 1 }, "total_sent_messages_count": 2 });
    assert_eq!(json, expected);
}

#[tokio::test]
async fn a_rating_from_the_chat_counts_as_one() {
    let house = surveyed().await;
    let base = format!("/public/api/v1/inboxes/{}/contacts", house.plan.web_identifier);
    let (_, guest) = house.plain(Method::POST, &base, json!({ "name": "Gil" })).await;
    let base = format!("{base}/{}/conversations", guest["source_id"].as_str().unwrap());
    let (_, chat) = house.plain(Method::POST, &base, json!({})).await;
    let id = chat["id"].as_i64().unwrap();
    resolve(&house, id).await;
    let message = surveys(&house, id).await[0]["id"].clone();
    let path = format!("{base}/{id}/messages/{message}");
    let values = json!({ "submitted_values": { "csat_survey_response": { "rating": 3 } } });
    let (status, json) = house.plain(Method::PATCH, &path, values.clone()).await;
    assert_eq!(status, 200);
    assert_eq!(
        json["content_attributes"]["submitted_values"],
        values["submitted_values"]
    );
    let (_, list) = house.get(&house.plan.admin, "/csat_survey_responses").await;
    assert_eq!(list[0]["rating"], 3);
}
