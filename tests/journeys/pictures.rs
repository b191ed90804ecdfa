//! Pictures of messages: kept for when there is no network, and gone with their message.

use crate::scene::Scene;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use deskbell_app::AttachmentProblem;
use deskbell_domain::ConversationRef;
use serde_json::{Value, json};

/// One white point.
const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=";

/// Sends a reply with one file; answers where the screen finds it, and the number of the message.
async fn sent(scene: &Scene, conversation: ConversationRef, content_type: &str) -> (String, Value) {
    let bytes = STANDARD.decode(PICTURE).expect("it is base64");
    let request = json!({ "conversation": conversation, "name": "lobby.png", "content_type": content_type,
        "size": bytes.len() });
    let file = scene.core.mutate("add_file", request).await["file"].clone();
    let kept = scene
        .core
        .mutate("append_file", json!({ "file": file, "data": PICTURE }))
        .await;
    assert_eq!(kept["outcome"], "done", "{kept}");
    let request = json!({ "conversation": conversation, "text": "", "private": false, "files": [file] });
    scene.core.mutate("send", request).await;
    scene.until_nothing_is_unsent().await;
    let timeline = scene.core.timeline(conversation).await;
    let messages = timeline["messages"].as_array().cloned().unwrap_or_default();
    let message = messages.last().cloned().unwrap_or_default();
    let attachment = &message["attachments"][0]["id"];
    let path = format!(
        "/{}/{}/{}/{attachment}/preview",
        conversation.account, conversation.id, message["id"]
    );
    (path, message["id"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_was_seen_is_there_without_a_network_and_goes_with_its_message() {
    let mut scene = Scene::open().await;
    let conversation = scene.mine().await;
    let (path, message) = sent(&scene, conversation, "image/png").await;
    let shown = scene.core.file(&path).await.expect("the desk has it");
    assert_eq!(shown.content_type, "image/png");
    assert_eq!(STANDARD.encode(&shown.bytes), PICTURE);

    scene.desk.kill();
    let mut scene = scene.restart_core().await;
    scene.core.until_offline().await;
    assert_eq!(scene.core.file(&path).await, Ok(shown));
    let other = path.replace("/preview", "/file");
    assert_eq!(scene.core.file(&other).await, Err(AttachmentProblem::NotNow));

    scene.desk.restart();
    scene.core.until_live().await;
    let request = json!({ "conversation": conversation, "message": message });
    scene.core.mutate("delete_message", request).await;
    scene.until_nothing_is_unsent().await;
    scene
        .core
        .until("the picture to be gone", async || {
            (scene.core.file(&path).await == Err(AttachmentProblem::Missing)).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_pictures_and_recordings_is_shown_in_place() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    let (path, _) = sent(&scene, conversation, "text/html").await;
    assert_eq!(scene.core.file(&path).await, Err(AttachmentProblem::Missing));
    let foreign = path.replacen(&format!("/{}/", conversation.account), "/99/", 1);
    assert_eq!(scene.core.file(&foreign).await, Err(AttachmentProblem::NotNow));
}
