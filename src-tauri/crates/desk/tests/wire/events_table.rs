//! Reference §10.3, event by event: what it says and who hears it.

use crate::events_of_actions::{Guest, assign, post, say};
use crate::house::House;
use crate::listener::Listener;
use reqwest::Method;
use serde_json::{Value, json};

/// Everybody who could hear of a conversation of the web chat.
struct Audience {
    house: House,
    guest: Guest,
    listeners: Vec<Listener>,
}

impl Audience {
    async fn gathers() -> Self {
        let house = House::open().await;
        let body = json!({ "inbox_id": house.plan.web, "user_ids": [house.plan.ben.id] });
        let left = house.delete_with(&house.plan.admin, "/inbox_members", body).await;
        assert_eq!(left.0, 200);
        let guest = Guest::arrives(&house).await;
        let listeners = vec![
            Listener::person(&house, "administrator", &house.plan.admin).await,
            Listener::person(&house, "member", &house.plan.ana).await,
            Listener::person(&house, "somebody else", &house.plan.ben).await,
            Listener::guest(&house, "contact", &guest.pubsub_token).await,
        ];
        Self {
            house,
            guest,
            listeners,
        }
    }

    /// What each heard since the last look.
    async fn heard(&mut self) -> Heard {
        let mut heard = Vec::new();
        for listener in &mut self.listeners {
            heard.push((listener.who, listener.heard().await));
        }
        Heard(heard)
    }

    async fn does(&self, what: &str, body: Value) {
        self.guest.does(&self.house, what, body).await;
    }

    /// The member does something with the conversation.
    async fn member(&self, what: &str, body: Value) -> Value {
        post(
            &self.house,
            &self.house.plan.ana,
            self.guest.conversation,
            what,
            body,
        )
        .await
    }
}

struct Heard(Vec<(&'static str, Vec<Value>)>);

impl Heard {
    /// Who heard of an event that fits.
    fn of(&self, event: &str, fits: impl Fn(&Value) -> bool) -> Vec<&'static str> {
        let is_it = |message: &Value| message["event"] == event && fits(&message["data"]);
        let who = self.0.iter().filter(|(_, messages)| messages.iter().any(is_it));
        who.map(|(who, _)| *who).collect()
    }

    fn by(&self, event: &str) -> Vec<&'static str> {
        self.of(event, |_| true)
    }

    /// The data of the first event of a name, as somebody heard it.
    fn data(&self, who: &str, event: &str) -> &Value {
        let (_, messages) = self.0.iter().find(|(own, _)| *own == who).unwrap();
        let found = messages.iter().find(|message| message["event"] == event);
        &found.unwrap_or_else(|| panic!("{who} heard no {event}"))["data"]
    }
}

const AGENTS: [&str; 2] = ["administrator", "member"];
const AGENTS_AND_CONTACT: [&str; 3] = ["administrator", "member", "contact"];
const WHOLE_ACCOUNT: [&str; 3] = ["administrator", "member", "somebody else"];

#[tokio::test]
async fn message_created_goes_to_agents_and_to_the_contact_unless_private_or_activity() {
    let mut audience = Audience::gathers().await;
    audience.does("messages", json!({ "content": "hello" })).await;
    let answer = json!({ "content": "Good day", "echo_id": "e-7" });
    audience.member("messages", answer).await;
    audience
        .member("messages", json!({ "content": "a note", "private": true }))
        .await;
    audience
        .member("toggle_status", json!({ "status": "resolved" }))
        .await;
    let heard = audience.heard().await;
    let of = |content: &'static str| heard.of("message.created", move |data| data["content"] == content);
    assert_eq!(of("hello"), AGENTS_AND_CONTACT);
    assert_eq!(of("Good day"), AGENTS_AND_CONTACT);
    assert_eq!(of("a note"), AGENTS);
    assert_eq!(
        heard.of("message.created", |data| data["message_type"] == 2),
        AGENTS
    );
    let echoed = heard.of("message.created", |data| data["echo_id"] == "e-7");
    assert_eq!(echoed, AGENTS_AND_CONTACT, "to every recipient");
}

#[tokio::test]
async fn message_updated_says_what_changed_in_whole_columns() {
    let mut audience = Audience::gathers().await;
    let id = say(
        &audience.house,
        &audience.house.plan.ana,
        audience.guest.conversation,
        "Wrong",
    )
    .await;
    audience.heard().await;
    let path = format!("/conversations/{}/messages/{id}", audience.guest.conversation);
    assert_eq!(
        audience.house.delete(&audience.house.plan.ana, &path).await.0,
        200
    );
    let heard = audience.heard().await;
    assert_eq!(heard.by("message.updated"), AGENTS_AND_CONTACT);
    let data = heard.data("member", "message.updated");
    assert_eq!(
        data["previous_changes"]["content"],
        json!(["Wrong", "This message was deleted"])
    );
    assert_eq!(
        data["previous_changes"]["updated_at"].as_array().unwrap().len(),
        2
    );
}

#[tokio::test]
async fn first_reply_created_goes_to_agents() {
    let mut audience = Audience::gathers().await;
    audience.does("messages", json!({ "content": "hello" })).await;
    audience
        .member("messages", json!({ "content": "Good day" }))
        .await;
    let heard = audience.heard().await;
    assert_eq!(heard.by("first.reply.created"), AGENTS);
    assert_eq!(heard.data("member", "first.reply.created")["content"], "Good day");
}

#[tokio::test]
async fn conversation_created_goes_to_agents_and_the_contact() {
    let mut audience = Audience::gathers().await;
    audience.guest.begins_another(&audience.house).await;
    let heard = audience.heard().await;
    assert_eq!(heard.by("conversation.created"), AGENTS_AND_CONTACT);
    let data = heard.data("member", "conversation.created");
    assert_eq!(
        (&data["channel"], &data["status"]),
        (&json!("Channel::Api"), &json!("open"))
    );
}

#[tokio::test]
async fn conversation_status_changed_and_updated_go_to_agents_and_the_contact() {
    let mut audience = Audience::gathers().await;
    audience
        .member("toggle_status", json!({ "status": "pending" }))
        .await;
    let heard = audience.heard().await;
    for event in ["conversation.status_changed", "conversation.updated"] {
        assert_eq!(heard.by(event), AGENTS_AND_CONTACT, "{event}");
        assert_eq!(heard.data("contact", event)["status"], "pending");
    }
}

#[tokio::test]
async fn conversation_read_tells_agents_that_the_contact_has_read() {
    let mut audience = Audience::gathers().await;
    audience
        .member("messages", json!({ "content": "Good day" }))
        .await;
    audience.heard().await;
    audience.member("update_last_seen", json!({})).await;
    assert!(
        audience.heard().await.by("conversation.read").is_empty(),
        "an agent's reading is told to nobody"
    );
    audience.does("update_last_seen", json!({})).await;
    let heard = audience.heard().await;
    assert_eq!(heard.by("conversation.read"), AGENTS);
    assert!(
        heard.data("member", "conversation.read")["contact_last_seen_at"]
            .as_i64()
            .unwrap()
            > 0
    );
}

#[tokio::test]
async fn assignee_changed_and_team_changed_go_to_agents() {
    let mut audience = Audience::gathers().await;
    let (id, plan) = (audience.guest.conversation, audience.house.plan.clone());
    assign(&audience.house, id, json!({ "assignee_id": plan.ana.id })).await;
    assign(&audience.house, id, json!({ "team_id": plan.team })).await;
    let heard = audience.heard().await;
    assert_eq!(heard.by("assignee.changed"), AGENTS);
    assert_eq!(
        heard.data("member", "assignee.changed")["meta"]["assignee"]["id"],
        plan.ana.id
    );
    assert_eq!(heard.by("team.changed"), AGENTS);
    let team = json!({ "id": plan.team, "name": "front office" });
    assert_eq!(heard.data("member", "team.changed")["meta"]["team"], team);
}

#[tokio::test]
async fn conversation_contact_changed_goes_to_agents() {
    let mut audience = Audience::gathers().await;
    let admin = audience.house.plan.admin.clone();
    let (_, made) = audience
        .house
        .post(&admin, "/contacts", json!({ "name": "Gil" }))
        .await;
    let base = made["payload"]["contact"]["id"].clone();
    let pair = json!({ "base_contact_id": base, "mergee_contact_id": audience.guest.contact });
    assert_eq!(
        audience
            .house
            .post(&admin, "/actions/contact_merge", pair)
            .await
            .0,
        200
    );
    let heard = audience.heard().await;
    assert_eq!(heard.by("conversation.contact_changed"), AGENTS);
    assert_eq!(
        heard.data("member", "conversation.contact_changed")["meta"]["sender"]["id"],
        base
    );
}

#[tokio::test]
async fn conversation_typing_on_and_off_go_to_all_but_the_typist_also_when_private() {
    let mut audience = Audience::gathers().await;
    for (status, event) in [
        ("on", "conversation.typing_on"),
        ("off", "conversation.typing_off"),
    ] {
        let private = json!({ "typing_status": status, "is_private": true });
        audience.member("toggle_typing_status", private).await;
        let heard = audience.heard().await;
        assert_eq!(heard.by(event), ["administrator", "contact"], "{event}");
        let data = heard.data("contact", event);
        assert_eq!(
            (&data["is_private"], &data["user"]["type"]),
            (&json!(true), &json!("user"))
        );
        audience
            .does("toggle_typing", json!({ "typing_status": status }))
            .await;
        assert_eq!(audience.heard().await.by(event), AGENTS, "{event} of the contact");
    }
    audience
        .member("toggle_typing_status", json!({ "typing_status": "maybe" }))
        .await;
    let heard = audience.heard().await;
    assert!(heard.by("conversation.typing_on").is_empty() && heard.by("conversation.typing_off").is_empty());
}

#[tokio::test]
async fn conversation_mentioned_goes_to_the_mentioned() {
    let mut audience = Audience::gathers().await;
    let note = format!("[@Ada](mention://user/{}/Ada) look", audience.house.plan.admin.id);
    audience
        .member("messages", json!({ "content": note, "private": true }))
        .await;
    let heard = audience.heard().await;
    assert_eq!(heard.by("conversation.mentioned"), ["administrator"]);
    assert_eq!(
        heard.data("administrator", "conversation.mentioned")["id"],
        audience.guest.conversation
    );
}

#[tokio::test]
async fn contact_created_updated_merged_and_deleted_go_to_the_whole_account() {
    let mut audience = Audience::gathers().await;
    let (admin, ana) = (audience.house.plan.admin.clone(), audience.house.plan.ana.clone());
    let (_, made) = audience
        .house
        .post(&ana, "/contacts", json!({ "name": "Gil" }))
        .await;
    let base = made["payload"]["contact"]["id"].clone();
    let path = format!("/contacts/{base}");
    audience.house.patch(&ana, &path, json!({ "name": "Gila" })).await;
    let pair = json!({ "base_contact_id": base, "mergee_contact_id": audience.guest.contact });
    audience.house.post(&admin, "/actions/contact_merge", pair).await;
    let heard = audience.heard().await;
    for event in [
        "contact.created",
        "contact.updated",
        "contact.merged",
        "contact.deleted",
    ] {
        assert_eq!(heard.by(event), WHOLE_ACCOUNT, "{event}");
        assert_eq!(
            heard.data("somebody else", event)["account_id"],
            audience.house.plan.account
        );
    }
    assert_eq!(
        heard.data("somebody else", "contact.deleted")["id"],
        audience.guest.contact
    );
}

#[tokio::test]
async fn notification_events_go_to_their_owner_with_both_counts() {
    let mut audience = Audience::gathers().await;
    let (id, ana) = (audience.guest.conversation, audience.house.plan.ana.clone());
    audience.does("messages", json!({ "content": "hello" })).await;
    assign(&audience.house, id, json!({ "assignee_id": ana.id })).await;
    let heard = audience.heard().await;
    assert_eq!(heard.by("notification.created"), ["member"]);
    let data = heard.data("member", "notification.created");
    assert_eq!((&data["unread_count"], &data["count"]), (&json!(1), &json!(1)));
    let first = data["notification"]["id"].clone();
    assert_eq!(
        data["notification"]["push_message_title"],
        data["notification"]["push_message_body"]
    );
    audience.does("messages", json!({ "content": "hello?" })).await;
    let heard = audience.heard().await;
    assert_eq!(heard.by("notification.created"), ["member"]);
    assert_eq!(
        heard.by("notification.deleted"),
        ["member"],
        "one of a conversation survives"
    );
    assert_eq!(
        heard.data("member", "notification.deleted")["notification"],
        json!({ "id": first })
    );
    audience.member("update_last_seen", json!({})).await;
    let heard = audience.heard().await;
    assert_eq!(heard.by("notification.updated"), ["member"]);
    let data = heard.data("member", "notification.updated");
    assert_eq!((&data["unread_count"], &data["count"]), (&json!(0), &json!(0)));
    assert!(data["notification"]["read_at"].is_string());
}

#[tokio::test]
async fn account_cache_invalidated_goes_to_agents_and_administrators() {
    let mut audience = Audience::gathers().await;
    let admin = audience.house.plan.admin.clone();
    for (path, key, body) in [
        ("/labels", "label", json!({ "title": "vip" })),
        ("/teams", "team", json!({ "name": "night" })),
        (
            "/inboxes",
            "inbox",
            json!({ "name": "Garden", "channel": { "type": "api" } }),
        ),
    ] {
        assert_eq!(audience.house.post(&admin, path, body).await.0, 200);
        let heard = audience.heard().await;
        assert_eq!(heard.by("account.cache_invalidated"), WHOLE_ACCOUNT, "{path}");
        let keys = &heard.data("somebody else", "account.cache_invalidated")["cache_keys"];
        assert_ne!(keys[key], "0000000000", "{path}: {keys}");
    }
}

#[tokio::test]
async fn presence_update_goes_to_the_caller_and_guests_get_no_contacts() {
    let mut audience = Audience::gathers().await;
    let heard = audience.heard().await;
    assert_eq!(heard.by("presence.update").len(), 4, "each asked");
    assert!(heard.data("member", "presence.update")["contacts"].is_object());
    assert!(heard.data("contact", "presence.update").get("contacts").is_none());
    audience.listeners.truncate(2);
    assert_eq!(audience.heard().await.by("presence.update"), AGENTS);
}

/// The ones a client waits for in vain: nobody is told that a conversation was deleted.
#[tokio::test]
async fn a_deleted_conversation_is_told_to_nobody() {
    let mut audience = Audience::gathers().await;
    audience.heard().await;
    let path = format!("/conversations/{}", audience.guest.conversation);
    let (status, _) = audience.house.delete(&audience.house.plan.admin, &path).await;
    assert_eq!(status, 200);
    let heard = audience.heard().await;
    let names: Vec<&Value> = heard
        .0
        .iter()
        .flat_map(|(_, messages)| messages)
        .map(|one| &one["event"])
        .collect();
    assert!(names.iter().all(|name| **name == "presence.update"), "{names:?}");
}

/// The bot may not listen, but what it does is told.
#[tokio::test]
async fn what_a_bot_says_is_told_in_its_name() {
    let mut audience = Audience::gathers().await;
    let path = format!("/conversations/{}/messages", audience.guest.conversation);
    let said = audience
        .house
        .bot(Method::POST, &path, json!({ "content": "I am the bot" }))
        .await;
    assert_eq!(said.0, 200);
    let heard = audience.heard().await;
    assert_eq!(heard.by("message.created"), AGENTS_AND_CONTACT);
    assert_eq!(
        heard.data("member", "message.created")["performer"]["name"],
        "Concierge"
    );
}
