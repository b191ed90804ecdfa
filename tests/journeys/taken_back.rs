//! What is edited or taken back before it was sent never reaches the network as it was.

use crate::scene::Scene;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn an_unsent_reply_is_edited_or_thrown_away_without_a_trace() {
    let mut scene = Scene::open().await;
    let conversation = scene.mine().await;
    scene.desk.kill();
    scene.core.until_offline().await;
    let mut items = Vec::new();
    for text in ["Helo", "Never mind", "Last"] {
        items.push(scene.send(conversation, text).await["item"].clone());
    }
    let edited = json!({ "item": items[0], "text": "Hello" });
    assert_eq!(scene.core.mutate("edit_item", edited).await["outcome"], "done");
    let discarded = json!({ "item": items[1] });
    assert_eq!(
        scene.core.mutate("discard_item", discarded).await["outcome"],
        "done"
    );
    scene.desk.restart();
    scene.core.until_live().await;
    scene.until_nothing_is_unsent().await;
    assert_eq!(scene.arrived(conversation).await, ["Hello", "Last"]);
    let late = json!({ "item": items[0], "text": "Too late" });
    assert_eq!(scene.core.mutate("edit_item", late).await["outcome"], "too_late");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_faster_the_answer_to_an_edit_is_true() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    let mut wanted = Vec::new();
    for round in 0..30 {
        let (first, second) = (format!("first {round}"), format!("second {round}"));
        let item = scene.send(conversation, &first).await["item"].clone();
        for _ in 0..round % 6 {
            tokio::task::yield_now().await;
        }
        if round % 2 == 0 {
            let edit = json!({ "item": item, "text": second });
            let outcome = scene.core.mutate("edit_item", edit).await;
            wanted.push(if outcome["outcome"] == "done" {
                second
            } else {
                first
            });
        } else {
            let outcome = scene.core.mutate("discard_item", json!({ "item": item })).await;
            if outcome["outcome"] != "done" {
                wanted.push(first);
            }
        }
    }
    scene.until_nothing_is_unsent().await;
    assert_eq!(scene.arrived(conversation).await, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_may_be_undone_waits_over_a_restart_and_comes_back_into_the_composer() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    let request =
        json!({ "conversation": conversation, "text": "Oops", "private": false, "undo_seconds": 60 });
    let sent = scene.core.mutate("send", request.clone()).await;
    assert_eq!(sent["outcome"], "queued", "{sent}");
    let scene = scene.restart_core().await;
    scene.core.until_live().await;
    let pending = scene.core.timeline(conversation).await["pending"][0].clone();
    assert!(pending["undo_until"].is_number(), "{pending}");
    let recalled = scene
        .core
        .mutate("recall_item", json!({ "item": pending["item"] }))
        .await;
    assert_eq!(recalled["outcome"], "done");
    let view = scene.core.query("conversation", json!(conversation)).await;
    assert_eq!(view["draft"]["text"], "Oops");

    let again = scene.core.mutate("send", request).await;
    scene
        .core
        .mutate("retry_item", json!({ "item": again["item"] }))
        .await;
    scene.until_nothing_is_unsent().await;
    assert_eq!(
        scene.arrived(conversation).await,
        ["Oops"],
        "sent once, at once, and the first never"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sent_message_is_deleted_and_shown_so_at_once() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    scene.send(conversation, "Wrong guest").await;
    scene.until_nothing_is_unsent().await;
    let message = scene
        .core
        .until("the reply to be in the thread", async || {
            let timeline = scene.core.timeline(conversation).await;
            let mut messages = timeline["messages"].as_array()?.iter();
            messages
                .find(|message| message["text"] == "Wrong guest")
                .map(|message| message["id"].clone())
        })
        .await;
    let request = json!({ "conversation": conversation, "message": message });
    let outcome = scene.core.mutate("delete_message", request).await;
    assert_eq!(outcome["outcome"], "done", "{outcome}");
    let timeline = scene.core.timeline(conversation).await;
    let is_it = |shown: &&Value| shown["id"] == message;
    let messages = timeline["messages"].as_array().cloned().unwrap_or_default();
    let shown = messages.iter().find(is_it).cloned().unwrap_or_default();
    assert_eq!(shown["deleted"], true);
    scene.until_nothing_is_unsent().await;
    let held = scene.held_messages(conversation).await;
    let held = held.iter().find(is_it).cloned().unwrap_or_default();
    assert_eq!(held["content_attributes"]["deleted"], true, "{held}");
}
