//! `serve --simulate`: guests from the command line, and an end like any other.

use crate::program::{Served, refused};
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

#[cfg(unix)]
#[test]
fn guests_come_until_it_is_told_to_stop() {
    let data = TempDir::new().unwrap();
    let more = ["--demo", "--simulate", "3600", "--simulate-seed", "5"];
    let mut desk = Served::start(data.path(), &more);
    let database = data.path().join("desk.db");
    let connection = Connection::open_with_flags(&database, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    // Some leave an address, and it tells whose they are.
    let sql = "SELECT count(*) FROM contact WHERE email LIKE 'guest-5-%@guests.example'";
    while connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap() < 2 {
        std::thread::yield_now();
    }
    drop(connection);
    desk.ask_to_stop();
    assert_eq!(desk.wait().code(), Some(0));
    let closed = Connection::open(database).unwrap();
    let verdict: String = closed
        .query_row("PRAGMA quick_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(verdict, "ok");
}

#[test]
fn without_a_web_chat_or_a_number_it_does_not_start() {
    let data = TempDir::new().unwrap();
    let folder = data.path().to_str().unwrap();
    let words = refused(&["serve", "--data", folder, "--simulate", "10"]);
    assert!(words.contains("no web chat"), "{words}");
    let words = refused(&["serve", "--data", folder, "--simulate", "0"]);
    assert!(words.contains("--simulate"), "{words}");
    let words = refused(&["serve", "--data", folder, "--simulate-seed", "3"]);
    assert!(words.contains("--simulate"), "{words}");
}
