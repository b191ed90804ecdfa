//! Reference §8.1: notifications.

use crate::house::House;
use serde_json::{Value, json};

#[tokio::test]
async fn only_the_newest_of_a_conversation_survives() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let ana = &house.plan.ana;
    house
        .post(
            &house.plan.admin,
            &format!("/conversations/{id}/assignments"),
            json!({ "assignee_id": ana.id }),
        )
        .await;
    let (_, json) = house.get(ana, "/notifications").await;
    assert_eq!(
        json["data"]["payload"][0]["notification_type"],
        "conversation_assignment"
    );
    house.guest_writes(id, "are you there?").await;
    let (_, json) = house.get(ana, "/notifications").await;
    let meta = json!({ "unread_count": 1, "count": 1, "current_page": 1 });
    assert_eq!(json["data"]["meta"], meta);
    let one = &json["data"]["payload"][0];
    assert_eq!(one["notification_type"], "assigned_conversation_new_message");
    assert_eq!(one["primary_actor"]["id"], id);
    assert_eq!(one["push_message_body"], "Test Guest: are you there?");
    assert_eq!(one["secondary_actor"]["content"], "are you there?");
    assert_eq!(
        house.get(ana, "/notifications/unread_count").await,
        (200, json!(1))
    );
    let read = house.post(ana, "/notifications/read_all", json!({})).await;
    assert_eq!(read, (200, Value::Null));
    assert_eq!(house.get(ana, "/notifications/unread_count").await.1, json!(0));
    let (_, json) = house.get(ana, "/notifications?includes[]=read").await;
    assert!(json["data"]["payload"][0]["read_at"].is_string());
}

#[tokio::test]
async fn taking_it_oneself_notifies_nobody() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let ana = &house.plan.ana;
    house
        .post(
            ana,
            &format!("/conversations/{id}/assignments"),
            json!({ "assignee_id": ana.id }),
        )
        .await;
    assert_eq!(house.get(ana, "/notifications/unread_count").await.1, json!(0));
}

#[tokio::test]
async fn a_mention_in_a_note_notifies_and_follows() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let ben = &house.plan.ben;
    let note = format!("[@Ben](mention://user/{}/Ben) please look", ben.id);
    house
        .post(
            &house.plan.ana,
            &format!("/conversations/{id}/messages"),
            json!({ "content": note, "private": true }),
        )
        .await;
    let (_, json) = house.get(ben, "/notifications").await;
    assert_eq!(
        json["data"]["payload"][0]["notification_type"],
        "conversation_mention"
    );
    let (_, list) = house.get(ben, "/conversations?conversation_type=mention").await;
    assert_eq!(list["data"]["payload"][0]["id"], id);
    let (_, list) = house
        .get(ben, "/conversations?conversation_type=participating")
        .await;
    assert_eq!(list["data"]["payload"][0]["id"], id);
}

#[tokio::test]
async fn reading_the_conversation_reads_its_notification() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let ana = &house.plan.ana;
    house
        .post(
            &house.plan.admin,
            &format!("/conversations/{id}/assignments"),
            json!({ "assignee_id": ana.id }),
        )
        .await;
    house
        .post(ana, &format!("/conversations/{id}/update_last_seen"), json!({}))
        .await;
    assert_eq!(house.get(ana, "/notifications/unread_count").await.1, json!(0));
}

#[tokio::test]
async fn nobody_touches_the_notifications_of_others() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let (ana, ben) = (&house.plan.ana, &house.plan.ben);
    house
        .post(
            &house.plan.admin,
            &format!("/conversations/{id}/assignments"),
            json!({ "assignee_id": ana.id }),
        )
        .await;
    let (_, json) = house.get(ana, "/notifications").await;
    let path = format!("/notifications/{}", json["data"]["payload"][0]["id"]);
    assert_eq!(house.patch(ben, &path, json!({})).await.0, 404);
    let (status, record) = house.patch(ana, &path, json!({})).await;
    assert_eq!(status, 200);
    assert!(record["read_at"].is_string());
}
