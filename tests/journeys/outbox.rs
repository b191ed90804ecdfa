//! Replies on bad ground: nothing lost, nothing sent twice.

use crate::scene::Scene;
use serde_json::{Value, json};

/// What the server holds of mine in a conversation, in order.
async fn arrived(scene: &Scene, conversation: deskbell_domain::ConversationRef) -> Vec<String> {
    let ledger = scene.desk.ledger().await;
    let messages = ledger["messages"].as_array().cloned().unwrap_or_default();
    let mine = |message: &&Value| {
        message["conversation_id"] == conversation.id.0
            && message["account_id"] == scene.account_id
            && message["content_attributes"]["client_ref"].is_string()
    };
    messages
        .iter()
        .filter(mine)
        .map(|message| message["content"].as_str().unwrap_or_default().to_owned())
        .collect()
}

async fn until_nothing_is_pending(scene: &Scene, conversation: deskbell_domain::ConversationRef) {
    scene
        .core
        .until("the outbox to be empty", async || {
            let timeline = scene.core.timeline(conversation).await;
            timeline["pending"].as_array()?.is_empty().then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_replies_written_while_the_desk_is_away_arrive_once_and_in_order() {
    let mut scene = Scene::open().await;
    let conversation = scene.mine().await;
    scene.desk.kill();
    scene.core.until_offline().await;
    let words = ["First", "Second", "Third"];
    for text in words {
        let outcome = scene.send(conversation, text).await;
        assert_eq!(outcome["outcome"], "queued", "{outcome}");
    }
    let row = scene
        .core
        .row("mine", conversation)
        .await
        .expect("its row is still there");
    assert_eq!(row["queued"], 3, "the row says how many wait");
    let refused = scene
        .core
        .mutate(
            "close",
            json!({ "conversation": conversation, "final_message": "" }),
        )
        .await;
    assert_eq!(
        refused,
        json!({ "outcome": "refused", "reason": "offline" }),
        "closing needs the server's word"
    );
    scene.desk.restart();
    scene.core.until_live().await;
    until_nothing_is_pending(&scene, conversation).await;
    assert_eq!(arrived(&scene, conversation).await, words);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_lost_after_the_message_was_accepted_sends_nothing_twice() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    scene
        .desk
        .fault("POST", "/messages", 1, json!({ "cut": "after" }))
        .await;
    scene.send(conversation, "Only once").await;
    until_nothing_is_pending(&scene, conversation).await;
    assert_eq!(arrived(&scene, conversation).await, ["Only once"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_whose_fate_cannot_be_known_asks_and_goes_again_only_when_told() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    scene
        .desk
        .fault("POST", "/messages", 1, json!({ "cut": "before" }))
        .await;
    scene.send(conversation, "Again").await;
    let asked = scene
        .core
        .until("the reply to ask", async || {
            let pending = scene.core.timeline(conversation).await["pending"][0].clone();
            (pending["state"]["state"] == "stuck").then_some(pending)
        })
        .await;
    assert_eq!(asked["state"]["reason"], "unknown");
    assert!(
        arrived(&scene, conversation).await.is_empty(),
        "it did not go by itself"
    );
    scene
        .core
        .mutate("retry_item", json!({ "item": asked["item"] }))
        .await;
    until_nothing_is_pending(&scene, conversation).await;
    assert_eq!(arrived(&scene, conversation).await, ["Again"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_whose_answer_was_cut_off_is_not_sent_again_by_itself() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    scene
        .desk
        .fault("POST", "/messages", 1, json!({ "cut": "before" }))
        .await;
    scene.send(conversation, "Did it arrive?").await;
    let item = scene
        .core
        .until("the reply to be unsure", async || {
            let pending = scene.core.timeline(conversation).await["pending"][0].clone();
            (pending["state"]["state"] == "unsure").then_some(pending)
        })
        .await;
    let retried = scene
        .core
        .mutate("retry_item", json!({ "item": item["item"] }))
        .await;
    assert_eq!(retried["outcome"], "too_late", "it is being looked for");
    assert!(arrived(&scene, conversation).await.is_empty());
    scene
        .core
        .mutate("discard_item", json!({ "item": item["item"] }))
        .await;
    until_nothing_is_pending(&scene, conversation).await;
    assert!(arrived(&scene, conversation).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_the_server_took_long_after_the_answer_was_lost_arrives_once() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    scene
        .desk
        .fault("POST", "/messages", 1, json!({ "late_ms": 4000 }))
        .await;
    scene.send(conversation, "Late but once").await;
    until_nothing_is_pending(&scene, conversation).await;
    assert_eq!(arrived(&scene, conversation).await, ["Late but once"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_the_server_failed_on_is_sent_again() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    scene
        .desk
        .fault("POST", "/messages", 1, json!({ "status": 500 }))
        .await;
    scene.send(conversation, "Again").await;
    until_nothing_is_pending(&scene, conversation).await;
    assert_eq!(arrived(&scene, conversation).await, ["Again"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_asks_to_slow_down_gets_it_later() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    scene
        .desk
        .fault(
            "POST",
            "/messages",
            2,
            json!({ "status": 429, "body": "Retry later\n" }),
        )
        .await;
    scene.send(conversation, "Patience").await;
    until_nothing_is_pending(&scene, conversation).await;
    assert_eq!(arrived(&scene, conversation).await, ["Patience"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_reply_stays_with_its_reason_and_can_be_thrown_away() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    let body = "{\"error\":\"Validation failed: Too many messages\"}";
    scene
        .desk
        .fault("POST", "/messages", 1, json!({ "status": 422, "body": body }))
        .await;
    scene.send(conversation, "Not today").await;
    let item = scene
        .core
        .until("the reply to be stuck", async || {
            let pending = scene.core.timeline(conversation).await["pending"][0].clone();
            (pending["state"]["state"] == "stuck").then_some(pending)
        })
        .await;
    assert_eq!(item["state"]["reason"], "refused");
    assert_eq!(item["text"], "Not today", "what was written is still there");
    scene
        .core
        .mutate("discard_item", json!({ "item": item["item"] }))
        .await;
    until_nothing_is_pending(&scene, conversation).await;
    assert!(arrived(&scene, conversation).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_queued_offline_asks_first_when_the_guest_wrote_meanwhile() {
    let mut scene = Scene::open().await;
    let conversation = scene.mine().await;
    scene.desk.kill();
    scene.core.until_offline().await;
    scene.send(conversation, "See you at six").await;
    scene
        .desk
        .restart_with(async |desk| desk.guest_writes(conversation.id.0, "Make it seven").await)
        .await;
    scene.core.until_live().await;
    let held = scene
        .core
        .until("the reply to be held", async || {
            let pending = scene.core.timeline(conversation).await["pending"][0].clone();
            (pending["state"]["state"] == "held").then_some(pending)
        })
        .await;
    assert_eq!(held["state"]["reason"], "guest_wrote_again");
    assert!(
        arrived(&scene, conversation).await.is_empty(),
        "it did not go by itself"
    );
    scene
        .core
        .mutate("retry_item", json!({ "item": held["item"] }))
        .await;
    until_nothing_is_pending(&scene, conversation).await;
    assert_eq!(arrived(&scene, conversation).await, ["See you at six"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_of_the_program_loses_nothing_that_was_queued() {
    let mut scene = Scene::open().await;
    let conversation = scene.mine().await;
    scene.desk.kill();
    scene.core.until_offline().await;
    scene.send(conversation, "Kept over a restart").await;
    let mut scene = scene.restart_core().await;
    let timeline = scene.core.timeline(conversation).await;
    assert_eq!(timeline["pending"][0]["text"], "Kept over a restart");
    scene.desk.restart();
    scene.core.until_live().await;
    until_nothing_is_pending(&scene, conversation).await;
    assert_eq!(arrived(&scene, conversation).await, ["Kept over a restart"]);
}
