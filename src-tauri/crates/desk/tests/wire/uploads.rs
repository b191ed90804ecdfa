//! Files are on the disk before anything names them.

use crate::house::{House, reply};
use reqwest::multipart::{Form, Part};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A colleague sends a file; status and answer.
async fn send(house: &House, id: i64) -> (u16, Value) {
    let part = Part::bytes(b"bytes".to_vec()).file_name("room.png");
    let form = Form::new()
        .text("content", "The room")
        .part("attachments[]", part);
    let path = house.of_account(&format!("/conversations/{id}/messages"));
    let request = reqwest::Client::new()
        .post(house.url(&path))
        .header("api_access_token", &house.plan.ana.access_token)
        .multipart(form);
    reply(request.send().await.unwrap()).await
}

#[tokio::test]
async fn a_message_names_bytes_that_are_there() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    assert_eq!(send(&house, id).await.0, 200);
    let kept: Vec<_> = fs::read_dir(house.running.desk().files()).unwrap().collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(fs::read(kept[0].as_ref().unwrap().path()).unwrap(), b"bytes");
}

#[tokio::test]
async fn a_file_that_cannot_be_kept_has_no_message() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    fs::remove_dir(house.running.desk().files()).unwrap();
    assert_eq!(send(&house, id).await.0, 500);
    assert_eq!(house.lines(id).await, ["hi"]);
    fs::create_dir(house.running.desk().files()).unwrap();
    assert_eq!(send(&house, id).await.0, 200);
    assert_eq!(house.lines(id).await, ["hi", "The room"]);
}

/// Rooms whose files are no files of messages: letters and copies, each on the disk before it counts as well.
const OTHERS: &[&str] = &["service/uploads.rs", "mail/folder.rs", "backup.rs"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| if path.is_dir() { sources(&path) } else { vec![path] };
    entries.flat_map(below).collect()
}

/// A power cut cannot be tried here; that no other way leads into the folder can.
#[test]
fn every_file_is_kept_by_the_one_place_that_flushes_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in sources(&source) {
        let is_known = OTHERS.iter().any(|known| path.ends_with(known));
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let makes = ["fs::write(", "File::create(", "File::create_new(", "fs::copy("];
        let made = makes.iter().find(|call| text.contains(**call));
        assert!(is_known || made.is_none(), "{}: {made:?}", path.display());
    }
}
