//! A client of others, as it is in their registry, speaks to the real program: what it does is done.

use crate::program::Served;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The desk's own process, with data of its own.
struct Desk {
    served: Served,
    _data: TempDir,
}

impl Desk {
    fn start() -> Self {
        let data = TempDir::new().unwrap();
        Self {
            served: Served::start(data.path(), &["--demo"]),
            _data: data,
        }
    }

    fn url(&self) -> &str {
        self.served.url()
    }

    /// The administrator's token.
    fn token(&self) -> &str {
        let logins = self.served.facts["logins"].as_array().unwrap();
        let login = logins.iter().find(|login| login["role"] == "administrator");
        login.unwrap()["access_token"].as_str().unwrap()
    }

    async fn get(&self, path: &str) -> Value {
        let request = reqwest::Client::new().get(format!("{}{path}", self.url()));
        let answer = request
            .header("api_access_token", self.token())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }
}

/// Runs the script; credentials go through its input.
fn run_the_script(words: &Value) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sdk");
    assert!(
        folder.join("node_modules").is_dir(),
        "its packages are missing: `cargo xtask test` installs them, and so does `npm ci` in {}",
        folder.display()
    );
    let mut command = Command::new("node");
    command.arg("session.mjs").current_dir(&folder);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut node = command.spawn().unwrap();
    node.stdin
        .take()
        .unwrap()
        .write_all(words.to_string().as_bytes())
        .unwrap();
    let output = node.wait_with_output().unwrap();
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{problem}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn ids(list: &Value) -> Vec<i64> {
    let list = list.as_array().unwrap();
    list.iter().map(|one| one["id"].as_i64().unwrap()).collect()
}

fn sorted(list: &Value) -> Vec<&str> {
    let mut texts: Vec<&str> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap())
        .collect();
    texts.sort_unstable();
    texts
}

#[tokio::test]
async fn a_client_of_others_works_with_the_desk() {
    let desk = Desk::start();
    let account = desk.get("/api/v1/profile").await["account_id"].clone();
    let words = json!({ "url": desk.url(), "token": desk.token(), "wrong": "invented", "account": account });
    let did = run_the_script(&words);
    let base = format!("/api/v1/accounts/{account}");

    let one = format!("{base}/conversations/{}", did["conversation"]);
    let conversation = desk.get(&one).await;
    assert_eq!(conversation["status"], "resolved");
    assert_eq!(conversation["meta"]["assignee"]["id"], did["assignee"]);
    assert_eq!(sorted(&conversation["labels"]), sorted(&did["labels"]));

    let thread = desk.get(&format!("{one}/messages")).await["payload"].clone();
    let found = |name: &str| {
        let mut messages = thread.as_array().unwrap().iter();
        let found = messages.find(|message| message["id"] == did["messages"][name]);
        found.unwrap_or_else(|| panic!("no {name} in the thread")).clone()
    };
    let sent = found("sent");
    assert_eq!(sent["content"], did["messages"]["content"]);
    assert_eq!(sent["sender"]["id"], did["me"]);
    assert_eq!(found("note")["private"], true);
    assert_eq!(found("deleted")["content_attributes"]["deleted"], true);
    let file = found("file")["attachments"][0]["data_url"]
        .as_str()
        .unwrap()
        .to_owned();
    let bytes = reqwest::get(file).await.unwrap().bytes().await.unwrap();
    assert_eq!(&bytes[..], b"plan");
    let mine = ids(&thread)
        .into_iter()
        .filter(|id| json!(id) == did["messages"]["sent"]);
    assert_eq!(mine.count(), 1, "once");

    let contact = desk.get(&format!("{base}/contacts/{}", did["contact"])).await;
    assert_eq!(contact["payload"]["name"], "Wanda Winter");
    assert_eq!(contact["payload"]["phone_number"], "+4930555123");
}
