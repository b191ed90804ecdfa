//! Reference §10: the socket.

use crate::house::{House, Person};
use futures_util::{SinkExt, StreamExt};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// One socket.
pub struct Cable {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Cable {
    /// Open, welcomed, not subscribed.
    pub async fn open(house: &House) -> Self {
        let url = house.url("/cable").replace("http://", "ws://");
        let mut request = url.into_client_request().unwrap();
        let protocols = "actioncable-v1-json, actioncable-unsupported".parse().unwrap();
        request.headers_mut().insert("Sec-WebSocket-Protocol", protocols);
        let (stream, response) = connect_async(request).await.unwrap();
        assert_eq!(
            response.headers()["sec-websocket-protocol"],
            "actioncable-v1-json"
        );
        let mut cable = Self { stream };
        assert_eq!(cable.frame().await, json!({ "type": "welcome" }));
        cable
    }

    /// Subscribed as a person.
    pub async fn person(house: &House, person: &Person) -> Self {
        let mut cable = Self::open(house).await;
        let identifier = identifier(house, person);
        cable.command("subscribe", &identifier, None).await;
        let confirmed = cable.until(|frame| frame["type"] == "confirm_subscription").await;
        assert_eq!(confirmed["identifier"], identifier, "byte for byte");
        cable
    }

    /// Subscribed as a guest.
    pub async fn guest(house: &House, pubsub_token: &str) -> Self {
        let mut cable = Self::open(house).await;
        let identifier = json!({ "channel": "RoomChannel", "pubsub_token": pubsub_token }).to_string();
        cable.command("subscribe", &identifier, None).await;
        cable.until(|frame| frame["type"] == "confirm_subscription").await;
        cable
    }

    pub async fn command(&mut self, command: &str, identifier: &str, data: Option<Value>) {
        let mut frame = json!({ "command": command, "identifier": identifier });
        if let Some(data) = data {
            frame["data"] = json!(data.to_string());
        }
        self.stream.send(Message::text(frame.to_string())).await.unwrap();
    }

    /// The next frame, or null at the end.
    pub async fn frame(&mut self) -> Value {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).unwrap(),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Value::Null,
                Some(Ok(_)) => {}
            }
        }
    }

    /// The first frame that fits.
    pub async fn until(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let frame = self.frame().await;
            assert!(!frame.is_null(), "the socket ended");
            if fits(&frame) {
                return frame;
            }
        }
    }

    /// Data of the next event of that name.
    pub async fn event(&mut self, name: &str) -> Value {
        let frame = self.until(|frame| frame["message"]["event"] == name).await;
        frame["message"]["data"].clone()
    }

    /// The names of all events up to and with the first of that name, presence left out.
    pub async fn names_until(&mut self, last: &str) -> Vec<String> {
        let mut names = Vec::new();
        loop {
            let frame = self.until(|frame| frame["message"]["event"].is_string()).await;
            let name = frame["message"]["event"].as_str().unwrap().to_owned();
            if name == "presence.update" {
                continue;
            }
            names.push(name.clone());
            if name == last {
                return names;
            }
        }
    }
}

pub fn identifier(house: &House, person: &Person) -> String {
    // Odd spacing on purpose: the server must send it back as it came.
    format!(
        "{{\"channel\": \"RoomChannel\",\"pubsub_token\":\"{}\",  \"account_id\":{},\"user_id\":{}}}",
        person.pubsub_token, house.plan.account, person.id
    )
}

#[tokio::test]
async fn it_pings_with_the_time() {
    let house = House::open().await;
    let mut cable = Cable::open(&house).await;
    let ping = cable.frame().await;
    assert_eq!(ping["type"], "ping");
    assert!(ping["message"].as_i64().unwrap() - house.running.desk().now() <= 1);
}

#[tokio::test]
async fn a_subscription_is_answered_with_presence_for_the_caller() {
    let house = House::open().await;
    let mut cable = Cable::open(&house).await;
    let ana = &house.plan.ana;
    let identifier = identifier(&house, ana);
    cable.command("subscribe", &identifier, None).await;
    let presence = cable.event("presence.update").await;
    assert_eq!(presence["account_id"], house.plan.account);
    assert_eq!(presence["users"], json!({ ana.id.to_string(): "online" }));
    assert_eq!(presence["contacts"], json!({}));
    let (_, agents) = house.get(ana, "/agents").await;
    assert_eq!(agents[1]["availability_status"], "online");
    house.advance(21).await;
    let (_, agents) = house.get(ana, "/agents").await;
    assert_eq!(
        agents[1]["availability_status"], "offline",
        "after 20 seconds of silence"
    );
    let data = json!({ "action": "update_presence" });
    cable.command("message", &identifier, Some(data)).await;
    cable.event("presence.update").await;
    let (_, agents) = house.get(ana, "/agents").await;
    assert_eq!(agents[1]["availability_status"], "online");
}

#[tokio::test]
async fn a_bad_subscription_gets_neither_answer() {
    let house = House::open().await;
    let mut cable = Cable::open(&house).await;
    let ana = &house.plan.ana;
    let wrong = [
        json!({ "channel": "RoomChannel", "pubsub_token": "wrong", "account_id": house.plan.account, "user_id": ana.id }),
        json!({ "channel": "RoomChannel", "pubsub_token": ana.pubsub_token, "account_id": house.plan.other_account, "user_id": ana.id }),
        json!({ "channel": "RoomChannel", "pubsub_token": ana.pubsub_token, "account_id": house.plan.account, "user_id": house.plan.ben.id }),
        json!({ "channel": "RoomChannel", "pubsub_token": ana.pubsub_token }),
        json!({ "channel": "OtherChannel", "pubsub_token": ana.pubsub_token, "account_id": house.plan.account, "user_id": ana.id }),
        json!("nonsense"),
    ];
    for identifier in wrong {
        cable.command("subscribe", &identifier.to_string(), None).await;
    }
    cable.command("subscribe", &identifier(&house, ana), None).await;
    let first = cable.until(|frame| frame["type"] != "ping").await;
    assert_eq!(
        first["type"], "confirm_subscription",
        "only the good one is answered"
    );
    assert_eq!(first["identifier"], identifier(&house, ana));
}

#[tokio::test]
async fn a_message_arrives_with_its_echo_and_performer() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let mut ben = Cable::person(&house, &house.plan.ben).await;
    let path = format!("/conversations/{id}/messages");
    let sent = json!({ "content": "Welcome", "echo_id": "echo-7" });
    let (_, sent) = house.post(&house.plan.ana, &path, sent).await;
    let event = ben.event("message.created").await;
    assert_eq!(event["id"], sent["id"]);
    assert_eq!(event["echo_id"], "echo-7", "to every recipient");
    assert_eq!(event["account_id"], house.plan.account);
    assert_eq!(event["conversation_id"], id);
    assert_eq!(event["performer"]["id"], house.plan.ana.id);
    assert_eq!(event["sender_type"], "User");
    assert!(event["updated_at"].is_string());
    assert_eq!(event["conversation"]["unread_count"], 1);
    assert!(event["conversation"]["contact_inbox"]["source_id"].is_string());
    assert!(ben.event("first.reply.created").await.get("performer").is_some());
    let updated = ben.event("conversation.updated").await;
    assert!(updated.get("performer").is_none(), "rebuilt by a job");
    assert_eq!(updated["waiting_since"], 0);
    assert!(updated["first_reply_created_at"].is_string(), "ISO here");
}

#[tokio::test]
async fn an_answer_after_the_first_changes_less() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/messages");
    let ana = &house.plan.ana;
    let mut cable = Cable::person(&house, ana).await;
    house.post(ana, &path, json!({ "content": "1" })).await;
    assert_eq!(
        cable.names_until("conversation.updated").await,
        ["message.created", "first.reply.created", "conversation.updated"]
    );
    house.post(ana, &path, json!({ "content": "2" })).await;
    house
        .post(
            ana,
            &format!("/conversations/{id}/toggle_priority"),
            json!({ "priority": "low" }),
        )
        .await;
    assert_eq!(
        cable.names_until("conversation.updated").await,
        ["message.created", "conversation.updated"],
        "only the priority updates the conversation"
    );
}

#[tokio::test]
async fn a_status_change_tells_status_then_update_then_its_line() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let mut cable = Cable::person(&house, &house.plan.admin).await;
    let path = format!("/conversations/{id}/toggle_status");
    house
        .post(&house.plan.ana, &path, json!({ "status": "resolved" }))
        .await;
    assert_eq!(
        cable.names_until("message.created").await,
        [
            "conversation.status_changed",
            "conversation.updated",
            "message.created"
        ]
    );
    house
        .post(&house.plan.ana, &path, json!({ "status": "open" }))
        .await;
    let changed = cable.event("conversation.status_changed").await;
    assert_eq!(changed["status"], "open");
    assert_eq!(changed["id"], id);
    assert_eq!(changed["channel"], "Channel::Api");
    let assigned = cable.event("assignee.changed").await;
    assert_eq!(assigned["meta"]["assignee"]["id"], house.plan.ana.id);
    assert_eq!(assigned["meta"]["assignee_type"], "User");
    let line = cable.event("message.created").await;
    assert_eq!(line["message_type"], 2);
}

#[tokio::test]
async fn a_guests_message_tells_all_that_follows() {
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
    house
        .post(
            ana,
            &format!("/conversations/{id}/messages"),
            json!({ "content": "Hello" }),
        )
        .await;
    let mut cable = Cable::person(&house, ana).await;
    house.guest_writes(id, "and another thing").await;
    assert_eq!(
        cable.names_until("contact.updated").await,
        [
            "message.created",
            "conversation.updated",
            "notification.created",
            "contact.updated"
        ]
    );
    house.guest_writes(id, "and more").await;
    assert_eq!(
        cable.names_until("notification.deleted").await,
        ["message.created", "notification.created", "notification.deleted"]
    );
}

#[tokio::test]
async fn labels_priority_and_attributes_update_the_conversation() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let mut cable = Cable::person(&house, &house.plan.admin).await;
    let path = format!("/conversations/{id}");
    let ana = &house.plan.ana;
    house
        .post(ana, &format!("{path}/labels"), json!({ "labels": ["vip"] }))
        .await;
    let event = cable.event("conversation.updated").await;
    assert_eq!(event["labels"], json!(["vip"]));
    house
        .post(
            ana,
            &format!("{path}/custom_attributes"),
            json!({ "custom_attributes": { "topic": "faq" } }),
        )
        .await;
    let event = cable.event("conversation.updated").await;
    assert_eq!(event["custom_attributes"], json!({ "topic": "faq" }));
    let rest = house.conversation(id).await;
    assert_eq!(
        event["updated_at"], rest["updated_at"],
        "the same version over both ways"
    );
}

#[tokio::test]
async fn who_is_not_a_member_hears_nothing_of_a_channel() {
    let house = House::open().await;
    let mut ben = Cable::person(&house, &house.plan.ben).await;
    let phone = house.guest_starts(house.plan.phone, "secret").await;
    let web = house.guest_starts(house.plan.web, "public").await;
    assert_ne!(phone, web);
    let created = ben.event("conversation.created").await;
    assert_eq!(created["id"], web, "the other one never came");
}

#[tokio::test]
async fn a_guest_hears_only_what_is_public() {
    let house = House::open().await;
    let base = format!("/public/api/v1/inboxes/{}/contacts", house.plan.web_identifier);
    let (_, me) = house.plain(Method::POST, &base, json!({ "name": "Wanda" })).await;
    let chats = format!("{base}/{}/conversations", me["source_id"].as_str().unwrap());
    let (_, chat) = house.plain(Method::POST, &chats, json!({})).await;
    let id = chat["id"].as_i64().unwrap();
    let mut guest = Cable::guest(&house, me["pubsub_token"].as_str().unwrap()).await;
    let path = format!("/conversations/{id}/messages");
    let ana = &house.plan.ana;
    house
        .post(ana, &path, json!({ "content": "note", "private": true }))
        .await;
    house.post(ana, &path, json!({ "content": "Welcome" })).await;
    let event = guest.event("message.created").await;
    assert_eq!(event["content"], "Welcome", "no notes");
    let own = json!({ "content": "Thanks", "echo_id": "mine" });
    house
        .plain(Method::POST, &format!("{chats}/{id}/messages"), own)
        .await;
    let event = guest.event("message.created").await;
    assert_eq!(event["echo_id"], "mine", "one's own included");
    let (_, agents) = house.get(ana, &format!("/contacts/{}", me["id"])).await;
    assert_eq!(agents["payload"]["availability_status"], "online");
}

#[tokio::test]
async fn typing_reaches_all_but_the_typist() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let (ana, ben) = (&house.plan.ana, &house.plan.ben);
    let mut hers = Cable::person(&house, ana).await;
    let mut his = Cable::person(&house, ben).await;
    let path = format!("/conversations/{id}/toggle_typing_status");
    let (status, body) = house
        .post(ana, &path, json!({ "typing_status": "on", "is_private": false }))
        .await;
    assert_eq!((status, body), (200, Value::Null));
    let event = his.event("conversation.typing_on").await;
    assert_eq!(event["user"]["id"], ana.id);
    assert_eq!(event["conversation"]["id"], id);
    assert_eq!(event["is_private"], false);
    house.post(ben, &path, json!({ "typing_status": "off" })).await;
    let names = hers.names_until("conversation.typing_off").await;
    assert_eq!(names, ["conversation.typing_off"], "not her own");
}

#[tokio::test]
async fn a_read_receipt_marks_messages() {
    let house = House::open().await;
    let base = format!("/public/api/v1/inboxes/{}/contacts", house.plan.web_identifier);
    let (_, me) = house.plain(Method::POST, &base, json!({ "name": "Wanda" })).await;
    let chats = format!("{base}/{}/conversations", me["source_id"].as_str().unwrap());
    let (_, chat) = house.plain(Method::POST, &chats, json!({})).await;
    let id = chat["id"].as_i64().unwrap();
    let path = format!("/conversations/{id}/messages");
    let (_, sent) = house
        .post(&house.plan.ana, &path, json!({ "content": "Welcome" }))
        .await;
    let mut cable = Cable::person(&house, &house.plan.ana).await;
    house
        .plain(Method::POST, &format!("{chats}/{id}/update_last_seen"), json!({}))
        .await;
    cable.event("conversation.read").await;
    let event = cable.event("message.updated").await;
    assert_eq!((&event["id"], &event["status"]), (&sent["id"], &json!("read")));
    assert_eq!(event["previous_changes"]["status"], json!(["sent", "read"]));
}

#[tokio::test]
async fn labels_of_the_account_invalidate_caches() {
    let house = House::open().await;
    let mut cable = Cable::person(&house, &house.plan.ana).await;
    house
        .post(&house.plan.admin, "/labels", json!({ "title": "vip" }))
        .await;
    let event = cable.event("account.cache_invalidated").await;
    assert_eq!(event["account_id"], house.plan.account);
    assert_ne!(event["cache_keys"]["label"], "0000000000");
}

#[tokio::test]
async fn a_repeated_subscription_is_ignored() {
    let house = House::open().await;
    let ana = &house.plan.ana;
    let mut cable = Cable::person(&house, ana).await;
    let same = identifier(&house, ana);
    cable.command("subscribe", &same, None).await;
    cable.command("unsubscribe", &same, None).await;
    cable.command("subscribe", &same, None).await;
    cable.until(|frame| frame["type"] == "confirm_subscription").await;
    house.guest_starts(house.plan.web, "hi").await;
    assert_eq!(
        cable.names_until("message.created").await.last().unwrap(),
        "message.created"
    );
}

#[tokio::test]
async fn events_can_be_dropped_repeated_and_silenced() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let path = format!("/conversations/{id}/toggle_typing_status");
    let mut his = Cable::person(&house, &house.plan.ben).await;
    let typing = async |status: &str| {
        house
            .post(&house.plan.ana, &path, json!({ "typing_status": status }))
            .await
    };
    house.control("/test/socket", json!({ "drop_next": 1 })).await;
    typing("on").await;
    house.control("/test/socket", json!({ "repeat_next": 1 })).await;
    typing("off").await;
    typing("on").await;
    let names = his.names_until("conversation.typing_on").await;
    let off = "conversation.typing_off";
    assert_eq!(names, [off, off, "conversation.typing_on"]);
    house.control("/test/socket", json!({ "silence": true })).await;
    typing("off").await;
    // The server has the socket write in order, so what was swallowed lies before what follows.
    let mut other = Cable::open_silently(&house).await;
    house.control("/test/socket", json!({ "silence": false })).await;
    typing("on").await;
    let after = his.names_until("conversation.typing_on").await;
    assert!(after.len() <= 2, "{after:?}");
    house.control("/test/socket", json!({ "close_all": true })).await;
    while !his.frame().await.is_null() {}
    while !other.frame().await.is_null() {}
}

impl Cable {
    /// Open while the server is silent: not even a welcome comes.
    async fn open_silently(house: &House) -> Self {
        let url = house.url("/cable").replace("http://", "ws://");
        let (stream, _) = connect_async(url).await.unwrap();
        Self { stream }
    }
}

#[tokio::test]
async fn a_stopping_server_says_so() {
    let house = House::open().await;
    let mut cable = Cable::person(&house, &house.plan.ana).await;
    house.running.stop().await;
    let last = cable.until(|frame| frame["type"] == "disconnect").await;
    assert_eq!(
        (&last["reason"], &last["reconnect"]),
        (&json!("server_restart"), &json!(true))
    );
}
