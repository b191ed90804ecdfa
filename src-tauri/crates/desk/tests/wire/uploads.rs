//! Files are on the disk before anything names them.

use crate::house::{House, reply};
use reqwest::multipart::{Form, Part};
use serde_json::Value;
use std::fs;

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
