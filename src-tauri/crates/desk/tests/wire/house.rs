//! The small property of the plan, served on a free port and asked over it.

use crate::plan::furnish;
pub use crate::plan::{PASSWORD, Person, Plan};
use crate::sink::Sink;
use deskbell_desk::{Options, Running};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use tempfile::TempDir;

pub struct House {
    pub running: Running,
    pub plan: Plan,
    /// Where the bot of the AI channel lives (`/bot`), and whoever else is told by HTTP.
    pub sink: Sink,
    client: Client,
    _data: TempDir,
}

/// Status and body; an empty body is null.
pub type Reply = (u16, Value);

impl House {
    pub async fn open() -> Self {
        let data = TempDir::new().unwrap();
        let running = deskbell_desk::serve(Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            data: data.path().join("desk"),
            demo: false,
            test_controls: true,
            llm: None,
        })
        .await
        .unwrap();
        let sink = Sink::open().await;
        let bot_url = format!("{}/bot", sink.url);
        let plan = running
            .desk()
            .write(move |change| furnish(change, &bot_url))
            .await
            .unwrap();
        Self {
            running,
            plan,
            sink,
            client: Client::new(),
            _data: data,
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.url())
    }

    /// A path under the account.
    pub fn of_account(&self, path: &str) -> String {
        format!("/api/v1/accounts/{}{path}", self.plan.account)
    }

    pub async fn send(&self, method: Method, path: &str, token: &str, body: Option<Value>) -> Response {
        let mut request = self.client.request(method, self.url(path));
        if !token.is_empty() {
            request = request.header("api_access_token", token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.unwrap()
    }

    async fn ask(&self, method: Method, path: &str, token: &str, body: Option<Value>) -> Reply {
        reply(self.send(method, path, token, body).await).await
    }

    /// Any path without credentials.
    pub async fn plain(&self, method: Method, path: &str, body: Value) -> Reply {
        self.ask(method, path, "", Some(body).filter(|body| !body.is_null()))
            .await
    }

    pub async fn get(&self, person: &Person, path: &str) -> Reply {
        self.ask(Method::GET, &self.of_account(path), &person.access_token, None)
            .await
    }

    pub async fn post(&self, person: &Person, path: &str, body: Value) -> Reply {
        self.ask(
            Method::POST,
            &self.of_account(path),
            &person.access_token,
            Some(body),
        )
        .await
    }

    pub async fn patch(&self, person: &Person, path: &str, body: Value) -> Reply {
        self.ask(
            Method::PATCH,
            &self.of_account(path),
            &person.access_token,
            Some(body),
        )
        .await
    }

    pub async fn delete(&self, person: &Person, path: &str) -> Reply {
        self.ask(Method::DELETE, &self.of_account(path), &person.access_token, None)
            .await
    }

    /// A DELETE that names what it takes away.
    pub async fn delete_with(&self, person: &Person, path: &str, body: Value) -> Reply {
        let path = self.of_account(path);
        self.ask(Method::DELETE, &path, &person.access_token, Some(body))
            .await
    }

    /// As the bot.
    pub async fn bot(&self, method: Method, path: &str, body: Value) -> Reply {
        let body = Some(body).filter(|body| !body.is_null());
        self.ask(method, &self.of_account(path), &self.plan.bot_token, body)
            .await
    }

    pub async fn control(&self, path: &str, body: Value) -> Value {
        let (status, json) = self.plain(Method::POST, path, body).await;
        assert_eq!(status, 200, "{path}: {json}");
        json
    }

    pub async fn advance(&self, seconds: i64) {
        self.control("/test/clock", json!({ "advance_seconds": seconds }))
            .await;
    }

    /// A guest writes in a new conversation of a channel; answers its number.
    pub async fn guest_starts(&self, inbox_id: i64, content: &str) -> i64 {
        let wanted = json!({
            "account_id": self.plan.account, "inbox_id": inbox_id, "content": content,
            "phone_number": phone_number(),
        });
        let made = self.control("/test/guest_message", wanted).await;
        made["conversation_id"].as_i64().unwrap()
    }

    /// A guest writes in a conversation there is.
    pub async fn guest_writes(&self, conversation: i64, content: &str) {
        let wanted = json!({
            "account_id": self.plan.account, "conversation_id": conversation, "content": content,
        });
        self.control("/test/guest_message", wanted).await;
    }

    pub async fn conversation(&self, id: i64) -> Value {
        let (status, json) = self.get(&self.plan.admin, &format!("/conversations/{id}")).await;
        assert_eq!(status, 200);
        json
    }

    /// The texts of a thread, activity lines included.
    pub async fn lines(&self, id: i64) -> Vec<String> {
        let (_, json) = self
            .get(&self.plan.admin, &format!("/conversations/{id}/messages"))
            .await;
        let messages = json["payload"].as_array().unwrap();
        messages
            .iter()
            .map(|message| message["content"].as_str().unwrap_or_default().to_owned())
            .collect()
    }
}

pub async fn reply(response: Response) -> Reply {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or(if text.is_empty() {
        Value::Null
    } else {
        Value::String(text)
    });
    (status, body)
}

/// A number nobody has yet.
fn phone_number() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(49_151_000_000);
    format!("+{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Asserts that an object has exactly these keys.
pub fn assert_keys(json: &Value, expected: &[&str]) {
    let mut keys: Vec<&str> = json
        .as_object()
        .unwrap_or_else(|| panic!("not an object: {json}"))
        .keys()
        .map(String::as_str)
        .collect();
    let mut expected = expected.to_vec();
    keys.sort_unstable();
    expected.sort_unstable();
    assert_eq!(keys, expected);
}
