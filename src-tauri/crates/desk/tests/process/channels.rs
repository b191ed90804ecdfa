//! Channels of the program itself: set up by commands, answered by the assistant, and killed at any moment.

use crate::admin::{admin, sign_in, stand_up};
use crate::program::{Served, done, refused_with};
use crate::signed;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reqwest::Client;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::Notify;

const TOKEN: &str = "twilio-token";
const GUEST: &str = "+4915112345678";
const LIVES: usize = 12;

/// Takes text messages in Twilio's form.
#[derive(Clone, Default)]
struct Provider(Arc<Taken>);

#[derive(Default)]
struct Taken {
    bodies: Mutex<Vec<String>>,
    came: Notify,
    /// Reads, and never answers.
    is_silent: AtomicBool,
}

async fn take(State(provider): State<Provider>, text: String) -> (StatusCode, String) {
    let mut pairs = url::form_urlencoded::parse(text.as_bytes());
    let body = pairs
        .find(|(key, _)| key == "Body")
        .map(|(_, value)| value.into_owned());
    let number = {
        let mut bodies = provider.0.bodies.lock().unwrap();
        bodies.push(body.unwrap());
        bodies.len()
    };
    provider.0.came.notify_one();
    if provider.0.is_silent.load(Ordering::SeqCst) {
        std::future::pending::<()>().await;
    }
    (
        StatusCode::CREATED,
        json!({ "sid": format!("SM{number}") }).to_string(),
    )
}

impl Provider {
    async fn serve(&self, address: SocketAddr) -> SocketAddr {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes = Router::new().fallback(take).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        address
    }

    fn bodies(&self) -> Vec<String> {
        self.0.bodies.lock().unwrap().clone()
    }

    /// What was taken, once it is so much.
    async fn until(&self, count: usize) -> Vec<String> {
        while self.bodies().len() < count {
            self.0.came.notified().await;
        }
        self.bodies()
    }
}

/// A free port nobody listens on now.
async fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap()
}

/// Channel 2 of the property.
fn add_sms(data: &TempDir, address: SocketAddr, more: &[&str]) -> String {
    let base = format!("http://{address}");
    let mut arguments = vec![
        "add-inbox",
        "Text messages",
        "--property",
        "1",
        "--timezone",
        "UTC",
        "--channel",
        "sms",
        "--number",
        "+4930123456",
        "--account",
        "AC77",
        "--base-url",
        &base,
    ];
    arguments.extend(more);
    done(&admin(data, &arguments), &format!("# mine\ntoken={TOKEN}\n"))
}

/// The first try met nobody, and that is written down.
async fn tried(data: &TempDir) {
    let connection = rusqlite::Connection::open(data.path().join("desk.db")).unwrap();
    let sql = "SELECT count(*) FROM outbound WHERE state = 'queued' AND attempts > 0";
    while connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap() == 0 {
        tokio::task::yield_now().await;
    }
}

/// What left, as a copy of the running desk tells.
fn listed(data: &TempDir) -> Vec<String> {
    let copy = data.path().join("copy");
    let (from, to) = (data.path().to_str().unwrap(), copy.to_str().unwrap());
    done(&["backup", "--data", from, "--to", to], "");
    let said = done(&["admin", "list-sent", "--property", "1", "--data", to], "");
    said.lines().skip(1).map(str::to_owned).collect()
}

/// A guest texts; answers the status.
async fn text(desk: &Served, sid: &str, body: &str) -> u16 {
    let url = format!("{}/webhooks/twilio/2", desk.url());
    let pairs = [("MessageSid", sid), ("From", GUEST), ("Body", body)];
    signed::post_form(&url, &pairs, &signed::twilio(TOKEN, &url, &pairs)).await
}

/// A person at the desk.
struct Ada {
    client: Client,
    url: String,
    token: String,
}

impl Ada {
    async fn at(desk: &Served) -> Self {
        let (status, json) = sign_in(desk.url(), "ada@adler.example", "Front-Desk-1").await;
        assert_eq!(status, 200);
        Self {
            client: Client::new(),
            url: desk.url().to_owned(),
            token: json["data"]["access_token"].as_str().unwrap().to_owned(),
        }
    }

    async fn get(&self, path: &str) -> Value {
        let request = self.client.get(format!("{}/api/v1/accounts/1{path}", self.url));
        let answer = request
            .header("api_access_token", &self.token)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    /// Whether it was answered with 200; a killed desk answers nobody.
    async fn says(&self, content: &str) -> bool {
        let url = format!("{}/api/v1/accounts/1/conversations/1/messages", self.url);
        let request = self.client.post(url).header("api_access_token", &self.token);
        let answer = request.json(&json!({ "content": content })).send().await;
        answer.is_ok_and(|answer| answer.status() == 200)
    }

    async fn advance(&self, seconds: i64) {
        let request = self.client.post(format!("{}/test/clock", self.url));
        let body = json!({ "advance_seconds": seconds });
        assert_eq!(request.json(&body).send().await.unwrap().status(), 200);
    }

    /// Status and error of each of the person's own messages, by text.
    async fn statuses(&self) -> BTreeMap<String, (String, String)> {
        let mut all = BTreeMap::new();
        let mut before = i64::MAX;
        loop {
            let json = self
                .get(&format!("/conversations/1/messages?before={before}"))
                .await;
            let page = json["payload"].as_array().unwrap();
            let Some(first) = page.first() else { return all };
            before = first["id"].as_i64().unwrap();
            for message in page.iter().filter(|message| message["message_type"] == 1) {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                let error = text(&message["content_attributes"]["external_error"]);
                all.insert(text(&message["content"]), (text(&message["status"]), error));
            }
        }
    }
}

#[tokio::test]
async fn a_channel_is_set_up_by_a_command_and_the_assistant_answers_on_it() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    let knowledge = data.path().join("house.md");
    std::fs::write(
        &knowledge,
        "# Parking\nKeywords: car\n\nOur garage is 18 euros per night.\n",
    )
    .unwrap();
    let import = ["import-knowledge", knowledge.to_str().unwrap(), "--property", "1"];
    done(&admin(&data, &import), "");
    let provider = Provider::default();
    let said = add_sms(&data, provider.serve(([127, 0, 0, 1], 0).into()).await, &[]);
    assert_eq!(said, "inbox 2 added, its provider calls /webhooks/twilio/2\n");
    let desk = Served::start(data.path(), &["--test-controls"]);
    assert_eq!(text(&desk, "SM-in-1", "Where can I park my car?").await, 200);
    let answers = provider.until(1).await;
    assert!(answers[0].contains("18 euros"), "{answers:?}");
    let ada = Ada::at(&desk).await;
    let inboxes = ada.get("/inboxes").await;
    assert!(!inboxes.to_string().contains(TOKEN), "secrets stay here");
    let own = inboxes["payload"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == 2)
        .unwrap();
    assert_eq!(own["channel_type"], "Channel::TwilioSms");
    assert_eq!(own["phone_number"], "+4930123456");
    assert_eq!(
        own["callback_webhook_url"],
        format!("{}/webhooks/twilio/2", desk.url())
    );
    assert_eq!(text(&desk, "SM-in-2", "stop").await, 200);
    let answers = provider.until(2).await;
    assert!(answers[1].contains("unsubscribed"), "{answers:?}");
    // Had the assistant answered, its words would come first: it is asked before the person writes.
    assert_eq!(text(&desk, "SM-in-3", "Where can I park my car?").await, 200);
    let conversation = ada.get("/conversations/1").await;
    assert_eq!(
        conversation["status"], "open",
        "people see who the assistant does not answer"
    );
}

#[tokio::test]
async fn killed_before_it_was_taken_it_is_sent_once() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    let address = free_address().await;
    add_sms(&data, address, &["--without-assistant"]);
    let provider = Provider::default();
    {
        let mut desk = Served::start(data.path(), &["--test-controls"]);
        assert_eq!(text(&desk, "SM-in-1", "hi").await, 200);
        assert!(Ada::at(&desk).await.says("first").await);
        tried(&data).await;
        desk.kill();
    }
    provider.serve(address).await;
    let desk = Served::start(data.path(), &["--test-controls"]);
    let ada = Ada::at(&desk).await;
    ada.advance(600).await;
    assert_eq!(provider.until(1).await, ["first"]);
    assert!(ada.says("second").await);
    assert_eq!(provider.until(2).await, ["first", "second"]);
}

#[tokio::test]
async fn killed_before_the_answer_was_read_it_is_not_sent_on_a_guess() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    let provider = Provider::default();
    provider.0.is_silent.store(true, Ordering::SeqCst);
    add_sms(
        &data,
        provider.serve(([127, 0, 0, 1], 0).into()).await,
        &["--without-assistant"],
    );
    {
        let mut desk = Served::start(data.path(), &["--test-controls"]);
        assert_eq!(text(&desk, "SM-in-1", "hi").await, 200);
        assert!(Ada::at(&desk).await.says("first").await);
        provider.until(1).await;
        desk.kill();
    }
    provider.0.is_silent.store(false, Ordering::SeqCst);
    let desk = Served::start(data.path(), &["--test-controls"]);
    let ada = Ada::at(&desk).await;
    assert!(ada.says("second").await);
    assert_eq!(provider.until(2).await, ["first", "second"]);
    ada.advance(600).await;
    let listed = listed(&data);
    assert_eq!(listed.len(), 2, "{listed:?}");
    assert!(
        listed.iter().all(|line| line.contains(",twilio,+4915112345678,")),
        "{listed:?}"
    );
    loop {
        let statuses = ada.statuses().await;
        if statuses["first"].0 == "failed" {
            assert!(statuses["first"].1.contains("not known"), "{statuses:?}");
            break;
        }
    }
    assert_eq!(provider.bodies().len(), 2);
}

#[tokio::test]
async fn killed_at_any_moment_nothing_is_lost_and_nothing_sent_twice() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    let provider = Provider::default();
    add_sms(
        &data,
        provider.serve(([127, 0, 0, 1], 0).into()).await,
        &["--without-assistant"],
    );
    let mut random = StdRng::seed_from_u64(20_261_121);
    let mut acknowledged = Vec::new();
    for life in 0..LIVES {
        let mut desk = Served::start(data.path(), &["--test-controls"]);
        if life == 0 {
            assert_eq!(text(&desk, "SM-in-1", "hi").await, 200);
        }
        let ada = Ada::at(&desk).await;
        for number in 0..random.random_range(1..6) {
            let content = format!("life {life}, number {number}");
            assert!(ada.says(&content).await);
            acknowledged.push(content);
        }
        // Somewhere between a commit and a provider's answer.
        tokio::time::sleep(Duration::from_micros(random.random_range(0..20_000))).await;
        desk.kill();
    }
    let desk = Served::start(data.path(), &["--test-controls"]);
    let ada = Ada::at(&desk).await;
    assert!(ada.says("last").await);
    while provider.bodies().last().is_none_or(|last| last != "last") {
        provider.0.came.notified().await;
    }
    ada.advance(600).await;
    let statuses = loop {
        let statuses = ada.statuses().await;
        let is_settled = |text: &String, status: &str| status == "failed" || provider.bodies().contains(text);
        if statuses
            .iter()
            .all(|(text, (status, _))| is_settled(text, status))
        {
            break statuses;
        }
    };
    let bodies = provider.bodies();
    let mut unknown = 0;
    for content in &acknowledged {
        let taken = bodies.iter().filter(|body| *body == content).count();
        let (status, error) = &statuses[content];
        assert!(taken <= 1, "{content} was sent {taken} times");
        if status == "failed" {
            assert!(error.contains("not known"), "{content}: {error}");
            unknown += 1;
        } else {
            assert_eq!(taken, 1, "{content} is {status}");
        }
    }
    println!(
        "{} messages in {LIVES} lives, {unknown} with a lost answer",
        acknowledged.len()
    );
}

#[test]
fn what_a_channel_lacks_is_one_line_and_no_secret_is_repeated() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    let refuse = |more: &[&'static str], input: &str| {
        let mut arguments = vec!["add-inbox", "Line", "--property", "1", "--timezone", "UTC"];
        arguments.extend(more);
        refused_with(&admin(&data, &arguments), input)
    };
    assert!(refuse(&["--channel", "sms"], "").contains("--number"));
    assert!(refuse(&["--channel", "sms", "--number", "030 123"], "").contains("--number"));
    assert!(refuse(&["--channel", "messenger"], "").contains("--account"));
    assert!(refuse(&["--channel", "email"], "").contains("--address"));
    let sms = ["--channel", "sms", "--number", "+4930123456"];
    assert!(refuse(&sms, "token=hunter2\n").contains("--account"));
    let words = refuse(&sms, "password=hunter2\n");
    assert!(words.contains("line 1") && !words.contains("hunter2"), "{words}");
    assert!(refuse(&["--channel", "pigeon"], "").contains("pigeon"));
}

/// A channel with its secrets in a file; answers what was said.
fn add(data: &TempDir, more: &[&str], secrets: &str) -> String {
    let path = data.path().join("line.secrets");
    std::fs::write(&path, secrets).unwrap();
    let mut arguments = vec!["add-inbox", "Line", "--property", "1", "--timezone", "UTC"];
    arguments.extend(more);
    arguments.extend(["--secrets", path.to_str().unwrap()]);
    done(&admin(data, &arguments), "")
}

#[tokio::test]
async fn every_kind_of_channel_is_set_up_by_a_command() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    let templates = data.path().join("templates.json");
    std::fs::write(
        &templates,
        r#"{"data":[{"name":"hello","status":"APPROVED","language":"en"}]}"#,
    )
    .unwrap();
    let meta = "token=hidden-t\napp-secret=hidden-a\nverify-token=hidden-v\n";
    let whatsapp = [
        "--channel",
        "whatsapp",
        "--number",
        "+4930123456",
        "--account",
        "77",
        "--templates",
        templates.to_str().unwrap(),
    ];
    assert!(add(&data, &whatsapp, meta).ends_with("calls /webhooks/meta/2\n"));
    let messenger = [
        "--channel",
        "messenger",
        "--account",
        "78",
        "--human-agent",
        "--log",
    ];
    assert!(add(&data, &messenger, meta).ends_with("calls /webhooks/meta/3\n"));
    assert!(add(&data, &["--channel", "instagram", "--account", "79"], meta).ends_with("/webhooks/meta/4\n"));
    let mail = ["--channel", "email", "--address", "Desk@adler.example"];
    assert!(add(&data, &mail, "ingress-password=hidden-i\n").ends_with("calls /webhooks/mail/5\n"));
    let voice = [
        "--channel",
        "voice",
        "--number",
        "+4930123457",
        "--account",
        "AC1",
    ];
    let said = add(&data, &voice, "token=hidden-t\ncall-secret=hidden-c\n");
    assert!(
        said.ends_with("calls /webhooks/twilio/6, the phone system /webhooks/call/6\n"),
        "{said}"
    );
    let desk = Served::start(data.path(), &[]);
    let inboxes = Ada::at(&desk).await.get("/inboxes").await;
    assert!(!inboxes.to_string().contains("hidden"), "secrets stay here");
    let types: BTreeMap<i64, &str> = inboxes["payload"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["id"].as_i64().unwrap(), one["channel_type"].as_str().unwrap()))
        .collect();
    let expected = [
        "Channel::Api",
        "Channel::Whatsapp",
        "Channel::FacebookPage",
        "Channel::Instagram",
        "Channel::Email",
        "Channel::TwilioSms",
    ];
    assert_eq!(types.into_values().collect::<Vec<_>>(), expected);
    let query = "hub.mode=subscribe&hub.verify_token=hidden-v&hub.challenge=42";
    let answer = reqwest::get(format!("{}/webhooks/meta/2?{query}", desk.url()))
        .await
        .unwrap();
    assert_eq!(answer.text().await.unwrap(), "42");
    let relayed = Client::new()
        .post(format!("{}/webhooks/mail/5", desk.url()))
        .bearer_auth("hidden-i")
        .body("From: ida@mail.example\r\nSubject: Hi\r\nMessage-ID: <1@mail.example>\r\n\r\nHello\r\n");
    assert_eq!(relayed.send().await.unwrap().status(), 200);
    assert_eq!(Ada::at(&desk).await.get("/conversations/1").await["inbox_id"], 5);
}
