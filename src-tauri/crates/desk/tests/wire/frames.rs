//! What the socket never tells, whoever listens: passwords, tokens and secrets. Everything happens once while every kind
//! of caller listens, and all frames are searched for all credentials the desk keeps or has handed out.

use crate::csat::surveyed;
use crate::events_of_actions::{Guest, assign, post};
use crate::house::{House, PASSWORD, Person};
use crate::listener::Listener;
use crate::roles::join;
use deskbell_desk::db::rows;
use deskbell_desk::service::roles::Kind;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// In the names of columns that hold credentials; a new one of such a name is covered by itself.
const CREDENTIALS: &[&str] = &["token", "secret", "password", "hash"];
/// Everything the desk can say on the socket but what it says of views, which has a test of its own.
const EVERY_EVENT: &[&str] = &[
    "account.cache_invalidated",
    "assignee.changed",
    "contact.created",
    "contact.deleted",
    "contact.merged",
    "contact.updated",
    "conversation.contact_changed",
    "conversation.created",
    "conversation.looking_off",
    "conversation.looking_on",
    "conversation.mentioned",
    "conversation.read",
    "conversation.status_changed",
    "conversation.typing_off",
    "conversation.typing_on",
    "conversation.updated",
    "first.reply.created",
    "message.created",
    "message.updated",
    "notification.created",
    "notification.deleted",
    "notification.updated",
    "presence.update",
    "team.changed",
];

/// Every credential in the data, by where it is kept.
async fn kept(house: &House) -> BTreeMap<String, String> {
    let read = house.running.desk().read(|view| {
        let columns: Vec<(String, String)> = rows::pairs(
            view,
            "SELECT tables.name, columns.name FROM sqlite_schema tables JOIN pragma_table_info(tables.name) columns
             WHERE tables.type = 'table'",
            [],
        )?;
        let mut kept = BTreeMap::new();
        let mut keep = |place: String, texts: Vec<String>| {
            kept.extend(texts.into_iter().map(|text| (text, place.clone())));
        };
        for (table, column) in columns {
            if CREDENTIALS.iter().any(|name| column.contains(name)) {
                let sql = format!(
                    "SELECT {column} FROM {table} WHERE typeof({column}) = 'text' AND length({column}) > 5"
                );
                keep(format!("{table}.{column}"), rows::values(view, &sql, [])?);
            }
        }
        let settings = rows::values(
            view,
            "SELECT tree.value FROM inbox, json_tree(inbox.channel) tree
             WHERE tree.key IN ('secret', 'hmac_token', 'api_key')",
            [],
        )?;
        keep("inbox.channel".to_owned(), settings);
        Ok(kept)
    });
    read.await.unwrap()
}

async fn done(house: &House, method: Method, person: &Person, path: &str, body: Value) -> Value {
    let path = if path.starts_with("/api/") {
        path.to_owned()
    } else {
        house.of_account(path)
    };
    let answer = house.send(method, &path, &person.access_token, Some(body)).await;
    let (status, json) = crate::house::reply(answer).await;
    assert!(status < 300, "{path}: {status} {json}");
    json
}

/// The property is set up: labels, teams, channels, macros, webhooks. Answers the secrets that were brought.
async fn set_up(house: &House) -> Vec<String> {
    let admin = &house.plan.admin;
    let brought = ["key-of-whatsapp", "secret-of-the-app", "word-of-the-webhook"];
    let channel = json!({
        "type": "whatsapp", "phone_number": "+4930777", "provider_config": {
            "api_key": brought[0], "app_secret": brought[1], "webhook_verify_token": brought[2],
            "phone_number_id": "77", "business_account_id": "78",
        },
    });
    let web = format!("/inboxes/{}", house.plan.web);
    let window = json!({ "channel": { "additional_attributes": {} }, "enable_auto_assignment": false });
    let bot = json!({ "agent_bot": house.plan.bot });
    let hook = json!({ "url": format!("{}/hook", house.sink.url), "subscriptions": ["message_created"] });
    let close = json!({ "name": "close", "visibility": "global",
        "actions": [{ "action_name": "add_private_note", "action_params": ["done"] }] });
    for (method, path, body) in [
        (Method::POST, "/labels", json!({ "title": "vip" })),
        (Method::POST, "/teams", json!({ "name": "night" })),
        (
            Method::POST,
            "/inboxes",
            json!({ "name": "WhatsApp", "channel": channel }),
        ),
        (Method::PATCH, web.as_str(), window),
        (
            Method::POST,
            &format!("/inboxes/{}/set_agent_bot", house.plan.ai),
            bot,
        ),
        (Method::POST, "/webhooks", hook),
        (Method::POST, "/macros", close),
    ] {
        done(house, method, admin, path, body).await;
    }
    brought.map(str::to_owned).into()
}

/// People change what is their own. Answers the credentials they were given.
async fn of_people(house: &House) -> Vec<String> {
    let (ana, ben) = (&house.plan.ana, &house.plan.ben);
    let body = json!({ "email": "ana@example.org", "password": PASSWORD });
    let signed_in = house.send(Method::POST, "/auth/sign_in", "", Some(body)).await;
    let session = signed_in.headers()["access-token"].to_str().unwrap().to_owned();
    let begun = done(house, Method::POST, ana, "/api/v1/profile/mfa", json!({})).await;
    let busy = json!({ "profile": { "account_id": house.plan.account, "availability": "busy" } });
    done(house, Method::POST, ben, "/api/v1/profile/availability", busy).await;
    let renamed = json!({ "profile": { "display_name": "Benno" } });
    done(house, Method::PUT, ben, "/api/v1/profile", renamed).await;
    let reset = done(
        house,
        Method::POST,
        ben,
        "/api/v1/profile/reset_access_token",
        json!({}),
    )
    .await;
    let text = |json: &Value| json.as_str().unwrap().to_owned();
    vec![
        session,
        text(&begun["secret"]),
        text(&reset["access_token"]),
        PASSWORD.to_owned(),
    ]
}

/// A conversation runs through everything that can happen to one.
async fn of_a_conversation(house: &House, guest: &Guest) {
    let (id, ana, admin) = (guest.conversation, &house.plan.ana, &house.plan.admin);
    guest.does(house, "messages", json!({ "content": "hello" })).await;
    guest
        .does(house, "toggle_typing", json!({ "typing_status": "on" }))
        .await;
    guest
        .does(house, "toggle_typing", json!({ "typing_status": "off" }))
        .await;
    assign(house, id, json!({ "assignee_id": ana.id })).await;
    assign(house, id, json!({ "team_id": house.plan.team })).await;
    let mention = format!("[@Ben](mention://user/{}/Ben) please look", house.plan.ben.id);
    for (what, body) in [
        ("messages", json!({ "content": "Good morning", "echo_id": "e-1" })),
        ("messages", json!({ "content": mention, "private": true })),
        ("toggle_typing_status", json!({ "typing_status": "on" })),
        ("looking", json!({ "looking": true })),
        ("looking", json!({ "looking": false })),
        ("labels", json!({ "labels": ["vip"] })),
        ("toggle_priority", json!({ "priority": "high" })),
        (
            "custom_attributes",
            json!({ "custom_attributes": { "room": "12" } }),
        ),
    ] {
        post(house, ana, id, what, body).await;
    }
    guest
        .does(house, "messages", json!({ "content": "thanks" }))
        .await;
    guest.does(house, "update_last_seen", json!({})).await;
    post(house, ana, id, "update_last_seen", json!({})).await;
    assign(
        house,
        id,
        json!({ "assignee_id": house.plan.bot, "assignee_type": "AgentBot" }),
    )
    .await;
    assign(house, id, json!({ "assignee_id": ana.id })).await;
    let (_, macros) = house.get(admin, "/macros").await;
    let run = format!("/macros/{}/execute", macros["payload"][0]["id"]);
    done(
        house,
        Method::POST,
        admin,
        &run,
        json!({ "conversation_ids": [id] }),
    )
    .await;
    for what in ["mute", "unmute"] {
        post(house, ana, id, what, json!({})).await;
    }
    post(house, ana, id, "toggle_status", json!({ "status": "open" })).await;
    post(house, ana, id, "toggle_status", json!({ "status": "resolved" })).await;
    let all = json!({ "type": "all" });
    done(house, Method::POST, ana, "/notifications/destroy_all", all).await;
}

/// Guests come, change, are merged and deleted; a bot answers and hands over.
async fn of_guests(house: &House, guest: &Guest) {
    let (ana, admin) = (&house.plan.ana, &house.plan.admin);
    let renamed = json!({ "name": "Vera", "custom_attributes": { "vip": true } });
    done(
        house,
        Method::PATCH,
        ana,
        &format!("/contacts/{}", guest.contact),
        renamed,
    )
    .await;
    let somebody = json!({ "name": "Gil", "email": "gil@example.org" });
    let made = done(house, Method::POST, ana, "/contacts", somebody).await;
    let base = made["payload"]["contact"]["id"].clone();
    let pair = json!({ "base_contact_id": base, "mergee_contact_id": guest.contact });
    done(house, Method::POST, admin, "/actions/contact_merge", pair).await;
    let made = done(house, Method::POST, ana, "/contacts", json!({ "name": "Nobody" })).await;
    let path = format!("/contacts/{}", made["payload"]["contact"]["id"]);
    done(house, Method::DELETE, admin, &path, json!({})).await;
    let asked = house.guest_starts(house.plan.ai, "Are you open?").await;
    let path = |what: &str| format!("/conversations/{asked}/{what}");
    house
        .bot(
            Method::POST,
            &path("messages"),
            json!({ "content": "A colleague comes" }),
        )
        .await;
    let (status, _) = house
        .bot(Method::POST, &path("toggle_status"), json!({ "status": "open" }))
        .await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn no_frame_tells_anybody_a_credential() {
    let house = surveyed().await;
    let staff = join(&house, "Sofia", Kind::Staff).await;
    let guest = Guest::arrives(&house).await;
    let plan = house.plan.clone();
    let mut listeners = vec![
        Listener::person(&house, "the administrator", &plan.admin).await,
        Listener::person(&house, "an agent", &plan.ana).await,
        Listener::person(&house, "an agent of one channel", &plan.ben).await,
        Listener::person(&house, "somebody with customers", &staff).await,
        Listener::guest(&house, "the guest", &guest.pubsub_token).await,
    ];
    let mut handed_out = set_up(&house).await;
    of_a_conversation(&house, &guest).await;
    of_guests(&house, &guest).await;
    // Before and after: a token that was replaced counts as well.
    let mut secrets = kept(&house).await;
    handed_out.extend(of_people(&house).await);
    secrets.extend(kept(&house).await);
    secrets.extend(
        handed_out
            .into_iter()
            .map(|secret| (secret, "what was handed out".to_owned())),
    );
    assert!(secrets.len() > 20, "{}", secrets.len());
    let mut names = BTreeSet::new();
    for listener in &mut listeners {
        for message in listener.heard().await {
            names.extend(message["event"].as_str().map(str::to_owned));
            let text = message.to_string();
            let told = secrets.iter().find(|(secret, place)| {
                // Agents are told a guest's link with its credentials (reference §10.4), a guest their own alone.
                let is_guests = place.starts_with("contact_inbox.");
                let may_hear = is_guests && (listener.who != "the guest" || **secret == guest.pubsub_token);
                !may_hear && text.contains(secret.as_str())
            });
            assert!(
                told.is_none(),
                "{} hears {:?} in {text}",
                listener.who,
                told.unwrap().1
            );
        }
    }
    let missing: Vec<_> = EVERY_EVENT
        .iter()
        .filter(|name| !names.contains(**name))
        .collect();
    assert!(missing.is_empty(), "did not happen: {missing:?}; heard {names:?}");
}
