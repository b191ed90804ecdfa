//! Reference §8.1: settings, and what becomes of notifications.

use crate::cable::Cable;
use crate::house::{House, Person};
use serde_json::{Value, json};

/// Flags of the wire.
fn flags(prefix: &str, kinds: &[&str]) -> Value {
    kinds.iter().map(|kind| format!("{prefix}_{kind}")).collect()
}

const KINDS: [&str; 8] = [
    "conversation_creation",
    "conversation_assignment",
    "assigned_conversation_new_message",
    "conversation_mention",
    "participating_conversation_new_message",
    "sla_missed_first_response",
    "sla_missed_next_response",
    "sla_missed_resolution",
];

async fn want(house: &House, person: &Person, kinds: &[&str]) {
    let wanted = json!({ "selected_email_flags": [], "selected_push_flags": flags("push", kinds) });
    let wanted = json!({ "notification_settings": wanted });
    let (status, _) = house.patch(person, "/notification_settings", wanted).await;
    assert_eq!(status, 200);
}

async fn kinds_of(house: &House, person: &Person) -> Vec<Value> {
    let (_, json) = house.get(person, "/notifications").await;
    let payload = json["data"]["payload"].as_array().unwrap().iter();
    payload.map(|one| one["notification_type"].clone()).collect()
}

#[tokio::test]
async fn notification_settings_begin_with_assignment_only() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let (status, json) = house.get(ana, "/notification_settings").await;
    assert_eq!(status, 200);
    let assignment = ["conversation_assignment"];
    let expected = json!({
        "id": json["id"], "user_id": ana.id, "account_id": house.plan.account,
        "all_email_flags": flags("email", &KINDS), "selected_email_flags": flags("email", &assignment),
        "all_push_flags": flags("push", &KINDS), "selected_push_flags": flags("push", &assignment),
    });
    assert_eq!(json, expected);
    assert!(json["id"].is_i64());
}

#[tokio::test]
async fn notification_settings_are_replaced_under_their_wrapper() {
    let house = House::open().await;
    let (ana, ben) = (&house.plan.ana, &house.plan.ben);
    let wanted = json!({
        "selected_email_flags": ["email_conversation_mention", "email_unheard_of"],
        "selected_push_flags": [],
    });
    let missing = json!({ "error": "param is missing or the value is empty: notification_settings" });
    assert_eq!(
        house.patch(ana, "/notification_settings", wanted.clone()).await,
        (422, missing)
    );
    let wrapped = json!({ "notification_settings": wanted });
    let (status, json) = house.patch(ana, "/notification_settings", wrapped).await;
    assert_eq!(status, 200);
    assert_eq!(
        json["selected_email_flags"],
        json!(["email_conversation_mention"])
    );
    assert_eq!(json["selected_push_flags"], json!([]));
    assert_eq!(house.get(ana, "/notification_settings").await.1, json);
    let (_, his) = house.get(ben, "/notification_settings").await;
    assert_eq!(
        his["selected_push_flags"],
        json!(["push_conversation_assignment"])
    );
}

#[tokio::test]
async fn conversation_creation_is_told_to_subscribed_members_only() {
    let house = House::open().await;
    let (admin, ana, ben) = (&house.plan.admin, &house.plan.ana, &house.plan.ben);
    for person in [admin, ana] {
        want(&house, person, &["conversation_creation"]).await;
    }
    house.guest_starts(house.plan.web, "hi").await;
    assert_eq!(kinds_of(&house, ana).await, ["conversation_creation"]);
    assert!(kinds_of(&house, ben).await.is_empty(), "not subscribed");
    assert!(
        kinds_of(&house, admin).await.is_empty(),
        "no member of the channel"
    );
}

#[tokio::test]
async fn conversation_creation_waits_for_the_bots_handoff() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    want(&house, ana, &["conversation_creation"]).await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    assert!(kinds_of(&house, ana).await.is_empty(), "pending");
    let path = format!("/conversations/{id}/toggle_status");
    house
        .bot(reqwest::Method::POST, &path, json!({ "status": "open" }))
        .await;
    assert_eq!(kinds_of(&house, ana).await, ["conversation_creation"]);
}

#[tokio::test]
async fn a_mentioned_team_is_everybody_in_it() {
    let house = House::open().await;
    let (ana, ben, team) = (&house.plan.ana, &house.plan.ben, house.plan.team);
    let members = json!({ "user_ids": [ana.id, ben.id] });
    house
        .post(&house.plan.admin, &format!("/teams/{team}/team_members"), members)
        .await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let note = json!({ "content": format!("[@desk](mention://team/{team}/desk) look"), "private": true });
    house
        .post(ana, &format!("/conversations/{id}/messages"), note)
        .await;
    assert_eq!(kinds_of(&house, ben).await, ["conversation_mention"]);
    assert!(kinds_of(&house, ana).await.is_empty(), "not by oneself");
}

/// Ben's one notification.
async fn assigned_to_ben(house: &House) -> Value {
    let id = house.guest_starts(house.plan.web, "hi").await;
    let to = json!({ "assignee_id": house.plan.ben.id });
    house
        .post(&house.plan.ana, &format!("/conversations/{id}/assignments"), to)
        .await;
    let (_, json) = house.get(&house.plan.ben, "/notifications").await;
    json["data"]["payload"][0].clone()
}

#[tokio::test]
async fn a_snoozed_notification_comes_back_unread() {
    let house = House::open().await;
    let ben = &house.plan.ben;
    let one = assigned_to_ben(&house).await;
    let path = format!("/notifications/{}", one["id"]);
    let until = house.running.desk().now() + 600;
    house.patch(ben, &path, json!({})).await;
    let (status, record) = house
        .post(ben, &format!("{path}/snooze"), json!({ "snoozed_until": until }))
        .await;
    assert_eq!(status, 200);
    assert!(record["snoozed_until"].as_str().unwrap().ends_with('Z'));
    assert_eq!(house.get(ben, "/notifications/unread_count").await.1, json!(0));
    let mut socket = Cable::person(&house, ben).await;
    house.advance(601).await;
    let told = socket.event("notification.updated").await;
    assert_eq!(told["notification"]["snoozed_until"], Value::Null);
    assert_eq!(told["notification"]["read_at"], Value::Null);
    assert_eq!(
        told["notification"]["meta"]["last_snoozed_at"],
        record["snoozed_until"]
    );
    assert_eq!(told["unread_count"], 1);
    assert!(told["notification"]["last_activity_at"].as_i64().unwrap() > until);
}

#[tokio::test]
async fn destroy_all_takes_the_read_ones_or_all() {
    let house = House::open().await;
    let ben = &house.plan.ben;
    let read = assigned_to_ben(&house).await["id"].clone();
    house
        .patch(ben, &format!("/notifications/{read}"), json!({}))
        .await;
    let unread = assigned_to_ben(&house).await["id"].clone();
    assert_ne!(read, unread);
    let mut socket = Cable::person(&house, ben).await;
    let reply = house
        .post(ben, "/notifications/destroy_all", json!({ "type": "read" }))
        .await;
    assert_eq!(reply, (200, Value::Null));
    assert_eq!(
        socket.event("notification.deleted").await["notification"],
        json!({ "id": read })
    );
    let left = "/notifications?includes[]=read&includes[]=snoozed";
    assert_eq!(house.get(ben, left).await.1["data"]["payload"][0]["id"], unread);
    house.post(ben, "/notifications/destroy_all", json!({})).await;
    assert_eq!(
        socket.event("notification.deleted").await["notification"],
        json!({ "id": unread })
    );
    assert_eq!(house.get(ben, left).await.1["data"]["payload"], json!([]));
}

#[tokio::test]
async fn notifications_older_than_a_month_are_forgotten() {
    let house = House::open().await;
    let old = assigned_to_ben(&house).await["id"].clone();
    house.advance(31 * 24 * 3600).await;
    let new = assigned_to_ben(&house).await["id"].clone();
    let (_, json) = house.get(&house.plan.ben, "/notifications").await;
    let ids: Vec<&Value> = json["data"]["payload"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["id"])
        .collect();
    assert_eq!(ids, [&new], "not {old}");
}
