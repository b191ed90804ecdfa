//! The server of a script: the real desk, its guests and colleagues, and what goes wrong with it.

use crate::script::{Colleague, Frames, Target, Trouble};
use crate::template::{House, LABELS, Person};
use crate::time::{Time, Works};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use deskbell_desk::{Desk, Options, Running};
use serde_json::{Value, json};
use std::fs::File;
use std::net::SocketAddr;
use std::path::PathBuf;
use tower_service::Service;

pub const PRIORITIES: [Option<&str>; 5] = [None, Some("low"), Some("medium"), Some("high"), Some("urgent")];
const MOST_BYTES: usize = 64 * 1024 * 1024;

pub struct DeskSide {
    running: Option<Running>,
    /// The same routes without a network between, for those who are never disturbed.
    router: Option<Router>,
    pub house: House,
    address: SocketAddr,
    data: PathBuf,
    /// What guests and colleagues wrote so far.
    said: u32,
}

impl DeskSide {
    /// Starts it on `address`; a port of 0 takes any and keeps it.
    pub async fn start(data: PathBuf, address: SocketAddr, house: House, time: &Time) -> Self {
        let mut side = Self {
            running: None,
            router: None,
            house,
            address,
            data,
            said: 0,
        };
        side.up(time).await;
        side
    }

    pub fn desk(&self) -> Option<&Desk> {
        self.running.as_ref().map(Running::desk)
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn is_up(&self) -> bool {
        self.running.is_some()
    }

    pub async fn up(&mut self, time: &Time) {
        if self.running.is_some() {
            return;
        }
        self.until_free().await;
        let options = Options {
            listen: self.address,
            data: self.data.clone(),
            demo: false,
            test_controls: true,
            llm: None,
        };
        let running = deskbell_desk::serve(options).await.expect("the desk starts");
        running.desk().clock().hold(time.now_ms());
        self.address = running.address();
        self.router = Some(deskbell_desk::routes::all(running.desk(), true));
        self.running = Some(running);
    }

    /// The desk before may still be ending: its threads have the system's time, while the patience of the next one is
    /// measured in a time that stands still.
    async fn until_free(&self) {
        let Ok(lock) = File::open(self.data.join("desk.lock")) else {
            return;
        };
        while lock.try_lock().is_err() {
            tokio::task::yield_now().await;
            std::thread::yield_now();
        }
    }

    /// As a power cut would.
    pub async fn down(&mut self, time: &Time, works: Option<&deskbell_store::Store>) {
        self.router = None;
        if let Some(running) = self.running.take() {
            running.kill();
            let works = Works {
                desk: None,
                store: works,
            };
            time.settle(&works).await;
        }
    }

    /// Asks without a network between; `None` while the server is down.
    pub async fn ask(
        &self,
        method: &str,
        path: &str,
        person: Option<&Person>,
        body: Value,
    ) -> Option<(u16, Value)> {
        let mut router = self.router.clone()?;
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/json")
            .header("x-undisturbed", "1");
        if let Some(person) = person {
            request = request.header("api-access-token", &person.token);
        }
        let body = match body {
            Value::Null => Body::empty(),
            body => Body::from(body.to_string()),
        };
        let request = request.body(body).expect("the request is well formed");
        let answer = router.call(request).await.expect("a router always answers");
        let status = answer.status().as_u16();
        let bytes = to_bytes(answer.into_body(), MOST_BYTES)
            .await
            .expect("the answer can be read");
        Some((status, serde_json::from_slice(&bytes).unwrap_or(Value::Null)))
    }

    /// Asks below the account.
    pub async fn of_account(
        &self,
        method: &str,
        path: &str,
        person: &Person,
        body: Value,
    ) -> Option<(u16, Value)> {
        let path = format!("/api/v1/accounts/{}{path}", self.house.account);
        self.ask(method, &path, Some(person), body).await
    }

    /// A guest writes in a conversation there is.
    pub async fn guest_writes(&mut self, conversation: i64) {
        let content = self.words("guest");
        let body =
            json!({ "account_id": self.house.account, "conversation_id": conversation, "content": content });
        self.ask("POST", "/test/guest_message", None, body).await;
    }

    /// Somebody new writes.
    pub async fn guest_starts(&mut self, channel: u8) {
        let inbox = [self.house.web, self.house.ai, self.house.phone][usize::from(channel % 3)];
        let (content, number) = (self.words("guest"), self.said);
        let body = json!({ "account_id": self.house.account, "inbox_id": inbox, "content": content,
            "phone_number": format!("+49152{number:08}") });
        self.ask("POST", "/test/guest_message", None, body).await;
    }

    /// A colleague does something; answers whether it was done.
    pub async fn colleague(&mut self, conversation: i64, what: &Colleague) -> bool {
        let content = self.words("colleague");
        let at = format!("/conversations/{conversation}");
        let (me, admin) = (self.house.colleague.clone(), self.house.admin.clone());
        let post = |path: &str, body: Value| ("POST", format!("{at}{path}"), me.clone(), body);
        let (method, path, person, body) = match what {
            Colleague::Reply => post("/messages", json!({ "content": content })),
            Colleague::Take => post("/assignments", json!({ "assignee_id": me.id })),
            Colleague::Close => post("/toggle_status", json!({ "status": "resolved" })),
            Colleague::Open => post("/toggle_status", json!({ "status": "open" })),
            Colleague::Priority(level) => {
                let priority = PRIORITIES[usize::from(*level) % PRIORITIES.len()];
                post("/toggle_priority", json!({ "priority": priority }))
            }
            Colleague::Label(label) => post(
                "/labels",
                json!({ "labels": [LABELS[usize::from(*label) % LABELS.len()]] }),
            ),
            Colleague::Read => post("/update_last_seen", json!({})),
            Colleague::Unread => post("/unread", json!({})),
            Colleague::DeleteMessage => {
                let Some(id) = self.newest_message(conversation).await else {
                    return false;
                };
                ("DELETE", format!("{at}/messages/{id}"), me.clone(), Value::Null)
            }
            Colleague::DeleteConversation => ("DELETE", at.clone(), admin, Value::Null),
        };
        let answer = self.of_account(method, &path, &person, body).await;
        answer.is_some_and(|(status, _)| status == 200)
    }

    /// The newest message of a guest or a colleague: mine are counted by the judge and stay.
    async fn newest_message(&self, conversation: i64) -> Option<i64> {
        let path = format!("/conversations/{conversation}/messages");
        let (_, page) = self
            .of_account("GET", &path, &self.house.admin, Value::Null)
            .await?;
        let messages = page["payload"].as_array()?;
        let others = messages
            .iter()
            .rev()
            .filter(|message| message["message_type"] != 2 && message["sender"]["id"] != self.house.me.id);
        others.filter_map(|message| message["id"].as_i64()).next()
    }

    /// Disturbs requests to come.
    pub async fn trouble(&self, target: Target, trouble: Trouble, times: u8) {
        let (method, path) = match target {
            Target::Messages => ("POST", "/messages"),
            Target::Changes => ("POST", "/conversations/"),
            Target::Reads => ("GET", "/api/"),
            Target::Socket => ("GET", "/cable"),
            Target::Anything => ("", "/api/"),
        };
        let rule =
            json!({ "method": method, "path_contains": path, "times": times, "action": action(trouble) });
        self.control("/test/faults", json!({ "rules": [rule] })).await;
    }

    /// Ends all troubles; frames held back stay so.
    pub async fn heal(&self) {
        self.ask("DELETE", "/test/faults", None, Value::Null).await;
        let quiet = json!({ "silence": false, "drop_next": 0, "repeat_next": 0, "hold_next": 0 });
        self.control("/test/socket", quiet).await;
    }

    pub async fn frames(&self, frames: Frames) {
        let wanted = match frames {
            Frames::Drop(count) => json!({ "drop_next": count }),
            Frames::Repeat(count) => json!({ "repeat_next": count }),
            Frames::Hold(count) => json!({ "hold_next": count }),
            Frames::Release => json!({ "release": true }),
            Frames::Silent(silent) => json!({ "silence": silent }),
            Frames::Cut => json!({ "close_all": true }),
        };
        self.control("/test/socket", wanted).await;
    }

    async fn control(&self, path: &str, body: Value) {
        let answer = self.ask("POST", path, None, body).await;
        assert!(
            answer.is_none_or(|(status, _)| status == 200),
            "{path} is understood"
        );
    }

    fn words(&mut self, who: &str) -> String {
        self.said += 1;
        format!("{who} says {}", self.said)
    }
}

fn action(trouble: Trouble) -> Value {
    let page = "<html><body>Please wait</body></html>";
    match trouble {
        Trouble::CutBefore => json!({ "cut": "before" }),
        Trouble::CutAfter => json!({ "cut": "after" }),
        Trouble::Delay(seconds) => json!({ "delay_ms": u64::from(seconds) * 1000 }),
        Trouble::SlowAnswer(seconds) => json!({ "hold_answer_ms": u64::from(seconds) * 1000 }),
        Trouble::Late(seconds) => json!({ "late_ms": u64::from(seconds) * 1000 }),
        Trouble::LateBehindProxy(seconds) => json!({ "late_ms": u64::from(seconds) * 1000, "status": 504 }),
        Trouble::Page => json!({ "instead": 200, "body": page }),
        Trouble::BadGateway => json!({ "instead": 502, "body": page }),
        Trouble::Half => json!({ "halve": true }),
        Trouble::Status(status) => json!({ "status": status, "body": body_of(status) }),
        Trouble::TokenRefused => json!({ "status": 401, "body": "{\"error\":\"Invalid Access Token\"}" }),
    }
}

fn body_of(status: u16) -> &'static str {
    match status {
        401 => "{\"error\":\"You are not authorized to do this action\"}",
        422 => "{\"error\":\"Validation failed: Too many messages\"}",
        429 => "Retry later\n",
        _ => "<html><body>Something went wrong</body></html>",
    }
}
