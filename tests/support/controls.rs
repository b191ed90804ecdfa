//! What a test does to a desk: be its guest, disturb it, and look at what it holds.

use crate::desk::Desk;
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

    /// A new guest opens the web chat of a property and writes; answers the conversation's number.
    pub async fn guest_starts(&self, account_id: i64, content: &str) -> i64 {
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
            .post(&format!("{base}/contacts"), &json!({ "name": "Wanda Gast" }), "")
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
