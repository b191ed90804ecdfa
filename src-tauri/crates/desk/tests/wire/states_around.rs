//! Reference §5, the lines about what a conversation's channel, bot and team do to its status.

use crate::cable::Cable;
use crate::events_of_actions::assign;
use crate::house::House;
use crate::provider::Line;
use crate::states::last_line;
use serde_json::{Value, json};

const GUEST: &str = "+4915112345678";

async fn lock(house: &House, inbox: i64, is_on: bool) {
    let body = json!({ "lock_to_single_conversation": is_on });
    let (status, json) = house
        .patch(&house.plan.admin, &format!("/inboxes/{inbox}"), body)
        .await;
    assert_eq!(status, 200, "{json}");
}

async fn resolve(house: &House, id: i64) {
    let path = format!("/conversations/{id}/toggle_status");
    let (status, _) = house
        .post(&house.plan.admin, &path, json!({ "status": "resolved" }))
        .await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn with_the_lock_a_channel_goes_on_in_the_last_conversation_whatever_its_status() {
    let house = House::open().await;
    let line = Line::sms(&house).await;
    lock(&house, line.id, true).await;
    line.texted(&house, "SM-1", GUEST, "hello").await;
    let id = line.conversation(&house).await;
    resolve(&house, id).await;
    line.texted(&house, "SM-2", GUEST, "one more thing").await;
    assert_eq!(line.conversation(&house).await, id, "still the only one");
    assert_eq!(house.conversation(id).await["status"], "open");
}

#[tokio::test]
async fn without_the_lock_a_channel_goes_on_in_what_is_not_resolved_and_else_begins_anew() {
    let house = House::open().await;
    let line = Line::sms(&house).await;
    lock(&house, line.id, false).await;
    line.texted(&house, "SM-1", GUEST, "hello").await;
    line.texted(&house, "SM-2", GUEST, "are you there?").await;
    let first = line.conversation(&house).await;
    resolve(&house, first).await;
    line.texted(&house, "SM-3", GUEST, "another day").await;
    let ids = line.conversations(&house).await;
    assert_eq!(ids.len(), 2);
    assert_eq!(house.conversation(first).await["status"], "resolved");
    assert_eq!(house.lines(ids[1]).await, ["another day"]);
}

#[tokio::test]
async fn with_the_lock_starting_a_conversation_answers_the_newest_and_posts_there() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hello").await;
    let contact = house.conversation(id).await["meta"]["sender"]["id"].clone();
    let wanted = json!({
        "inbox_id": house.plan.web, "contact_id": contact, "message": { "content": "About your stay" },
    });
    lock(&house, house.plan.web, true).await;
    let source = json!({ "source_id": source_of(&house, id).await });
    let mut locked = wanted.clone();
    locked
        .as_object_mut()
        .unwrap()
        .extend(source.as_object().unwrap().clone());
    let (status, json) = house
        .post(&house.plan.admin, "/conversations", locked.clone())
        .await;
    assert_eq!((status, &json["id"]), (200, &json!(id)), "{json}");
    assert_eq!(house.lines(id).await, ["hello", "About your stay"]);
    lock(&house, house.plan.web, false).await;
    let (status, json) = house.post(&house.plan.admin, "/conversations", locked).await;
    assert_eq!(status, 200);
    assert_ne!(json["id"], id, "always a new one without it");
}

async fn source_of(house: &House, id: i64) -> Value {
    let contact = house.conversation(id).await["meta"]["sender"]["id"].clone();
    let (_, json) = house
        .get(&house.plan.admin, &format!("/contacts/{contact}"))
        .await;
    json["payload"]["contact_inboxes"][0]["source_id"].clone()
}

#[tokio::test]
async fn a_bot_that_fails_keeps_its_conversation_where_the_account_says_so() {
    let house = House::open().await;
    let keep = json!({ "keep_pending_on_bot_failure": true });
    assert_eq!(house.patch(&house.plan.admin, "", keep).await.0, 200);
    let body = json!({ "channel": { "webhook_url": format!("{}/inbox", house.sink.url) } });
    let web = format!("/inboxes/{}", house.plan.web);
    assert_eq!(house.patch(&house.plan.admin, &web, body).await.0, 200);
    house.sink.answers(503);
    let mut cable = Cable::person(&house, &house.plan.ana).await;
    let id = house.guest_starts(house.plan.ai, "hi bot").await;
    house.sink.next("/bot", "message_created").await;
    // What follows that failure comes before what follows one that began later.
    house.guest_starts(house.plan.web, "hi").await;
    cable
        .until(|frame| frame["message"]["data"]["status"] == "failed")
        .await;
    assert_eq!(house.conversation(id).await["status"], "pending");
}

#[tokio::test]
async fn a_bot_that_is_busy_is_asked_three_times_before_people_take_over() {
    let house = House::open().await;
    house.sink.answers(429);
    let mut cable = Cable::person(&house, &house.plan.ana).await;
    let id = house.guest_starts(house.plan.ai, "hi bot").await;
    let mut deliveries = Vec::new();
    for nth in 1..=3 {
        let came = house.sink.next("/bot", "message_created").await;
        // After the last one people may have it before anybody looks.
        if nth < 3 {
            assert_eq!(house.conversation(id).await["status"], "pending");
        }
        deliveries.push(came.text);
    }
    assert!(
        deliveries.iter().all(|text| *text == deliveries[0]),
        "the same each time"
    );
    let line = "Conversation was marked open by system due to an error with the agent bot.";
    cable
        .until(|frame| frame["message"]["data"]["content"] == line)
        .await;
    assert_eq!(house.conversation(id).await["status"], "open");
}

#[tokio::test]
async fn a_bot_that_was_busy_once_keeps_its_conversation() {
    let house = House::open().await;
    house.sink.answers(500);
    let id = house.guest_starts(house.plan.ai, "hi bot").await;
    house.sink.next("/bot", "message_created").await;
    house.sink.answers(200);
    house.sink.next("/bot", "message_created").await;
    house.guest_writes(id, "and another").await;
    house.sink.next("/bot", "message_created").await;
    assert_eq!(house.conversation(id).await["status"], "pending");
    assert_eq!(last_line(&house, id).await, "and another");
}

#[tokio::test]
async fn with_a_team_chance_picks_among_its_members_online_and_nobody_where_the_team_says_so() {
    let house = House::open().await;
    let (admin, ana, ben) = (&house.plan.admin, &house.plan.ana, &house.plan.ben);
    let team = format!("/teams/{}", house.plan.team);
    let body = json!({ "user_ids": [ben.id] });
    assert_eq!(
        house.post(admin, &format!("{team}/team_members"), body).await.0,
        200
    );
    let mut cables = Vec::new();
    for person in [ana, ben] {
        let mut cable = Cable::person(&house, person).await;
        cable.event("presence.update").await;
        cables.push(cable);
    }
    let assignee = async |id: i64| house.conversation(id).await["meta"]["assignee"]["id"].clone();
    let id = house.guest_starts(house.plan.web, "hi").await;
    assign(&house, id, json!({ "assignee_id": ana.id })).await;
    assign(&house, id, json!({ "team_id": house.plan.team })).await;
    assert_eq!(assignee(id).await, ben.id, "who is not in the team gives it up");
    let off = json!({ "allow_auto_assign": false });
    assert_eq!(house.patch(admin, &team, off).await.0, 200);
    let id = house.guest_starts(house.plan.web, "hi").await;
    assign(&house, id, json!({ "team_id": house.plan.team })).await;
    assert_eq!(assignee(id).await, Value::Null);
}
