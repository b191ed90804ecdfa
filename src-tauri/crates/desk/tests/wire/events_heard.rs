//! Reference §10.3, line by line: who hears of what happens, and what each event says of itself.

use crate::cable::Cable;
use crate::events_of_actions::{Ear, Guest, assign, post, say};
use crate::house::House;
use reqwest::Method;
use serde_json::json;

/// §10.3: what a guest hears of all that happens to their conversation.
#[tokio::test]
async fn the_contact_hears_what_is_the_contacts() {
    let house = House::open().await;
    let guest = Guest::arrives(&house).await;
    let (id, ana) = (guest.conversation, &house.plan.ana);
    let mut cable = Cable::guest(&house, &guest.pubsub_token).await;
    guest.does(&house, "messages", json!({ "content": "hi" })).await;
    assign(&house, id, json!({ "assignee_id": ana.id })).await;
    post(
        &house,
        ana,
        id,
        "toggle_typing_status",
        json!({ "typing_status": "on", "is_private": true }),
    )
    .await;
    post(
        &house,
        ana,
        id,
        "messages",
        json!({ "content": "note", "private": true }),
    )
    .await;
    say(&house, ana, id, "Hello").await;
    guest.does(&house, "update_last_seen", json!({})).await;
    house
        .patch(
            ana,
            &format!("/contacts/{}", guest.contact),
            json!({ "name": "Vera" }),
        )
        .await;
    post(&house, ana, id, "toggle_status", json!({ "status": "resolved" })).await;
    let mut heard = Vec::new();
    while heard.last().map(String::as_str) != Some("conversation.status_changed") {
        heard.extend(cable.names_until("conversation.status_changed").await);
    }
    assert_eq!(
        heard,
        [
            "message.created",
            "conversation.updated",
            "conversation.typing_on",
            "message.created",
            "conversation.updated",
            "message.updated",
            "conversation.status_changed"
        ],
        "no assignee, note, first reply, read receipt, contact or activity"
    );
}

/// §10.3: a contact's events go to the whole account, a conversation's to its channel, a notification's to its owner.
#[tokio::test]
async fn everybody_hears_of_contacts_and_members_of_conversations() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.phone, "hi").await;
    let contact = house.conversation(id).await["meta"]["sender"]["id"].clone();
    let mut his = Ear::of(&house, &house.plan.ben).await;
    let mut hers = Ear::of(&house, &house.plan.admin).await;
    assign(&house, id, json!({ "assignee_id": house.plan.ana.id })).await;
    house.guest_writes(id, "more").await;
    house
        .patch(
            &house.plan.ana,
            &format!("/contacts/{contact}"),
            json!({ "name": "Vera" }),
        )
        .await;
    assert_eq!(
        his.heard().await,
        ["contact.updated", "contact.updated"],
        "not a member of the phone"
    );
    let heard = hers.heard().await;
    assert!(
        heard.contains(&"assignee.changed".to_owned()),
        "an administrator hears all: {heard:?}"
    );
    assert!(
        !heard.iter().any(|name| name.starts_with("notification")),
        "it is Ana's: {heard:?}"
    );
}

/// §10.3: in whose name it happened, but on the five events that a job rebuilds.
#[tokio::test]
async fn the_performer_is_named_but_on_five_events() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let mut cable = Cable::person(&house, &house.plan.ben).await;
    let ana = &house.plan.ana;
    assign(&house, id, json!({ "assignee_id": ana.id, })).await;
    for name in ["conversation.updated", "assignee.changed"] {
        assert!(cable.event(name).await.get("performer").is_none(), "{name}");
    }
    assert_eq!(cable.event("message.created").await["performer"]["name"], "Ada");
    assign(&house, id, json!({ "team_id": house.plan.team })).await;
    assert!(cable.event("team.changed").await.get("performer").is_none());
    post(&house, ana, id, "toggle_status", json!({ "status": "resolved" })).await;
    assert!(
        cable
            .event("conversation.status_changed")
            .await
            .get("performer")
            .is_none()
    );
    house
        .bot(
            Method::POST,
            &format!("/conversations/{id}/messages"),
            json!({ "content": "I" }),
        )
        .await;
    let said = cable
        .until(|frame| frame["message"]["data"]["content"] == "I")
        .await;
    assert_eq!(said["message"]["data"]["performer"]["name"], "Concierge");
}

/// §10.3: every event says whose account it is of.
#[tokio::test]
async fn every_event_names_its_account() {
    let house = House::open().await;
    let mut cable = Cable::person(&house, &house.plan.ana).await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    assign(&house, id, json!({ "assignee_id": house.plan.ana.id })).await;
    post(
        &house,
        &house.plan.ben,
        id,
        "toggle_typing_status",
        json!({ "typing_status": "on" }),
    )
    .await;
    post(
        &house,
        &house.plan.ben,
        id,
        "toggle_status",
        json!({ "status": "resolved" }),
    )
    .await;
    house
        .post(&house.plan.admin, "/labels", json!({ "title": "vip" }))
        .await;
    loop {
        let frame = cable.until(|frame| frame["message"]["event"].is_string()).await;
        assert_eq!(
            frame["message"]["data"]["account_id"], house.plan.account,
            "{frame}"
        );
        if frame["message"]["event"] == "account.cache_invalidated" {
            return;
        }
    }
}
