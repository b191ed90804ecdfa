//! Reference §11.1 and §11.3, kind by kind: what bots, webhooks and API inboxes are told, and how it looks.

use crate::events_of_actions::post;
use crate::house::{House, Reply, assert_keys};

use deskbell_desk::Change;
use deskbell_desk::db::{contact, inbox, rows};
use reqwest::Method;
use serde_json::{Value, json};

const EVERY: &[&str] = &[
    "conversation_created",
    "conversation_status_changed",
    "conversation_updated",
    "message_created",
    "message_updated",
    "contact_created",
    "contact_updated",
    "webwidget_triggered",
    "conversation_typing_on",
    "conversation_typing_off",
];

/// A house whose AI channel tells an address of its own as well, and whose account has a webhook for everything.
async fn house() -> House {
    let house = House::open().await;
    let url = format!("{}/hook", house.sink.url);
    let body = json!({ "webhook": { "url": url, "subscriptions": EVERY } });
    let made: Reply = house.post(&house.plan.admin, "/webhooks", body).await;
    assert_eq!(made.0, 200);
    let (ai, url) = (house.plan.ai, format!("{}/inbox", house.sink.url));
    let set = move |change: &mut Change<'_>| {
        let sql = "UPDATE inbox SET channel = json_set(channel, '$.webhook_url', ?2) WHERE id = ?1";
        rows::execute(change, sql, (ai, url))
    };
    house.running.desk().write(set).await.unwrap();
    house
}

/// The same event at each of these, with the same body.
async fn told(house: &House, paths: &[&str], event: &str) -> Value {
    told_of(house, paths, event, |_| true).await
}

/// The first of which `fits` holds.
async fn told_of(house: &House, paths: &[&str], event: &str, fits: impl Fn(&Value) -> bool) -> Value {
    let mut bodies = Vec::new();
    for path in paths {
        bodies.push(house.sink.find(path, event, &fits).await.json);
    }
    assert!(
        bodies.iter().all(|body| body == &bodies[0]),
        "{event} is one thing to all"
    );
    bodies.remove(0)
}

const ALL: &[&str] = &["/bot", "/hook", "/inbox"];
const NOT_BOTS: &[&str] = &["/hook", "/inbox"];

const CONVERSATION: &[&str] = &[
    "account",
    "account_id",
    "additional_attributes",
    "agent_last_seen_at",
    "can_reply",
    "channel",
    "contact_inbox",
    "contact_last_seen_at",
    "created_at",
    "custom_attributes",
    "event",
    "first_reply_created_at",
    "id",
    "inbox_id",
    "labels",
    "last_activity_at",
    "messages",
    "meta",
    "priority",
    "snoozed_until",
    "status",
    "timestamp",
    "unread_count",
    "updated_at",
    "waiting_since",
];

fn assert_conversation(body: &Value, id: i64, has_changes: bool) {
    let mut keys = CONVERSATION.to_vec();
    if has_changes {
        keys.push("changed_attributes");
    }
    let mut shown = body.clone();
    if let Some(object) = shown.as_object_mut() {
        object.remove("sla_policy_id");
    }
    assert_keys(&shown, &keys);
    assert_eq!(body["id"], id);
    assert_eq!(body["account"]["name"], "Hotel Adler");
}

fn changes(field: &str) -> impl Fn(&Value) -> bool {
    move |body| {
        let list = body["changed_attributes"].as_array();
        list.is_some_and(|list| list.iter().any(|change| change.get(field).is_some()))
    }
}

/// `field` went from one value to another.
fn changed<'a>(body: &'a Value, field: &str) -> &'a Value {
    let list = body["changed_attributes"].as_array().unwrap();
    let found = list.iter().find_map(|change| change.get(field));
    found.unwrap_or_else(|| panic!("{field} is not in {list:?}"))
}

#[tokio::test]
async fn conversation_created_goes_to_webhooks_and_the_inbox_but_no_bot() {
    let house = house().await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    let body = told(&house, NOT_BOTS, "conversation_created").await;
    assert_conversation(&body, id, false);
    assert_eq!(body["status"], "pending");
    house
        .bot(
            Method::POST,
            &format!("/conversations/{id}/toggle_status"),
            json!({ "status": "open" }),
        )
        .await;
    house.sink.find("/bot", "conversation_opened", |_| true).await;
    assert!(!house.sink.came_across("/bot", "conversation_created").await);
}

#[tokio::test]
async fn message_created_of_every_kind_but_activity() {
    let house = house().await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    let incoming = told(&house, ALL, "message_created").await;
    assert_eq!(incoming["message_type"], "incoming");
    assert_eq!(incoming["conversation"]["id"], id);
    assert!(incoming["sender"].get("type").is_none(), "a guest has no type");
    let ana = &house.plan.ana;
    post(&house, ana, id, "messages", json!({ "content": "Hello" })).await;
    let outgoing = told_of(&house, ALL, "message_created", says("Hello")).await;
    assert_eq!(outgoing["message_type"], "outgoing");
    assert_eq!(outgoing["sender"]["type"], "user");
    let note = json!({ "content": "VIP", "private": true });
    post(&house, ana, id, "messages", note).await;
    let note = told_of(&house, ALL, "message_created", says("VIP")).await;
    assert_eq!(note["private"], true);
    let own = json!({ "content": "I can help" });
    house
        .bot(Method::POST, &format!("/conversations/{id}/messages"), own)
        .await;
    let own = told_of(&house, ALL, "message_created", says("I can help")).await;
    assert_eq!(
        own["sender"],
        json!({ "id": house.plan.bot, "name": "Concierge", "type": "agent_bot" })
    );
    // The line about the priority is told to nobody.
    post(&house, ana, id, "toggle_priority", json!({ "priority": "high" })).await;
    post(&house, ana, id, "messages", json!({ "content": "after" })).await;
    told_of(&house, ALL, "message_created", says("after")).await;
    for path in ALL {
        assert!(!house.sink.came_across(path, "message_created").await, "{path}");
    }
}

fn says(text: &str) -> impl Fn(&Value) -> bool {
    move |body| body["content"] == text
}

#[tokio::test]
async fn message_updated_when_one_is_deleted() {
    let house = house().await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    let said = post(
        &house,
        &house.plan.ana,
        id,
        "messages",
        json!({ "content": "Hello" }),
    )
    .await;
    let path = format!("/conversations/{id}/messages/{}", said["id"]);
    house.delete(&house.plan.ana, &path).await;
    let body = told(&house, ALL, "message_updated").await;
    assert_eq!(body["id"], said["id"]);
    assert_eq!(body["content_attributes"], json!({ "deleted": true }));
    assert!(
        body.get("changed_attributes").is_none(),
        "messages tell no difference"
    );
}

#[tokio::test]
async fn conversation_status_changed_has_the_key_and_always_null() {
    let house = house().await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    post(
        &house,
        &house.plan.ana,
        id,
        "toggle_status",
        json!({ "status": "resolved" }),
    )
    .await;
    let body = told(&house, ALL, "conversation_status_changed").await;
    assert_conversation(&body, id, true);
    assert_eq!(
        (&body["status"], &body["changed_attributes"]),
        (&json!("resolved"), &Value::Null)
    );
    let resolved = house
        .sink
        .find("/bot", "conversation_resolved", |_| true)
        .await
        .json;
    assert_conversation(&resolved, id, false);
    post(
        &house,
        &house.plan.ana,
        id,
        "toggle_status",
        json!({ "status": "open" }),
    )
    .await;
    let opened = house
        .sink
        .find("/bot", "conversation_opened", |_| true)
        .await
        .json;
    assert_conversation(&opened, id, false);
}

#[tokio::test]
async fn conversation_updated_says_what_changed() {
    let house = house().await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    let ana = &house.plan.ana;
    post(&house, ana, id, "toggle_priority", json!({ "priority": "high" })).await;
    let body = told_of(&house, ALL, "conversation_updated", changes("priority")).await;
    assert_conversation(&body, id, true);
    assert_eq!(
        changed(&body, "priority"),
        &json!({ "previous_value": null, "current_value": "high" })
    );
    assert!(
        changed(&body, "updated_at")["current_value"]
            .as_str()
            .unwrap()
            .ends_with('Z')
    );
    post(&house, ana, id, "assignments", json!({ "assignee_id": ana.id })).await;
    let body = told_of(&house, ALL, "conversation_updated", changes("assignee_id")).await;

    assert_eq!(
        changed(&body, "assignee_id"),
        &json!({ "previous_value": null, "current_value": ana.id })
    );
    post(&house, ana, id, "labels", json!({ "labels": ["vip"] })).await;
    let body = told_of(&house, ALL, "conversation_updated", changes("label_list")).await;

    assert_eq!(
        changed(&body, "label_list"),
        &json!({ "previous_value": [], "current_value": ["vip"] })
    );
    let attributes = json!({ "custom_attributes": { "room": "12" } });
    post(&house, ana, id, "custom_attributes", attributes).await;
    let body = told_of(&house, ALL, "conversation_updated", changes("custom_attributes")).await;

    assert_eq!(
        changed(&body, "custom_attributes"),
        &json!({ "previous_value": {}, "current_value": { "room": "12" } })
    );
}

#[tokio::test]
async fn typing_goes_to_webhooks_and_the_inbox_but_no_bot() {
    let house = house().await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    for (state, event) in [
        ("on", "conversation_typing_on"),
        ("off", "conversation_typing_off"),
    ] {
        let typing = json!({ "typing_status": state, "is_private": false });
        post(&house, &house.plan.ana, id, "toggle_typing_status", typing).await;
        let body = told(&house, NOT_BOTS, event).await;
        assert_keys(&body, &["event", "user", "conversation", "is_private"]);
        assert_eq!(body["user"]["name"], "Ana");
        assert_eq!(body["conversation"]["id"], id);
    }
    post(
        &house,
        &house.plan.ana,
        id,
        "toggle_status",
        json!({ "status": "resolved" }),
    )
    .await;
    house.sink.find("/bot", "conversation_resolved", |_| true).await;
    for event in ["conversation_typing_on", "conversation_typing_off"] {
        assert!(!house.sink.came_across("/bot", event).await, "{event}");
    }
}

#[tokio::test]
async fn contacts_go_to_webhooks_only_and_with_a_difference_only() {
    let house = house().await;
    let ana = &house.plan.ana;
    let (_, made) = house.post(ana, "/contacts", json!({ "name": "Gil" })).await;
    let created = house.sink.find("/hook", "contact_created", |_| true).await.json;
    const CONTACT: [&str; 12] = [
        "account",
        "additional_attributes",
        "avatar",
        "blocked",
        "custom_attributes",
        "email",
        "event",
        "id",
        "identifier",
        "name",
        "phone_number",
        "thumbnail",
    ];
    assert_keys(&created, &CONTACT);
    let path = format!("/contacts/{}", made["payload"]["contact"]["id"]);
    // The same name again is a save, and no change.
    for name in ["Gil", "Gilles"] {
        house.patch(ana, &path, json!({ "name": name })).await;
    }
    let updated = house.sink.find("/hook", "contact_updated", |_| true).await.json;
    assert_keys(&updated, &[&CONTACT[..], &["changed_attributes"]].concat());
    assert_eq!(
        updated["changed_attributes"],
        json!([{ "name": { "previous_value": "Gil", "current_value": "Gilles" } }])
    );
}

#[tokio::test]
async fn webwidget_triggered_when_a_guest_opens_the_chat() {
    let house = house().await;
    let id = house.guest_starts(house.plan.ai, "hi").await;
    let guest = house.conversation(id).await["meta"]["sender"]["id"]
        .as_i64()
        .unwrap();
    let (account, ai) = (house.plan.account, house.plan.ai);
    let token = house
        .running
        .desk()
        .write(move |change| {
            let channel = inbox::find(change, ai)?.unwrap();
            let link = contact::link_of(change, guest, channel.id)?.unwrap();
            let now_ms = change.now_ms;
            deskbell_desk::guest::link::make(change, account, link.id, None, now_ms)
        })
        .await
        .unwrap();
    let (status, _) = house
        .plain(Method::GET, &format!("/chat/{token}"), Value::Null)
        .await;
    assert_eq!(status, 200);
    let body = told(&house, ALL, "webwidget_triggered").await;
    assert_keys(
        &body,
        &[
            "event",
            "id",
            "source_id",
            "contact",
            "inbox",
            "account",
            "current_conversation",
            "event_info",
        ],
    );
    assert_eq!(body["contact"]["id"], guest);
    assert_eq!(body["current_conversation"]["id"], id);
    assert_eq!(body["inbox"], json!({ "id": ai, "name": "AI chat" }));
    assert!(body["event_info"]["initiated_at"]["timestamp"].is_string());
    let (status, _) = house.plain(Method::GET, "/chat/none", Value::Null).await;
    assert_eq!(status, 404, "and nothing is told of links nobody had");
}

#[tokio::test]
async fn an_assigned_bot_hears_beside_the_channels_own_and_one_bot_once() {
    let house = house().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let bot = json!({ "assignee_id": house.plan.bot, "assignee_type": "AgentBot" });
    post(&house, &house.plan.admin, id, "assignments", bot.clone()).await;
    house.guest_writes(id, "to the bot").await;
    // It holds the conversation.
    house
        .sink
        .find("/bot", "message_created", says("to the bot"))
        .await;
    let own = house.guest_starts(house.plan.ai, "first").await;
    post(&house, &house.plan.admin, own, "assignments", bot).await;
    house.guest_writes(own, "second").await;
    house.guest_writes(own, "third").await;
    for text in ["first", "second", "third"] {
        house.sink.find("/bot", "message_created", says(text)).await;
    }
    assert!(
        !house.sink.came_across("/bot", "message_created").await,
        "each message once"
    );
}
