//! What a test does to a desk: be its guest, disturb it, and look at what it holds.

use crate::desk::Desk;
use crate::until::until;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

impl Desk {
    /// Everything the desk holds: messages in the order of their creation, and conversations.
    pub async fn ledger(&self) -> Value {
        self.get("/test/ledger", "").await
    }

    /// Does `action` to the next `times` requests whose method and path fit.
    pub async fn fault(&self, method: &str, path: &str, times: u32, action: Value) {
        let rule = json!({ "method": method, "path_contains": path, "times": times, "action": action });
        self.post("/test/faults", &json!({ "rules": [rule] }), "").await;
    }

    /// Waits until each fault has met the request it was meant for.
    pub async fn faults_met(&self) {
        until("the faults to be met", async || {
            (self.get("/test/faults", "").await["in_force"] == 0).then_some(())
        })
        .await;
    }

    /// Takes all faults back.
    pub async fn heal(&self) {
        let answer = reqwest::Client::new()
            .delete(format!("{}/test/faults", self.url()))
            .send()
            .await;
        assert!(
            answer.is_ok_and(|answer| answer.status().is_success()),
            "the faults are taken back"
        );
    }

    /// Ends every socket without a word.
    pub async fn close_sockets(&self) {
        self.post("/test/socket", &json!({ "close_all": true }), "").await;
    }

    /// A guest of the first property writes in a conversation there is.
    pub async fn guest_writes(&self, conversation_id: i64, content: &str) {
        let account_id = self.facts().accounts[0].id;
        let message =
            json!({ "account_id": account_id, "conversation_id": conversation_id, "content": content });
        self.post("/test/guest_message", &message, "").await;
    }

    /// A guest of the first property shares a place or a contact card, as the wire has it among attachments.
    pub async fn guest_shares(&self, conversation_id: i64, content: &str, shared: Value) {
        let account_id = self.facts().accounts[0].id;
        let message = json!({ "account_id": account_id, "conversation_id": conversation_id, "content": content, "shared": [shared] });
        self.post("/test/guest_message", &message, "").await;
    }

    /// Waits until somebody of the desk's side has answered in a conversation of the first property.
    pub async fn answered(&self, conversation_id: i64) {
        let account_id = self.facts().accounts[0].id;
        until("an answer on the desk", async || {
            let messages = self.ledger().await["messages"].as_array()?.clone();
            let is_answer = |message: &Value| {
                message["conversation_id"] == conversation_id
                    && message["account_id"] == account_id
                    && message["message_type"] == 1
            };
            messages.iter().any(is_answer).then_some(())
        })
        .await;
    }

    /// A new guest, Wanda Gast, opens the web chat of a property and writes; answers the conversation's number.
    pub async fn guest_starts(&self, account_id: i64, content: &str) -> i64 {
        self.guest_called("Wanda Gast", account_id, content).await
    }

    /// As [`Desk::guest_starts`], with a name of one's own.
    pub async fn guest_called(&self, name: &str, account_id: i64, content: &str) -> i64 {
        let admin = self.login("administrator").access_token.clone();
        let inboxes = self
            .get(&format!("/api/v1/accounts/{account_id}/inboxes"), &admin)
            .await;
        let inboxes = inboxes["payload"].as_array().cloned().unwrap_or_default();
        let web = inboxes
            .iter()
            .find_map(|inbox| inbox["inbox_identifier"].as_str());
        let base = format!(
            "/public/api/v1/inboxes/{}",
            web.expect("the property has a web chat")
        );
        let contact = self
            .post(&format!("{base}/contacts"), &json!({ "name": name }), "")
            .await;
        let chat = format!("{base}/contacts/{}/conversations", text(&contact["source_id"]));
        let conversation = self.post(&chat, &json!({}), "").await;
        let id = conversation["id"].as_i64().expect("a conversation has a number");
        self.post(
            &format!("{chat}/{id}/messages"),
            &json!({ "content": content }),
            "",
        )
        .await;
        id
    }

    /// A guest nobody knows writes over the first property's channel of that kind (`Channel::Whatsapp`); answers the
    /// conversation's number.
    pub async fn guest_starts_over(&self, channel: &str, name: &str, content: &str) -> i64 {
        let (account_id, admin) = (
            self.facts().accounts[0].id,
            &self.login("administrator").access_token,
        );
        let inboxes = self
            .get(&format!("/api/v1/accounts/{account_id}/inboxes"), admin)
            .await;
        let inboxes = inboxes["payload"].as_array().cloned().unwrap_or_default();
        let inbox = inboxes.iter().find(|inbox| inbox["channel_type"] == channel);
        let inbox = inbox.unwrap_or_else(|| panic!("the property has a {channel}"));
        let message =
            json!({ "account_id": account_id, "inbox_id": inbox["id"], "name": name, "content": content });
        let answer = self.post("/test/guest_message", &message, "").await;
        answer["conversation_id"]
            .as_i64()
            .expect("a conversation has a number")
    }

    /// What happened in a conversation of the first property happened so many seconds earlier. Nobody is told: call it
    /// before anybody has read the conversation.
    pub async fn happened_earlier(&self, conversation_id: i64, seconds: i64) {
        let account_id = self.facts().accounts[0].id;
        let back =
            json!({ "account_id": account_id, "conversation_id": conversation_id, "seconds": seconds });
        self.post("/test/move_back", &back, "").await;
    }

    /// Opens a WhatsApp conversation of the first property whose guest wrote more than a day ago, as the owner of `token`;
    /// answers the guest's name.
    pub async fn open_expired(&self, token: &str) -> String {
        let base = format!("/api/v1/accounts/{}", self.facts().accounts[0].id);
        let path = format!("{base}/conversations?status=resolved&assignee_type=all");
        let listed = self.get(&path, token).await;
        let all = listed["data"]["payload"].as_array().cloned().unwrap_or_default();
        let found = all.iter().find(|one| {
            let opted_out = &one["meta"]["sender"]["custom_attributes"]["opted_out_at"];
            one["meta"]["channel"] == "Channel::Whatsapp" && one["can_reply"] == false && opted_out.is_null()
        });
        let found = found.expect("somebody wrote on WhatsApp more than a day ago");
        let path = format!("{base}/conversations/{}/toggle_status", found["id"]);
        self.post(&path, &json!({ "status": "open" }), token).await;
        text(&found["meta"]["sender"]["name"]).to_owned()
    }

    /// Gives a conversation of the first property to the agent, once the AI has said what it was about to say.
    pub async fn held_by_agent(&self, conversation_id: i64) {
        self.answered(conversation_id).await;
        let account = self.facts().accounts[0].id;
        let conversation = format!("/api/v1/accounts/{account}/conversations/{conversation_id}");
        let token = &self.login("agent").access_token;
        let me = self.get("/api/v1/profile", token).await["id"].clone();
        let open = json!({ "status": "open" });
        self.post(&format!("{conversation}/toggle_status"), &open, token)
            .await;
        let mine = json!({ "assignee_id": me });
        self.post(&format!("{conversation}/assignments"), &mine, token)
            .await;
    }

    /// The owner gives a conversation to somebody, who alone follows it from then on.
    pub async fn give(&self, account_id: i64, conversation_id: i64, email: &str) {
        let owner = &self.login("administrator").access_token;
        let token = &self.login_of(email).access_token;
        let person = self.get("/api/v1/profile", token).await["id"].clone();
        let path = format!("/api/v1/accounts/{account_id}/conversations/{conversation_id}");
        for (what, body) in [
            ("toggle_status", json!({ "status": "open" })),
            ("assignments", json!({ "assignee_id": person })),
        ] {
            self.post(&format!("{path}/{what}"), &body, owner).await;
        }
        let followers = json!({ "user_ids": [person] });
        self.put(&format!("{path}/participants"), &followers, owner).await;
    }

    /// As a desk is on its first day: nobody has written.
    pub async fn no_guests(&self) {
        let token = &self.login("administrator").access_token;
        for account in &self.facts().accounts {
            let base = format!("/api/v1/accounts/{}/conversations", account.id);
            loop {
                let path = format!("{base}?status=all&assignee_type=all");
                let listed = self.get(&path, token).await;
                let found = listed["data"]["payload"].as_array().cloned().unwrap_or_default();
                if found.is_empty() {
                    break;
                }
                for one in found {
                    self.delete(&format!("{base}/{}", one["id"]), token).await;
                }
            }
        }
    }

    /// Gives all conversations that wait for a person to the administrator.
    pub async fn nobody_waits(&self) {
        let token = &self.login("administrator").access_token;
        let me = self.get("/api/v1/profile", token).await;
        for account in &self.facts().accounts {
            let base = format!("/api/v1/accounts/{}/conversations", account.id);
            let path = format!("{base}?status=open&assignee_type=unassigned");
            let listed = self.get(&path, token).await;
            for one in listed["data"]["payload"].as_array().into_iter().flatten() {
                let path = format!("{base}/{}/assignments", one["id"]);
                self.post(&path, &json!({ "assignee_id": me["id"] }), token).await;
            }
        }
    }

    /// Somebody else of the desk sends a file in a conversation of the first property.
    pub async fn colleague_sends(
        &self,
        conversation_id: i64,
        name: &str,
        content_type: &str,
        bytes: Vec<u8>,
    ) {
        let account_id = self.facts().accounts[0].id;
        let path = format!("/api/v1/accounts/{account_id}/conversations/{conversation_id}/messages");
        let part = Part::bytes(bytes).file_name(name.to_owned());
        let part = part.mime_str(content_type).expect("it is a MIME type");
        let form = Form::new().text("content", "").part("attachments[]", part);
        let token = &self.login("administrator").access_token;
        let request = reqwest::Client::new().post(format!("{}{path}", self.url()));
        let request = request.header("api_access_token", token).multipart(form);
        answer(&path, request).await;
    }

    /// Kills the desk, lets `happen` come about where nobody listens, and starts it again where it was.
    pub async fn restart_with(&mut self, happen: impl AsyncFnOnce(&Desk)) {
        self.move_elsewhere();
        happen(self).await;
        self.move_back();
    }

    /// Asks with an access token (or none).
    pub async fn get(&self, path: &str, token: &str) -> Value {
        let request = reqwest::Client::new().get(format!("{}{path}", self.url()));
        answer(path, request.header("api_access_token", token)).await
    }

    /// Puts JSON with an access token.
    pub async fn put(&self, path: &str, body: &Value, token: &str) -> Value {
        let request = reqwest::Client::new()
            .put(format!("{}{path}", self.url()))
            .json(body);
        answer(path, request.header("api_access_token", token)).await
    }

    /// Deletes with an access token.
    pub async fn delete(&self, path: &str, token: &str) -> Value {
        let request = reqwest::Client::new().delete(format!("{}{path}", self.url()));
        answer(path, request.header("api_access_token", token)).await
    }

    /// Posts JSON with an access token (or none).
    pub async fn post(&self, path: &str, body: &Value, token: &str) -> Value {
        let request = reqwest::Client::new()
            .post(format!("{}{path}", self.url()))
            .json(body);
        answer(path, request.header("api_access_token", token)).await
    }
}

async fn answer(path: &str, request: reqwest::RequestBuilder) -> Value {
    let answer = request
        .send()
        .await
        .unwrap_or_else(|error| panic!("{path}: {error}"));
    let status = answer.status();
    let body = answer.text().await.unwrap_or_default();
    assert!(status.is_success(), "{path}: {status} {body}");
    serde_json::from_str(&body).unwrap_or(Value::Null)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
