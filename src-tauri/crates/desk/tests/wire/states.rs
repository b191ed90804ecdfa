//! Reference §5, line by line: what becomes of a conversation's status, and what follows from it.

use crate::cable::Cable;
use crate::house::{House, Person};
use deskbell_desk::db::rows;
use reqwest::Method;
use serde_json::{Value, json};

pub async fn post(house: &House, person: &Person, id: i64, what: &str, body: Value) -> Value {
    let (status, json) = house
        .post(person, &format!("/conversations/{id}/{what}"), body)
        .await;
    assert_eq!(status, 200, "{what}: {json}");
    json
}

async fn set_status(house: &House, person: &Person, id: i64, status: &str) {
    post(house, person, id, "toggle_status", json!({ "status": status })).await;
}

async fn status(house: &House, id: i64) -> Value {
    house.conversation(id).await["status"].clone()
}

async fn waits(house: &House, id: i64) -> i64 {
    house.conversation(id).await["waiting_since"].as_i64().unwrap()
}

/// A setting of a channel, as its settings page would leave it.
async fn set(house: &House, sql: &'static str, inbox: i64) {
    let changed = house
        .running
        .desk()
        .write(move |change| rows::execute(change, sql, [inbox]).map(drop));
    changed.await.unwrap();
}

async fn start(house: &House, body: Value) -> Value {
    let (status, json) = house.post(&house.plan.admin, "/conversations", body).await;
    assert_eq!(status, 200, "{json}");
    json
}

async fn contact(house: &House, id: i64) -> i64 {
    house.conversation(id).await["meta"]["sender"]["id"]
        .as_i64()
        .unwrap()
}

pub async fn last_line(house: &House, id: i64) -> String {
    house.lines(id).await.pop().unwrap_or_default()
}

#[tokio::test]
async fn created_by_a_blocked_contact_it_is_resolved() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let contact = contact(&house, id).await;
    house
        .patch(
            &house.plan.admin,
            &format!("/contacts/{contact}"),
            json!({ "blocked": true }),
        )
        .await;
    let new = json!({ "inbox_id": house.plan.web, "contact_id": contact, "status": "open" });
    assert_eq!(start(&house, new).await["status"], "resolved");
}

#[tokio::test]
async fn created_with_an_active_bot_it_is_pending_whatever_was_asked_for() {
    let house = House::open().await;
    let contact = contact(&house, house.guest_starts(house.plan.web, "hi").await).await;
    let new = json!({ "inbox_id": house.plan.ai, "contact_id": contact, "status": "open" });
    assert_eq!(start(&house, new).await["status"], "pending");
}

#[tokio::test]
async fn created_otherwise_it_is_as_asked_or_open_and_waits_from_then() {
    let house = House::open().await;
    let contact = contact(&house, house.guest_starts(house.plan.web, "hi").await).await;
    for (asked, expected) in [
        (Value::Null, "open"),
        (json!("resolved"), "resolved"),
        (json!("pending"), "pending"),
    ] {
        let made = start(
            &house,
            json!({ "inbox_id": house.plan.web, "contact_id": contact, "status": asked }),
        )
        .await;
        assert_eq!(made["status"], expected);
        assert_eq!(made["waiting_since"], made["created_at"], "whoever starts it");
    }
}

#[tokio::test]
async fn an_incoming_message_of_a_muted_guest_changes_nothing() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    post(&house, &house.plan.ana, id, "mute", json!({})).await;
    house.guest_writes(id, "hello?").await;
    assert_eq!(status(&house, id).await, "resolved");
}

#[tokio::test]
async fn an_incoming_message_opens_what_was_snoozed_without_a_line() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    set_status(&house, &house.plan.ana, id, "snoozed").await;
    house.guest_writes(id, "hello?").await;
    assert_eq!(status(&house, id).await, "open");
    assert_eq!(last_line(&house, id).await, "hello?");
}

#[tokio::test]
async fn an_incoming_message_on_resolved_is_the_bots_where_one_is_active_else_open() {
    let house = House::open().await;
    let line = "System reopened the conversation due to a new incoming message.";
    for (inbox, expected, with_line) in [
        (house.plan.ai, "pending", false),
        (house.plan.web, "open", true),
        (house.plan.phone, "open", false),
    ] {
        let id = house.guest_starts(inbox, "hi").await;
        set_status(&house, &house.plan.ana, id, "resolved").await;
        set(
            &house,
            "UPDATE inbox SET lock_to_single_conversation = 1 WHERE id = ?1",
            inbox,
        )
        .await;
        house.guest_writes(id, "again").await;
        assert_eq!(status(&house, id).await, expected);
        let lines = house.lines(id).await;
        assert_eq!(
            lines.contains(&line.to_owned()),
            with_line,
            "{expected}: {lines:?}"
        );
    }
}

#[tokio::test]
async fn an_incoming_message_an_agent_posted_reopens_in_the_agents_name() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    set_status(&house, &house.plan.ana, id, "resolved").await;
    let brought = json!({ "content": "she called", "message_type": "incoming" });
    post(&house, &house.plan.ana, id, "messages", brought).await;
    let lines = house.lines(id).await;
    assert!(
        lines.contains(&"Conversation was reopened by Ana".to_owned()),
        "{lines:?}"
    );
    assert!(
        !lines.iter().any(|line| line.starts_with("System reopened")),
        "{lines:?}"
    );
}

#[tokio::test]
async fn an_incoming_message_leaves_pending_and_open_as_they_are() {
    let house = House::open().await;
    for (inbox, expected) in [(house.plan.ai, "pending"), (house.plan.web, "open")] {
        let id = house.guest_starts(inbox, "hi").await;
        house.guest_writes(id, "more").await;
        assert_eq!(status(&house, id).await, expected);
    }
}

#[tokio::test]
async fn a_handoff_by_the_bot_waits_from_now_and_tells_whoever_subscribed() {
    let house = House::open().await;
    let flags = json!({ "notification_settings": {
        "selected_email_flags": [], "selected_push_flags": ["push_conversation_creation"],
    }});
    house
        .patch(&house.plan.ana, "/notification_settings", flags)
        .await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    let path = format!("/conversations/{id}");
    house
        .bot(
            Method::POST,
            &format!("{path}/messages"),
            json!({ "content": "One moment" }),
        )
        .await;
    assert_eq!(waits(&house, id).await, 0);
    assert_eq!(
        house.get(&house.plan.ana, "/notifications/unread_count").await.1,
        0,
        "not while pending"
    );
    let (code, _) = house
        .bot(
            Method::POST,
            &format!("{path}/toggle_status"),
            json!({ "status": "open" }),
        )
        .await;
    assert_eq!((code, status(&house, id).await), (200, json!("open")));
    assert_ne!(waits(&house, id).await, 0);
    let (_, told) = house.get(&house.plan.ana, "/notifications").await;
    assert_eq!(
        told["data"]["payload"][0]["notification_type"],
        "conversation_creation"
    );
    assert_eq!(
        house
            .get(&house.plan.admin, "/notifications/unread_count")
            .await
            .1,
        0,
        "did not subscribe"
    );
}

#[tokio::test]
async fn a_blank_status_opens_without_a_handoff() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    let path = format!("/conversations/{id}");
    house
        .bot(
            Method::POST,
            &format!("{path}/messages"),
            json!({ "content": "One moment" }),
        )
        .await;
    house
        .bot(Method::POST, &format!("{path}/toggle_status"), json!({}))
        .await;
    assert_eq!(
        (status(&house, id).await, waits(&house, id).await),
        (json!("open"), 0)
    );
}

#[tokio::test]
async fn an_agents_reply_leaves_a_pending_conversation_pending() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    post(
        &house,
        &house.plan.ana,
        id,
        "messages",
        json!({ "content": "Hello" }),
    )
    .await;
    assert_eq!(status(&house, id).await, "pending");
}

#[tokio::test]
async fn who_opens_as_an_agent_gets_it_also_from_another() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    post(
        &house,
        &house.plan.admin,
        id,
        "assignments",
        json!({ "assignee_id": house.plan.ben.id }),
    )
    .await;
    set_status(&house, &house.plan.ana, id, "snoozed").await;
    set_status(&house, &house.plan.ana, id, "open").await;
    assert_eq!(
        house.conversation(id).await["meta"]["assignee"]["id"],
        house.plan.ana.id
    );
    set_status(&house, &house.plan.admin, id, "snoozed").await;
    set_status(&house, &house.plan.admin, id, "open").await;
    assert_eq!(
        house.conversation(id).await["meta"]["assignee"]["id"],
        house.plan.ana.id,
        "not an administrator"
    );
}

#[tokio::test]
async fn what_becomes_open_goes_to_the_next_of_those_online() {
    let house = House::open().await;
    set(
        &house,
        "UPDATE inbox SET enable_auto_assignment = 1 WHERE id = ?1",
        house.plan.web,
    )
    .await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    assert_eq!(
        house.conversation(id).await["meta"].get("assignee"),
        None,
        "nobody online: it stays"
    );
    let mut cable = Cable::person(&house, &house.plan.ben).await;
    cable.event("presence.update").await;
    set_status(&house, &house.plan.admin, id, "resolved").await;
    set_status(&house, &house.plan.admin, id, "open").await;
    assert_eq!(
        house.conversation(id).await["meta"]["assignee"]["id"],
        house.plan.ben.id
    );
}

#[tokio::test]
async fn a_snooze_with_an_end_is_over_then_without_a_line() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let until = house.running.desk().now() + 600;
    let snooze = json!({ "status": "snoozed", "snoozed_until": until });
    let answer = post(&house, &house.plan.ana, id, "toggle_status", snooze).await;
    assert!(answer["payload"]["snoozed_until"].is_string(), "out as ISO");
    house.advance(300).await;
    assert_eq!(status(&house, id).await, "snoozed");
    let lines = house.lines(id).await.len();
    house.advance(301).await;
    let after = house.conversation(id).await;
    assert_eq!(
        (&after["status"], &after["snoozed_until"]),
        (&json!("open"), &Value::Null)
    );
    assert_eq!(house.lines(id).await.len(), lines);
}

#[tokio::test]
async fn a_snooze_without_an_end_lasts_until_the_guest_writes() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    set_status(&house, &house.plan.ana, id, "snoozed").await;
    house.advance(90_000).await;
    assert_eq!(status(&house, id).await, "snoozed");
    house.guest_writes(id, "hello?").await;
    assert_eq!(status(&house, id).await, "open");
}

#[tokio::test]
async fn the_end_of_a_snooze_is_cleared_on_any_other_status() {
    let house = House::open().await;
    for other in ["open", "resolved", "pending"] {
        let id = house.guest_starts(house.plan.web, "hi").await;
        let until = house.running.desk().now() + 600;
        post(
            &house,
            &house.plan.ana,
            id,
            "toggle_status",
            json!({ "status": "snoozed", "snoozed_until": until }),
        )
        .await;
        set_status(&house, &house.plan.ana, id, other).await;
        assert_eq!(
            house.conversation(id).await["snoozed_until"],
            Value::Null,
            "{other}"
        );
    }
}

async fn auto_resolve(house: &House, settings: Value) {
    let path = format!("/api/v1/accounts/{}", house.plan.account);
    let answer = house
        .send(
            Method::PATCH,
            &path,
            &house.plan.admin.access_token,
            Some(settings),
        )
        .await;
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn what_is_idle_for_long_is_resolved_with_a_line() {
    for (minutes, words) in [(50, "50 minutes"), (120, "2 hours"), (2880, "2 days")] {
        let house = House::open().await;
        auto_resolve(&house, json!({ "auto_resolve_after": minutes })).await;
        let (open, pending) = (
            house.guest_starts(house.plan.web, "hi").await,
            house.guest_starts(house.plan.ai, "hi").await,
        );
        house.advance(minutes * 60 - 30).await;
        assert_eq!(status(&house, open).await, "open");
        house.advance(60).await;
        assert_eq!(status(&house, open).await, "resolved");
        assert_eq!(status(&house, pending).await, "pending", "open ones only");
        let line = format!("Conversation was marked resolved by system due to {words} of inactivity");
        assert_eq!(last_line(&house, open).await, line);
    }
}

#[tokio::test]
async fn who_still_waits_is_kept_where_that_is_set_and_others_get_message_and_label() {
    let house = House::open().await;
    let settings = json!({
        "auto_resolve_after": 60, "auto_resolve_ignore_waiting": true,
        "auto_resolve_message": "We close this for now.", "auto_resolve_label": "idle",
    });
    auto_resolve(&house, settings).await;
    let waiting = house.guest_starts(house.plan.web, "hi").await;
    let answered = house.guest_starts(house.plan.web, "hi").await;
    let late = house.guest_starts(house.plan.phone, "hi").await;
    for id in [answered, late] {
        post(
            &house,
            &house.plan.admin,
            id,
            "messages",
            json!({ "content": "Hello" }),
        )
        .await;
    }
    house.advance(25 * 3600).await;
    assert_eq!(status(&house, waiting).await, "open");
    for id in [answered, late] {
        assert_eq!(status(&house, id).await, "resolved");
        assert_eq!(house.conversation(id).await["labels"], json!(["idle"]));
    }
    assert!(
        house
            .lines(answered)
            .await
            .contains(&"We close this for now.".to_owned())
    );
    let lines = house.lines(late).await;
    let refused = "Auto-resolve message not sent due to outgoing message restrictions".to_owned();
    assert!(lines.contains(&refused), "the window is closed: {lines:?}");
    assert!(!lines.contains(&"We close this for now.".to_owned()));
}

#[tokio::test]
async fn a_length_outside_the_bounds_resolves_nothing() {
    let house = House::open().await;
    for length in [json!(9), json!(1_439_857), json!(-60), json!("soon"), Value::Null] {
        auto_resolve(&house, json!({ "auto_resolve_after": length })).await;
        let id = house.guest_starts(house.plan.web, "hi").await;
        house.advance(86_400).await;
        assert_eq!(status(&house, id).await, "open", "{length}");
    }
}

#[tokio::test]
async fn resolving_ends_the_waiting() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    assert_ne!(waits(&house, id).await, 0);
    set_status(&house, &house.plan.ana, id, "resolved").await;
    assert_eq!(waits(&house, id).await, 0);
}

#[tokio::test]
async fn a_guest_who_closes_is_named_with_a_capital() {
    let house = House::open().await;
    let base = format!("/public/api/v1/inboxes/{}/contacts", house.plan.web_identifier);
    let (_, me) = house.plain(Method::POST, &base, json!({ "name": "wANDA" })).await;
    let chats = format!("{base}/{}/conversations", me["source_id"].as_str().unwrap());
    let (_, chat) = house.plain(Method::POST, &chats, json!({})).await;
    let id = chat["id"].as_i64().unwrap();
    house
        .plain(Method::POST, &format!("{chats}/{id}/toggle_status"), json!({}))
        .await;
    assert_eq!(status(&house, id).await, "resolved");
    assert_eq!(last_line(&house, id).await, "Conversation was resolved by Wanda");
}

#[tokio::test]
async fn muting_resolves_and_blocks_with_a_line() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    post(&house, &house.plan.ana, id, "mute", json!({})).await;
    let after = house.conversation(id).await;
    assert_eq!(
        (&after["status"], &after["muted"]),
        (&json!("resolved"), &json!(true))
    );
    assert_eq!(last_line(&house, id).await, "Ana has muted the conversation");
}

#[tokio::test]
async fn the_first_human_reply_is_remembered_and_answers_end_the_waiting() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let ana = &house.plan.ana;
    post(
        &house,
        ana,
        id,
        "messages",
        json!({ "content": "note", "private": true }),
    )
    .await;
    let after = house.conversation(id).await;
    assert_eq!(after["first_reply_created_at"], 0, "notes do not count");
    assert_ne!(after["waiting_since"], 0);
    post(&house, ana, id, "messages", json!({ "content": "Hello" })).await;
    let first = house.conversation(id).await;
    assert_ne!(first["first_reply_created_at"], 0);
    assert_eq!(first["waiting_since"], 0);
    house.advance(60).await;
    house.guest_writes(id, "and?").await;
    let since = waits(&house, id).await;
    house.advance(60).await;
    house.guest_writes(id, "still there?").await;
    assert_eq!(waits(&house, id).await, since, "the next sets it only if empty");
    post(&house, ana, id, "messages", json!({ "content": "Yes" })).await;
    let later = house.conversation(id).await;
    assert_eq!(later["waiting_since"], 0);
    assert_eq!(later["first_reply_created_at"], first["first_reply_created_at"]);
}

#[tokio::test]
async fn a_bots_answer_ends_the_waiting_and_is_no_first_reply() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    house
        .bot(
            Method::POST,
            &format!("/conversations/{id}/messages"),
            json!({ "content": "Hello" }),
        )
        .await;
    let after = house.conversation(id).await;
    assert_eq!(
        (&after["waiting_since"], &after["first_reply_created_at"]),
        (&json!(0), &json!(0))
    );
}

#[tokio::test]
async fn every_change_by_somebody_has_its_line() {
    let house = House::open().await;
    let (ana, ben) = (&house.plan.ana, &house.plan.ben);
    let id = house.guest_starts(house.plan.web, "hi").await;
    for (what, body, line) in [
        (
            "toggle_status",
            json!({ "status": "resolved" }),
            "Conversation was marked resolved by Ana",
        ),
        (
            "toggle_status",
            json!({ "status": "pending" }),
            "Conversation was marked as pending by Ana",
        ),
        (
            "toggle_status",
            json!({ "status": "snoozed" }),
            "Conversation was snoozed by Ana",
        ),
        (
            "assignments",
            json!({ "assignee_id": ben.id }),
            "Assigned to Ben by Ana",
        ),
        (
            "assignments",
            json!({ "assignee_id": ana.id }),
            "Ana self-assigned this conversation",
        ),
        (
            "assignments",
            json!({ "assignee_id": null }),
            "Conversation unassigned by Ana",
        ),
        (
            "assignments",
            json!({ "team_id": house.plan.team }),
            "Assigned to Front Office by Ana",
        ),
        (
            "assignments",
            json!({ "team_id": null }),
            "Unassigned from Front Office by Ana",
        ),
        (
            "toggle_priority",
            json!({ "priority": "low" }),
            "Ana set the priority to low",
        ),
        (
            "toggle_priority",
            json!({ "priority": "high" }),
            "Ana changed the priority from low to high",
        ),
        (
            "toggle_priority",
            json!({ "priority": null }),
            "Ana removed the priority",
        ),
        ("labels", json!({ "labels": ["b", "a"] }), "Ana added a, b"),
        ("labels", json!({ "labels": ["b"] }), "Ana removed a"),
    ] {
        post(&house, ana, id, what, body).await;
        let last = last_line(&house, id).await;
        assert_eq!(last.to_lowercase(), line.to_lowercase());
    }
}

#[tokio::test]
async fn turning_the_bot_off_brings_what_waits_for_it_to_people() {
    let house = House::open().await;
    let (admin, ai) = (&house.plan.admin, house.plan.ai);
    let waiting = house.guest_starts(ai, "hi").await;
    let path = format!("/inboxes/{ai}/set_agent_bot");
    let mut cable = Cable::person(&house, &house.plan.ana).await;
    for wrong in [json!(0), json!(987), json!("x"), json!("")] {
        assert_eq!(
            house.post(admin, &path, json!({ "agent_bot": wrong })).await.0,
            404
        );
    }
    assert_eq!(
        status(&house, waiting).await,
        "pending",
        "a wrong bot turns nothing off"
    );
    assert_eq!(
        house
            .post(&house.plan.ana, &path, json!({ "agent_bot": null }))
            .await
            .0,
        401
    );
    assert_eq!(
        house.post(admin, &path, json!({ "agent_bot": null })).await,
        (200, Value::Null)
    );
    cable.event("account.cache_invalidated").await;
    let changed = cable.event("conversation.status_changed").await;
    assert_eq!(
        (&changed["id"], &changed["status"]),
        (&json!(waiting), &json!("open"))
    );
    assert_eq!(
        house.get(admin, &format!("/inboxes/{ai}/agent_bot")).await,
        (200, json!({}))
    );
    let off = house.guest_starts(ai, "hi").await;
    assert_eq!(status(&house, off).await, "open");
    assert_eq!(
        house
            .post(admin, &path, json!({ "agent_bot": house.plan.bot }))
            .await
            .0,
        200
    );
    let (_, seen) = house.get(admin, &format!("/inboxes/{ai}/agent_bot")).await;
    assert_eq!(seen["agent_bot"]["id"], house.plan.bot);
    let on = house.guest_starts(ai, "hi").await;
    assert_eq!(status(&house, on).await, "pending");
    assert_eq!(status(&house, off).await, "open", "what people have stays theirs");
}
