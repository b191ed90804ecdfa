//! Replies with files, and templates.

use crate::scene::Scene;
use deskbell_domain::ConversationRef;
use serde_json::{Value, json};

/// "Deskbell" in base64, as the screen sends pieces.
const PIECE: &str = "RGVza2JlbGw=";
const PIECE_BYTES: usize = 8;

/// Puts a file of so many pieces into the composer.
async fn attach(scene: &Scene, conversation: ConversationRef, name: &str, pieces: usize) -> i64 {
    let request = json!({ "conversation": conversation, "name": name, "content_type": "text/plain",
        "size": pieces * PIECE_BYTES });
    let added = scene.core.mutate("add_file", request).await;
    let file = added["file"].as_i64().unwrap_or_else(|| panic!("{added}"));
    for _ in 0..pieces {
        let kept = scene
            .core
            .mutate("append_file", json!({ "file": file, "data": PIECE }))
            .await;
        assert_eq!(kept["outcome"], "done", "{kept}");
    }
    file
}

async fn attachments(scene: &Scene, conversation: ConversationRef) -> Vec<Value> {
    let path = scene.path(&format!("conversations/{}/attachments", conversation.id));
    let token = scene.desk.login("administrator").access_token.clone();
    let listed = scene.desk.get(&path, &token).await;
    listed["payload"].as_array().cloned().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_with_two_files_written_offline_arrives_once_with_both() {
    let mut scene = Scene::open().await;
    let conversation = scene.mine().await;
    scene.desk.kill();
    scene.core.until_offline().await;
    let files = [
        attach(&scene, conversation, "menu.txt", 3).await,
        attach(&scene, conversation, "prices.txt", 1).await,
    ];
    let view = scene.core.query("conversation", json!(conversation)).await;
    assert_eq!(view["draft_files"].as_array().map(Vec::len), Some(2));
    let sent = scene
        .core
        .mutate(
            "send",
            json!({ "conversation": conversation, "text": "Both lists", "private": false, "files": files }),
        )
        .await;
    assert_eq!(sent["outcome"], "queued", "{sent}");
    let mut scene = scene.restart_core().await;
    let pending = scene.core.timeline(conversation).await["pending"][0].clone();
    assert_eq!(pending["files"][0]["name"], "menu.txt", "kept over a restart");
    let view = scene.core.query("conversation", json!(conversation)).await;
    assert_eq!(
        view["draft_files"].as_array().map(Vec::len),
        Some(0),
        "no longer in the composer"
    );
    scene.desk.restart();
    scene.core.until_live().await;
    scene.until_nothing_is_unsent().await;
    assert_eq!(scene.arrived(conversation).await, ["Both lists"]);
    let mut sizes: Vec<i64> = attachments(&scene, conversation)
        .await
        .iter()
        .filter_map(|file| file["file_size"].as_i64())
        .collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [8, 24], "each file once, whole");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_sends_no_file_twice() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    let file = attach(&scene, conversation, "menu.txt", 1).await;
    scene
        .desk
        .fault("POST", "/messages", 1, json!({ "cut": "after" }))
        .await;
    let request = json!({ "conversation": conversation, "text": "", "private": false, "files": [file] });
    let sent = scene.core.mutate("send", request).await;
    assert_eq!(sent["outcome"], "queued", "a file needs no words: {sent}");
    scene.until_nothing_is_unsent().await;
    assert_eq!(scene.arrived(conversation).await, [""]);
    assert_eq!(attachments(&scene, conversation).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_names_the_message_it_answers_with_a_file_and_without() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    let held = scene.held_messages(conversation).await;
    let asked = held.iter().find(|message| message["message_type"] == 0);
    let asked = asked.map(|message| message["id"].clone()).unwrap_or_default();
    let file = attach(&scene, conversation, "map.txt", 1).await;
    for files in [vec![], vec![file]] {
        let request = json!({ "conversation": conversation, "text": "This one", "private": false,
            "reply_to": asked, "files": files });
        let sent = scene.core.mutate("send", request).await;
        assert_eq!(sent["outcome"], "queued", "{sent}");
    }
    scene.until_nothing_is_unsent().await;
    let held = scene.held_messages(conversation).await;
    let mine = held.iter().filter(|message| message["content"] == "This one");
    let answered: Vec<&Value> = mine
        .map(|message| &message["content_attributes"]["in_reply_to"])
        .collect();
    assert_eq!(answered, [&asked, &asked]);
}

/// 40 MB in the pieces the screen sends, through the encrypted file and the wire.
#[tokio::test(flavor = "multi_thread")]
async fn the_largest_file_arrives_whole() {
    const SIZE: usize = 40 * 1024 * 1024;
    const PIECE_SIZE: usize = 3 * 1024 * 1024;
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    let request = json!({ "conversation": conversation, "name": "film.mp4", "content_type": "video/mp4",
        "size": SIZE });
    let added = scene.core.mutate("add_file", request).await;
    let mut left = SIZE;
    while left > 0 {
        let size = left.min(PIECE_SIZE);
        // Three bytes are four letters; what is left over ends with padding.
        let mut data = "AAAA".repeat(size / 3);
        data.push_str(["", "AA==", "AAA="][size % 3]);
        let kept = scene
            .core
            .mutate("append_file", json!({ "file": added["file"], "data": data }))
            .await;
        assert_eq!(kept["outcome"], "done", "{kept}");
        left -= size;
    }
    let request =
        json!({ "conversation": conversation, "text": "Look", "private": false, "files": [added["file"]] });
    let sent = scene.core.mutate("send", request).await;
    assert_eq!(sent["outcome"], "queued", "{sent}");
    scene.until_nothing_is_unsent().await;
    assert_eq!(scene.arrived(conversation).await, ["Look"]);
    let held = attachments(&scene, conversation).await;
    assert_eq!(held[0]["file_size"], SIZE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_over_the_servers_limit_is_refused_before_a_byte_of_it_is_kept() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    let request = json!({ "conversation": conversation, "name": "film.mp4", "content_type": "video/mp4",
        "size": 40 * 1024 * 1024 + 1 });
    let refused = scene.core.mutate("add_file", request).await;
    assert_eq!(
        refused,
        json!({ "outcome": "refused", "reason": "too_large", "limit": 40 * 1024 * 1024 })
    );
}

/// A guest of the first property on WhatsApp who wrote long ago, held by me.
async fn with_a_closed_window(scene: &Scene) -> ConversationRef {
    let name = scene.desk.facts().accounts[0].name.clone();
    let account = scene.core.account(&name).await;
    let filter = json!({ "channels": ["whatsapp"], "labels": [], "unread": false });
    let request =
        json!({ "view": "closed", "account": account, "filter": filter, "offset": 0, "limit": 100 });
    let window = scene.core.query("window", request).await;
    let rows = window["rows"].as_array().cloned().unwrap_or_default();
    let found = rows
        .iter()
        .find(|row| row["expired"] == true && row["opted_out"] == false);
    let row = found.expect("somebody wrote on WhatsApp more than a day ago");
    let conversation = ConversationRef::new(account, row["id"].as_i64().expect("a number").into());
    scene.core.mutate("take_over", json!(conversation)).await;
    scene
        .core
        .until("it to be mine", async || {
            let view = scene.core.query("conversation", json!(conversation)).await;
            (view["who_is_me"] == true && view["pending"].as_array()?.is_empty()).then_some(())
        })
        .await;
    conversation
}

#[tokio::test(flavor = "multi_thread")]
async fn only_approved_templates_are_offered_with_what_they_ask_for() {
    let scene = Scene::open().await;
    let conversation = with_a_closed_window(&scene).await;
    let offered = scene.core.query("channel_templates", json!(conversation)).await;
    let offered = offered.as_array().cloned().unwrap_or_default();
    let names: Vec<&Value> = offered.iter().map(|template| &template["name"]).collect();
    assert_eq!(names, ["booking_reminder", "follow_up", "found_item"]);
    let asked = |template: &Value| template["parameters"].as_array().map(Vec::len);
    assert_eq!(asked(&offered[0]), Some(2), "{}", offered[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_goes_through_a_closed_window_and_free_text_does_not() {
    let scene = Scene::open().await;
    let conversation = with_a_closed_window(&scene).await;
    let refused = scene.send(conversation, "Just a word").await;
    assert_eq!(
        refused,
        json!({ "outcome": "refused", "reason": "window_closed" })
    );
    let preview = "Hello Ines, we look forward to seeing you on Friday. Reply here if anything has changed.";
    let template = json!({ "name": "booking_reminder", "language": "en", "category": "UTILITY",
        "processed_params": { "body": { "1": "Ines", "2": "Friday" } } });
    let request =
        json!({ "conversation": conversation, "text": preview, "private": false, "template": template });
    let sent = scene.core.mutate("send", request).await;
    assert_eq!(sent["outcome"], "queued", "{sent}");
    scene.until_nothing_is_unsent().await;
    assert_eq!(scene.arrived(conversation).await, [preview]);
    let held = scene.held_messages(conversation).await;
    let arrived = held.iter().find(|message| message["content"] == preview);
    let status = arrived.map(|message| message["status"].clone());
    assert_ne!(
        status,
        Some(json!("failed")),
        "the channel takes templates at any time"
    );
}
