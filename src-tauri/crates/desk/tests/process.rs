//! The program itself: how it starts, what it says, how it ends.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

fn desk() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deskbell-desk"));
    command
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .stdin(Stdio::piped());
    command
}

fn serve(data: &TempDir, more: &[&str]) -> Child {
    let mut command = desk();
    command.args(["serve", "--listen", "127.0.0.1:0", "--print-json", "--data"]);
    command.arg(data.path()).args(more).spawn().unwrap()
}

fn facts(child: &mut Child) -> Value {
    let mut line = String::new();
    let output = child.stdout.take().unwrap();
    BufReader::new(output).read_line(&mut line).unwrap();
    serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

fn refused(arguments: &[&str]) -> String {
    let output: Output = desk().args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(words.lines().count(), 1, "one line: {words}");
    words
}

#[test]
fn the_demo_says_where_it_is_and_who_may_sign_in() {
    let data = TempDir::new().unwrap();
    let mut child = serve(&data, &["--demo"]);
    let facts = facts(&mut child);
    let url = facts["url"].as_str().unwrap();
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    assert_eq!(facts["accounts"].as_array().unwrap().len(), 2);
    assert_eq!(
        facts["guest_links"].as_array().unwrap().len(),
        2,
        "one for each property"
    );
    let logins = facts["logins"].as_array().unwrap();
    let with = |role: &str| logins.iter().filter(|login| login["role"] == role).count();
    assert!(with("administrator") >= 1);
    assert!(with("agent") >= 2);
    for login in logins {
        for key in ["email", "password", "access_token"] {
            assert!(login[key].as_str().is_some_and(|text| !text.is_empty()), "{key}");
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn an_empty_desk_is_served_too() {
    let data = TempDir::new().unwrap();
    let mut child = serve(&data, &[]);
    assert_eq!(facts(&mut child)["accounts"], Value::Array(Vec::new()));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn with_its_parent_gone_it_stops() {
    let data = TempDir::new().unwrap();
    let mut child = serve(&data, &["--with-parent"]);
    facts(&mut child);
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[cfg(unix)]
#[test]
fn a_termination_signal_stops_it_gracefully() {
    let data = TempDir::new().unwrap();
    let mut child = serve(&data, &[]);
    facts(&mut child);
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .unwrap()
            .success()
    );
    assert!(child.wait().unwrap().success());
}

#[test]
fn two_desks_never_share_a_folder() {
    let data = TempDir::new().unwrap();
    let mut first = serve(&data, &[]);
    facts(&mut first);
    let mut second = serve(&data, &[]);
    let mut words = String::new();
    second.stderr.take().unwrap().read_to_string(&mut words).unwrap();
    assert_eq!(second.wait().unwrap().code(), Some(2));
    assert!(words.contains("in use by another desk"), "{words}");
    first.kill().unwrap();
    first.wait().unwrap();
}

#[test]
fn a_wrong_start_is_one_line_and_status_2() {
    assert!(refused(&["serve", "--nonsense"]).contains("--nonsense"));
    assert!(refused(&["serve"]).contains("--data"));
    assert!(refused(&["serve", "--data", "x", "--listen", "nowhere"]).contains("nowhere"));
    assert!(refused(&[]).contains("deskbell-desk"));
    let data = TempDir::new().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = data.path().to_str().unwrap();
    assert!(refused(&["serve", "--data", folder, "--listen", &address]).contains(&address));
    let file = data.path().join("file");
    std::fs::write(&file, "").unwrap();
    let below = file.join("desk");
    assert!(refused(&["serve", "--data", below.to_str().unwrap()]).contains("desk"));
    let newer = data.path().join("newer");
    std::fs::create_dir(&newer).unwrap();
    std::fs::write(
        newer.join("desk.db"),
        "this is no database at all, whatever its name says",
    )
    .unwrap();
    assert!(refused(&["serve", "--data", newer.to_str().unwrap()]).contains("cannot open the data"));
}
