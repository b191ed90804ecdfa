//! Reference §10.6, line by line: what one action puts on the socket.

use crate::cable::{Cable, identifier};
use crate::house::{House, Person};
use deskbell_desk::db::rows;
use reqwest::Method;
use serde_json::{Value, json};

/// A socket of somebody who listens.
pub struct Ear {
    cable: Cable,
    identifier: String,
}

impl Ear {
    pub async fn of(house: &House, person: &Person) -> Self {
        let mut cable = Cable::person(house, person).await;
        cable.event("presence.update").await;
        let identifier = identifier(house, person);
        Self { cable, identifier }
    }

    /// All since the last look, messages with their type. A look ends with an event that only the one who asks for it
    /// hears: the answer to a sign of life.
    pub async fn heard(&mut self) -> Vec<String> {
        let sign = json!({ "action": "update_presence" });
        self.cable.command("message", &self.identifier, Some(sign)).await;
        let mut names = Vec::new();
        loop {
            let frame = self
                .cable
                .until(|frame| frame["message"]["event"].is_string())
                .await;
            let (name, data) = (
                frame["message"]["event"].as_str().unwrap(),
                &frame["message"]["data"],
            );
            match name {
                "presence.update" => return names,
                "message.created" => names.push(format!("message.created {}", kind(data))),
                other => names.push(other.to_owned()),
            }
        }
    }
}

fn kind(message: &Value) -> &'static str {
    match message["message_type"].as_i64() {
        Some(0) => "incoming",
        Some(1) if message["private"] == true => "note",
        Some(1) => "outgoing",
        Some(2) => "activity",
        _ => "template",
    }
}

pub async fn post(house: &House, person: &Person, id: i64, what: &str, body: Value) -> Value {
    let (status, json) = house
        .post(person, &format!("/conversations/{id}/{what}"), body)
        .await;
    assert_eq!(status, 200, "{what}: {json}");
    json
}

pub async fn say(house: &House, person: &Person, id: i64, text: &str) -> i64 {
    let said = post(house, person, id, "messages", json!({ "content": text })).await;
    said["id"].as_i64().unwrap()
}

pub async fn assign(house: &House, id: i64, body: Value) {
    post(house, &house.plan.admin, id, "assignments", body).await;
}

/// A guest of the web chat over the public API.
pub struct Guest {
    chats: String,
    pub pubsub_token: String,
    pub contact: i64,
    pub conversation: i64,
}

impl Guest {
    pub async fn arrives(house: &House) -> Self {
        let base = format!("/public/api/v1/inboxes/{}/contacts", house.plan.web_identifier);
        let (_, me) = house.plain(Method::POST, &base, json!({ "name": "Wanda" })).await;
        let chats = format!("{base}/{}/conversations", me["source_id"].as_str().unwrap());
        let (_, chat) = house.plain(Method::POST, &chats, json!({})).await;
        Self {
            chats,
            pubsub_token: me["pubsub_token"].as_str().unwrap().to_owned(),
            contact: me["id"].as_i64().unwrap(),
            conversation: chat["id"].as_i64().unwrap(),
        }
    }

    pub async fn begins_another(&self, house: &House) {
        let (status, json) = house.plain(Method::POST, &self.chats, json!({})).await;
        assert_eq!(status, 200, "{json}");
    }

    pub async fn does(&self, house: &House, what: &str, body: Value) {
        let path = format!("{}/{}/{what}", self.chats, self.conversation);
        let (status, json) = house.plain(Method::POST, &path, body).await;
        assert_eq!(status, 200, "{what}: {json}");
    }
}

#[tokio::test]
async fn a_contact_opens_a_conversation() {
    let house = House::open().await;
    let guest = Guest::arrives(&house).await;
    let mut ear = Ear::of(&house, &house.plan.ana).await;
    house.plain(Method::POST, &guest.chats, json!({})).await;
    assert_eq!(ear.heard().await, ["conversation.created"]);
}

#[tokio::test]
async fn a_contacts_message_after_an_agent_answered() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let ana = &house.plan.ana;
    assign(&house, id, json!({ "assignee_id": ana.id })).await;
    say(&house, ana, id, "Hello").await;
    let mut ear = Ear::of(&house, ana).await;
    house.guest_writes(id, "and?").await;
    let expected = [
        "message.created incoming",
        "conversation.updated",
        "notification.created",
        "notification.deleted",
        "contact.updated",
    ];
    assert_eq!(
        ear.heard().await,
        expected,
        "waiting from now on; the older notification goes"
    );
    house.guest_writes(id, "still there?").await;
    let expected = [
        "message.created incoming",
        "notification.created",
        "notification.deleted",
        "contact.updated",
    ];
    assert_eq!(ear.heard().await, expected, "it waited already");
}

#[tokio::test]
async fn a_contacts_message_on_resolved_and_on_snoozed() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    set(
        &house,
        "UPDATE inbox SET lock_to_single_conversation = 1 WHERE id = ?1",
    )
    .await;
    for (status, line) in [("resolved", true), ("snoozed", false)] {
        post(
            &house,
            &house.plan.admin,
            id,
            "toggle_status",
            json!({ "status": status }),
        )
        .await;
        say(&house, &house.plan.admin, id, "Bye").await;
        let mut ear = Ear::of(&house, &house.plan.ana).await;
        house.guest_writes(id, "again").await;
        let mut expected = vec!["conversation.status_changed", "conversation.updated"];
        if line {
            expected.push("message.created activity");
        }
        expected.extend([
            "message.created incoming",
            "conversation.updated",
            "contact.updated",
        ]);
        assert_eq!(ear.heard().await, expected, "{status}");
    }
}

async fn set(house: &House, sql: &'static str) {
    let web = house.plan.web;
    let changed = house
        .running
        .desk()
        .write(move |change| rows::execute(change, sql, [web]).map(drop));
    changed.await.unwrap();
}

#[tokio::test]
async fn a_greeting_comes_after_the_contacts_message() {
    let house = House::open().await;
    set(
        &house,
        "UPDATE inbox SET greeting_enabled = 1, greeting_message = 'Welcome!' WHERE id = ?1",
    )
    .await;
    let guest = Guest::arrives(&house).await;
    let mut ear = Ear::of(&house, &house.plan.ana).await;
    guest.does(&house, "messages", json!({ "content": "hi" })).await;
    assert_eq!(
        ear.heard().await,
        [
            "message.created incoming",
            "message.created template",
            "contact.updated"
        ]
    );
}

#[tokio::test]
async fn an_agents_first_reply_and_the_next() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let mut ear = Ear::of(&house, &house.plan.ana).await;
    say(&house, &house.plan.ana, id, "Hello").await;
    assert_eq!(
        ear.heard().await,
        [
            "message.created outgoing",
            "first.reply.created",
            "conversation.updated"
        ]
    );
    say(&house, &house.plan.ana, id, "Anything else?").await;
    assert_eq!(ear.heard().await, ["message.created outgoing"]);
    house.guest_writes(id, "yes").await;
    ear.heard().await;
    say(&house, &house.plan.ana, id, "What?").await;
    assert_eq!(
        ear.heard().await,
        ["message.created outgoing", "conversation.updated"],
        "it waited"
    );
}

#[tokio::test]
async fn a_reply_on_a_channel_that_sends_outward_is_updated_later() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.phone, "hi").await;
    let mut cable = Cable::person(&house, &house.plan.ana).await;
    let sent = say(&house, &house.plan.ana, id, "Hello").await;
    let updated = cable.event("message.updated").await;
    assert_eq!(updated["id"], sent);
}

#[tokio::test]
async fn a_private_note_goes_to_agents_and_tells_the_mentioned() {
    let house = House::open().await;
    let guest = Guest::arrives(&house).await;
    let ben = &house.plan.ben;
    let (mut his, mut hers) = (
        Ear::of(&house, ben).await,
        Ear::of(&house, &house.plan.admin).await,
    );
    let mut theirs = Cable::guest(&house, &guest.pubsub_token).await;
    let note = json!({ "content": format!("[@Ben](mention://user/{}/Ben) look", ben.id), "private": true });
    post(&house, &house.plan.ana, guest.conversation, "messages", note).await;
    assert_eq!(
        his.heard().await,
        [
            "message.created note",
            "conversation.mentioned",
            "notification.created"
        ]
    );
    assert_eq!(
        hers.heard().await.first().map(String::as_str),
        Some("message.created note")
    );
    say(&house, &house.plan.ana, guest.conversation, "Hello").await;
    assert_eq!(
        theirs.event("message.created").await["content"],
        "Hello",
        "not the note"
    );
}

#[tokio::test]
async fn an_agent_resolves_opens_snoozes_and_marks_pending() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let mut ear = Ear::of(&house, &house.plan.ben).await;
    let changed = [
        "conversation.status_changed",
        "conversation.updated",
        "message.created activity",
    ];
    for status in ["resolved", "snoozed", "pending"] {
        post(
            &house,
            &house.plan.ana,
            id,
            "toggle_status",
            json!({ "status": status }),
        )
        .await;
        assert_eq!(ear.heard().await, changed, "{status}");
    }
    post(
        &house,
        &house.plan.ana,
        id,
        "toggle_status",
        json!({ "status": "open" }),
    )
    .await;
    let assigned = [
        "conversation.updated",
        "assignee.changed",
        "message.created activity",
    ];
    assert_eq!(ear.heard().await, [changed, assigned].concat(), "and it is hers");
}

#[tokio::test]
async fn a_resolve_may_bring_a_survey() {
    let house = House::open().await;
    set(&house, "UPDATE inbox SET csat_survey_enabled = 1 WHERE id = ?1").await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let mut ear = Ear::of(&house, &house.plan.ben).await;
    post(
        &house,
        &house.plan.ana,
        id,
        "toggle_status",
        json!({ "status": "resolved" }),
    )
    .await;
    assert_eq!(
        ear.heard().await,
        [
            "conversation.status_changed",
            "conversation.updated",
            "message.created activity",
            "message.created template"
        ]
    );
}

#[tokio::test]
async fn a_bot_hands_over() {
    let house = House::open().await;
    let flags = json!({ "notification_settings": {
        "selected_email_flags": [], "selected_push_flags": ["push_conversation_creation"],
    }});
    house
        .patch(&house.plan.ana, "/notification_settings", flags)
        .await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    let mut ear = Ear::of(&house, &house.plan.ana).await;
    let path = format!("/conversations/{id}/toggle_status");
    house.bot(Method::POST, &path, json!({ "status": "open" })).await;
    assert_eq!(
        ear.heard().await,
        [
            "conversation.status_changed",
            "conversation.updated",
            "message.created activity",
            "notification.created"
        ]
    );
    let line = "Conversation was reopened by Concierge".to_owned();
    assert!(house.lines(id).await.contains(&line));
}

#[tokio::test]
async fn an_agent_or_a_team_is_assigned() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let mut ear = Ear::of(&house, ana).await;
    let assigned = [
        "conversation.updated",
        "assignee.changed",
        "message.created activity",
    ];
    assign(&house, id, json!({ "assignee_id": ana.id })).await;
    assert_eq!(
        ear.heard().await,
        [&assigned[..], &["notification.created"]].concat()
    );
    assign(&house, id, json!({ "assignee_id": null })).await;
    assert_eq!(ear.heard().await, assigned);
    post(&house, ana, id, "assignments", json!({ "assignee_id": ana.id })).await;
    assert_eq!(
        ear.heard().await,
        assigned,
        "nobody is notified of their own deed"
    );
    assign(&house, id, json!({ "team_id": house.plan.team })).await;
    assert_eq!(
        ear.heard().await,
        [
            "conversation.updated",
            "assignee.changed",
            "team.changed",
            "message.created activity"
        ],
        "not of the team: she lets go, and one line names both"
    );
    let pending = house.guest_starts(house.plan.ai, "hi").await;
    ear.heard().await;
    assign(&house, pending, json!({ "assignee_id": ana.id })).await;
    assert_eq!(ear.heard().await, assigned, "no notification while pending");
}

#[tokio::test]
async fn a_bot_is_assigned() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let bot = json!({ "assignee_id": house.plan.bot, "assignee_type": "AgentBot" });
    let mut ear = Ear::of(&house, &house.plan.admin).await;
    assign(&house, id, bot.clone()).await;
    assert_eq!(ear.heard().await, ["conversation.updated"]);
    assign(&house, id, json!({ "assignee_id": house.plan.ana.id })).await;
    ear.heard().await;
    assign(&house, id, bot).await;
    let heard = ear.heard().await;
    assert_eq!(
        heard[..2],
        ["conversation.updated", "assignee.changed"],
        "an agent had it: {heard:?}"
    );
}

#[tokio::test]
async fn labels_priority_and_attributes_change() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let mut ear = Ear::of(&house, &house.plan.ben).await;
    let with_line = ["conversation.updated", "message.created activity"];
    post(
        &house,
        &house.plan.ana,
        id,
        "labels",
        json!({ "labels": ["vip"] }),
    )
    .await;
    assert_eq!(ear.heard().await, with_line);
    post(
        &house,
        &house.plan.ana,
        id,
        "toggle_priority",
        json!({ "priority": "high" }),
    )
    .await;
    assert_eq!(ear.heard().await, with_line);
    post(
        &house,
        &house.plan.ana,
        id,
        "custom_attributes",
        json!({ "custom_attributes": { "a": 1 } }),
    )
    .await;
    assert_eq!(ear.heard().await, ["conversation.updated"]);
}

#[tokio::test]
async fn the_contact_reads() {
    let house = House::open().await;
    let guest = Guest::arrives(&house).await;
    say(&house, &house.plan.ana, guest.conversation, "1").await;
    say(&house, &house.plan.ana, guest.conversation, "2").await;
    let mut ear = Ear::of(&house, &house.plan.ana).await;
    guest.does(&house, "update_last_seen", json!({})).await;
    assert_eq!(
        ear.heard().await,
        ["conversation.read", "message.updated", "message.updated"],
        "one for each message not read before"
    );
    guest.does(&house, "update_last_seen", json!({})).await;
    assert_eq!(ear.heard().await, ["conversation.read"]);
}

#[tokio::test]
async fn an_agent_reads_and_marks_unread() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let ana = &house.plan.ana;
    assign(&house, id, json!({ "assignee_id": ana.id })).await;
    let (mut hers, mut his) = (Ear::of(&house, ana).await, Ear::of(&house, &house.plan.ben).await);
    post(&house, ana, id, "update_last_seen", json!({})).await;
    assert_eq!(hers.heard().await, ["notification.updated"], "her own");
    post(&house, ana, id, "unread", json!({})).await;
    assert_eq!(his.heard().await, [] as [&str; 0], "nobody else hears of it");
}

#[tokio::test]
async fn a_message_is_deleted_retried_and_reported() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let ana = &house.plan.ana;
    let mut ids = Vec::new();
    for text in ["a", "b", "c"] {
        ids.push(say(&house, ana, id, text).await);
    }
    let mut ear = Ear::of(&house, ana).await;
    let path = |number: usize| format!("/conversations/{id}/messages/{}", ids[number]);
    assert_eq!(house.delete(ana, &path(0)).await.0, 200);
    assert_eq!(ear.heard().await, ["message.updated"]);
    assert_eq!(
        house.patch(ana, &path(1), json!({ "status": "failed" })).await.0,
        200
    );
    assert_eq!(ear.heard().await, ["message.updated"]);
    assert_eq!(
        house.post(ana, &format!("{}/retry", path(1)), json!({})).await.0,
        200
    );
    assert_eq!(ear.heard().await, ["message.updated"]);
}

#[tokio::test]
async fn a_contact_is_saved() {
    let house = House::open().await;
    let guest = Guest::arrives(&house).await;
    let path = format!("/contacts/{}", guest.contact);
    let mut ear = Ear::of(&house, &house.plan.ben).await;
    let ana = &house.plan.ana;
    for body in [
        json!({ "name": "Vera" }),
        json!({}),
        json!({ "blocked": true }),
        json!({ "blocked": false }),
    ] {
        assert_eq!(house.patch(ana, &path, body.clone()).await.0, 200);
        assert_eq!(ear.heard().await, ["contact.updated"], "{body}");
    }
    house
        .post(ana, &format!("{path}/labels"), json!({ "labels": ["vip"] }))
        .await;
    assert_eq!(ear.heard().await, ["contact.updated"]);
}

#[tokio::test]
async fn a_conversation_is_muted_and_unmuted() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let mut ear = Ear::of(&house, &house.plan.ben).await;
    post(&house, &house.plan.ana, id, "mute", json!({})).await;
    assert_eq!(
        ear.heard().await,
        [
            "conversation.status_changed",
            "conversation.updated",
            "message.created activity",
            "contact.updated",
            "message.created activity"
        ]
    );
    post(&house, &house.plan.ana, id, "unmute", json!({})).await;
    assert_eq!(ear.heard().await, ["contact.updated", "message.created activity"]);
    post(&house, &house.plan.ana, id, "mute", json!({})).await;
    assert_eq!(
        ear.heard().await,
        ["contact.updated", "message.created activity"],
        "resolved already"
    );
}

#[tokio::test]
async fn a_label_is_made_renamed_and_deleted() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let mut cable = Cable::person(&house, &house.plan.ben).await;
    let (_, label) = house.post(admin, "/labels", json!({ "title": "vip" })).await;
    cable.event("account.cache_invalidated").await;
    let path = format!("/labels/{}", label["id"]);
    house
        .patch(admin, &path, json!({ "title": "very-important" }))
        .await;
    cable.event("account.cache_invalidated").await;
    house.delete(admin, &path).await;
    cable.event("account.cache_invalidated").await;
}
