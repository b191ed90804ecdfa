//! A copy of a desk that runs.

use crate::admin::{sign_in, stand_up};
use crate::program::{Served, done, refused};
use tempfile::TempDir;

fn arguments<'a>(from: &'a str, to: &'a str) -> [&'a str; 5] {
    ["backup", "--data", from, "--to", to]
}

#[tokio::test]
async fn a_copy_of_a_running_desk_serves() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    let original = Served::start(data.path(), &[]);
    // Written while it runs: this is in the log beside the database only.
    let (status, _) = sign_in(original.url(), "ana@adler.example", "Front-Desk-1").await;
    assert_eq!(status, 200);
    std::fs::write(data.path().join("files/photo"), "bytes").unwrap();
    let elsewhere = TempDir::new().unwrap();
    let to = elsewhere.path().join("copies/today");
    let (from, to) = (data.path().to_str().unwrap(), to.to_str().unwrap());
    assert_eq!(done(&arguments(from, to), ""), "copied, with 1 files\n");
    let copy = Served::start(to.as_ref(), &[]);
    assert_eq!(copy.facts["accounts"], original.facts["accounts"]);
    let (status, _) = sign_in(copy.url(), "ana@adler.example", "Front-Desk-1").await;
    assert_eq!(status, 200);
    let photo = std::fs::read(std::path::Path::new(to).join("files/photo")).unwrap();
    assert_eq!(photo, b"bytes");
    let connection = rusqlite::Connection::open(std::path::Path::new(to).join("desk.db")).unwrap();
    let sessions: i64 = connection
        .query_row("SELECT count(*) FROM session", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sessions, 2, "the one before the copy, and the one in it");
}

#[test]
fn nothing_is_ever_replaced() {
    let data = TempDir::new().unwrap();
    stand_up(&data);
    let from = data.path().to_str().unwrap();
    let there = TempDir::new().unwrap();
    let words = refused(&arguments(from, there.path().to_str().unwrap()));
    assert!(words.contains("exists already"), "{words}");
    assert_eq!(std::fs::read_dir(there.path()).unwrap().count(), 0);
    let to = there.path().join("new");
    let words = refused(&arguments(there.path().to_str().unwrap(), to.to_str().unwrap()));
    assert!(words.contains("there is no desk in"), "{words}");
    std::fs::write(data.path().join("desk.db"), "no database, whatever its name says").unwrap();
    let words = refused(&arguments(from, to.to_str().unwrap()));
    assert!(words.contains("cannot copy the data"), "{words}");
    assert!(!to.exists(), "nothing half done stays");
}
