//! The program under load, in a process of its own so that its memory is its own.

use crate::program::Served;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Fewer than the 200 messages a minute that a conversation takes (reference §4.4).
const MESSAGES_A_MINUTE: u32 = 150;

pub struct Desk {
    served: Served,
    pub client: reqwest::Client,
    pub account: i64,
    pub token: String,
    _data: TempDir,
}

/// Somebody who hears all of the conversations.
pub struct Person {
    pub id: i64,
    pub pubsub_token: String,
}

impl Desk {
    pub async fn start() -> Self {
        let data = TempDir::new().unwrap();
        let served = Served::start(data.path(), &["--demo"]);
        let logins = served.facts["logins"].as_array().unwrap();
        let login = logins
            .iter()
            .find(|login| login["role"] == "administrator")
            .unwrap();
        let mut desk = Self {
            token: login["access_token"].as_str().unwrap().to_owned(),
            client: reqwest::Client::new(),
            account: 0,
            served,
            _data: data,
        };
        let me = desk.get("/api/v1/profile", &desk.token).await.unwrap();
        desk.account = me["account_id"].as_i64().unwrap();
        desk
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.served.facts["url"].as_str().unwrap())
    }

    pub fn of_account(&self, path: &str) -> String {
        format!("/api/v1/accounts/{}{path}", self.account)
    }

    async fn get(&self, path: &str, token: &str) -> Option<Value> {
        let request = self.client.get(self.url(path)).header("api_access_token", token);
        let answer = request.send().await.unwrap();
        answer.status().is_success().then_some(answer)?.json().await.ok()
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        let request = self
            .client
            .post(self.url(path))
            .header("api_access_token", &self.token);
        let answer = request.json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.unwrap()
    }

    /// A channel that sends nothing outward.
    async fn inbox(&self) -> i64 {
        let listed = self.get(&self.of_account("/inboxes"), &self.token).await.unwrap();
        let inboxes = listed["payload"].as_array().unwrap();
        let found = inboxes
            .iter()
            .find(|inbox| inbox["channel_type"] == "Channel::Api");
        found.unwrap()["id"].as_i64().unwrap()
    }

    /// Everybody who may open the conversation, and so hears what happens in it: not all of a house do.
    pub async fn people(&self, conversation: i64) -> Vec<Person> {
        let path = self.of_account(&format!("/conversations/{conversation}"));
        let mut people = Vec::new();
        for login in self.served.facts["logins"].as_array().unwrap() {
            let token = login["access_token"].as_str().unwrap();
            if self.get(&path, token).await.is_none() {
                continue;
            }
            let profile = self.get("/api/v1/profile", token).await.unwrap();
            people.push(Person {
                id: profile["id"].as_i64().unwrap(),
                pubsub_token: profile["pubsub_token"].as_str().unwrap().to_owned(),
            });
        }
        assert!(!people.is_empty());
        people
    }

    /// New conversations, as many as take so many messages a second.
    pub async fn conversations(&self, rate: u32) -> Vec<i64> {
        let inbox = self.inbox().await;
        let mut places = Vec::new();
        for number in 0..=(rate * 60 / MESSAGES_A_MINUTE) {
            let guest =
                json!({ "name": format!("Guest {number}"), "email": format!("load-{number}@example.org") });
            let guest = self.post(&self.of_account("/contacts"), guest).await;
            let wanted = json!({ "inbox_id": inbox, "contact_id": guest["payload"]["contact"]["id"], "status": "open" });
            let made = self.post(&self.of_account("/conversations"), wanted).await;
            places.push(made["id"].as_i64().unwrap());
        }
        places
    }

    /// Resident memory in KiB, where the system tells it.
    pub fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.served.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }
}
