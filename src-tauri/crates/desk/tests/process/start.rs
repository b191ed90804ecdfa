//! How it starts: what it says, and what it refuses in one line.

use crate::program::{Served, desk, refused};
use serde_json::Value;
use std::io::Read;
use tempfile::TempDir;

#[test]
fn the_demo_says_where_it_is_and_who_may_sign_in() {
    let data = TempDir::new().unwrap();
    let desk = Served::start(data.path(), &["--demo"]);
    let facts = &desk.facts;
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
}

#[test]
fn an_empty_desk_is_served_too() {
    let data = TempDir::new().unwrap();
    let desk = Served::start(data.path(), &[]);
    assert_eq!(desk.facts["accounts"], Value::Array(Vec::new()));
}

#[test]
fn two_desks_never_share_a_folder() {
    let data = TempDir::new().unwrap();
    let _first = Served::start(data.path(), &[]);
    let mut second = desk().args(["serve", "--data"]).arg(data.path()).spawn().unwrap();
    let mut words = String::new();
    second.stderr.take().unwrap().read_to_string(&mut words).unwrap();
    assert_eq!(second.wait().unwrap().code(), Some(2));
    assert!(words.contains("in use by another desk"), "{words}");
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
