//! kill -9 at any moment: what was answered with 200 is there once, and the file is sound.

use crate::program::{Served, done};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reqwest::Client;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::Notify;
use tokio::task::JoinSet;

const CYCLES: usize = 25;
const CLIENTS: usize = 4;
const PASSWORD: &str = "Front-Desk-1";

/// How often each text was answered with 200: asked once, so once or never.
type Acknowledged = BTreeMap<String, Value>;

fn admin(data: &Path, arguments: &[&str], input: &str) -> String {
    let mut all = vec!["admin"];
    all.extend(arguments);
    all.extend(["--data", data.to_str().unwrap()]);
    done(&all, input)
}

/// A property, an administrator, a web chat; answers the chat's name in the client API.
fn stand_up(data: &Path) -> String {
    admin(data, &["add-property", "Hotel Adler"], "");
    let user = [
        "add-user",
        "ada@adler.example",
        "--name",
        "Ada",
        "--role",
        "administrator",
        "--property",
        "1",
    ];
    admin(data, &user, PASSWORD);
    let inbox = [
        "add-inbox",
        "Web chat",
        "--property",
        "1",
        "--timezone",
        "UTC",
        "--without-assistant",
    ];
    let said = admin(data, &inbox, "");
    let words: Vec<&str> = said.split_whitespace().collect();
    words[3].to_owned()
}

async fn post(client: &Client, url: &str, token: &str, body: Value) -> Option<Value> {
    let request = client.post(url).header("api_access_token", token).json(&body);
    // A killed server answers nobody, or half.
    let answer = request.send().await.ok()?;
    let is_ok = answer.status().as_u16() == 200;
    let json = answer.json().await.ok()?;
    is_ok.then_some(json)
}

/// A guest with a conversation; answers its number.
async fn conversation(client: &Client, url: &str, inbox: &str) -> Value {
    let base = format!("{url}/public/api/v1/inboxes/{inbox}/contacts");
    let guest = post(client, &base, "", json!({})).await.unwrap();
    let source = guest["source_id"].as_str().unwrap();
    let made = post(client, &format!("{base}/{source}/conversations"), "", json!({})).await;
    made.unwrap()["id"].clone()
}

async fn token(client: &Client, url: &str) -> String {
    let credentials = json!({ "email": "ada@adler.example", "password": PASSWORD });
    let user = post(client, &format!("{url}/auth/sign_in"), "", credentials).await;
    user.unwrap()["data"]["access_token"].as_str().unwrap().to_owned()
}

/// Posts one message after another until nobody answers any more.
async fn write(
    url: String,
    token: String,
    conversation: Value,
    name: String,
    sent: Arc<(AtomicUsize, Notify)>,
) -> Acknowledged {
    let client = Client::new();
    let messages = format!("{url}/api/v1/accounts/1/conversations/{conversation}/messages");
    let mut acknowledged = Acknowledged::new();
    for number in 0.. {
        let text = format!("{name}-{number}");
        let body = json!({ "content": text, "echo_id": format!("echo-{text}") });
        sent.0.fetch_add(1, Ordering::SeqCst);
        sent.1.notify_one();
        let Some(answer) = post(&client, &messages, &token, body).await else {
            break;
        };
        assert_eq!(answer["echo_id"], format!("echo-{text}"));
        acknowledged.insert(text, answer["id"].clone());
    }
    acknowledged
}

/// One life of a desk under four clients, ended at a moment nobody chose.
async fn live_and_die(data: &Path, inbox: &str, cycle: usize, random: &mut StdRng) -> Acknowledged {
    let mut desk = Served::start(data, &[]);
    let client = Client::new();
    let token = token(&client, desk.url()).await;
    let sent = Arc::new((AtomicUsize::new(0), Notify::new()));
    let mut clients = JoinSet::new();
    for number in 0..CLIENTS {
        let conversation = conversation(&client, desk.url(), inbox).await;
        let name = format!("cycle-{cycle}-client-{number}");
        clients.spawn(write(
            desk.url().to_owned(),
            token.clone(),
            conversation,
            name,
            Arc::clone(&sent),
        ));
    }
    let last = random.random_range(CLIENTS..60);
    while sent.0.load(Ordering::SeqCst) < last {
        sent.1.notified().await;
    }
    // Somewhere between a request's first byte and its answer.
    tokio::time::sleep(Duration::from_micros(random.random_range(0..4000))).await;
    desk.kill();
    let mut acknowledged = Acknowledged::new();
    while let Some(ended) = clients.join_next().await {
        acknowledged.extend(ended.unwrap());
    }
    acknowledged
}

/// Texts and ids as the file has them after a fresh start and a good end.
fn stored(data: &Path) -> Vec<(String, i64)> {
    let connection = rusqlite::Connection::open(data.join("desk.db")).unwrap();
    let verdict: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(verdict, "ok");
    let mut statement = connection
        .prepare("SELECT content, id FROM message WHERE content LIKE 'cycle-%' ORDER BY id")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

#[tokio::test]
async fn what_was_acknowledged_is_there_once() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("desk");
    let inbox = stand_up(&data);
    let mut random = StdRng::seed_from_u64(20_261_121);
    let mut acknowledged = Acknowledged::new();
    for cycle in 0..CYCLES {
        acknowledged.extend(live_and_die(&data, &inbox, cycle, &mut random).await);
        let stored = stored(&data);
        for (text, id) in &acknowledged {
            let found: Vec<_> = stored.iter().filter(|(other, _)| other == text).collect();
            assert_eq!(found.len(), 1, "cycle {cycle}: {text}");
            assert_eq!(json!(found[0].1), *id, "cycle {cycle}: {text}");
        }
        // Without an answer it is there once or not at all: each was sent once.
        let unanswered = stored.len() - acknowledged.len();
        assert!(unanswered <= CLIENTS * (cycle + 1), "cycle {cycle}: {unanswered}");
        let mut texts: Vec<&String> = stored.iter().map(|(text, _)| text).collect();
        texts.sort();
        assert!(texts.windows(2).all(|pair| pair[0] != pair[1]), "cycle {cycle}");
    }
    assert!(acknowledged.len() > CYCLES, "hardly anything was written");
    println!("{} messages in {CYCLES} lives", acknowledged.len());
}
