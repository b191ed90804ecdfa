//! The desk as a program somebody starts from a terminal.

use deskbell_tests::desk::{Desk, run_to_its_end};
use std::net::TcpListener;
use tempfile::TempDir;

/// What a wrong start must look like: status 2 and words on stderr, nothing else.
fn assert_refused(arguments: &[&str], says: &str) {
    let output = run_to_its_end(arguments);
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        output.status.code(),
        Some(2),
        "a wrong start ends with 2; it said: {words}"
    );
    assert!(words.contains(says), "the reason is given; it said: {words}");
    assert!(!words.contains("panicked"), "nothing panics: {words}");
}

#[test]
fn says_where_it_is_and_who_may_sign_in() {
    let desk = Desk::start();
    assert!(
        desk.url().starts_with("http://127.0.0.1:"),
        "it listens on this computer only"
    );
    assert_eq!(desk.facts().accounts.len(), 2, "two demo properties");
    assert!(
        desk.facts()
            .logins
            .iter()
            .all(|login| !login.access_token.is_empty())
    );
    assert_eq!(desk.facts().guest_links.len(), 2, "each property has a web chat");
}

#[test]
fn a_port_in_use_is_refused_in_words() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let data = TempDir::new().unwrap();
    let folder = data.path().display().to_string();
    assert_refused(&["serve", "--listen", &address, "--data", &folder], &address);
}

#[test]
fn a_folder_that_cannot_be_used_is_refused_in_words() {
    let data = TempDir::new().unwrap();
    // A file where the folder should be: not even an administrator can write into it.
    let file = data.path().join("file");
    std::fs::write(&file, "").unwrap();
    let folder = file.join("desk").display().to_string();
    assert_refused(&["serve", "--listen", "127.0.0.1:0", "--data", &folder], "desk");
}

#[test]
fn an_unknown_option_is_refused_in_words() {
    assert_refused(&["serve", "--no-such-option"], "--no-such-option");
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_power_cut() {
    let mut desk = Desk::start();
    let account = desk.facts().accounts[0].id;
    let conversation = desk.guest_starts(account, "Is anybody there?").await;
    let said: Vec<String> = (1..=20).map(|number| format!("Line {number}")).collect();
    for words in &said {
        desk.guest_writes(conversation, words).await;
    }
    let (url, people) = (desk.url().to_owned(), desk.facts().logins.len());
    desk.kill();
    desk.restart();
    assert_eq!(desk.url(), url, "the address stays");
    assert_eq!(desk.facts().logins.len(), people, "the demo is not made twice");
    let ledger = desk.ledger().await;
    let messages = ledger["messages"].as_array().expect("the ledger holds messages");
    let kept: Vec<&str> = messages
        .iter()
        .filter_map(|message| message["content"].as_str())
        .collect();
    for words in &said {
        let times = kept.iter().filter(|kept| *kept == words).count();
        assert_eq!(times, 1, "{words:?} was acknowledged and is there once");
    }
}
