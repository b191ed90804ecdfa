//! A person took over: what the AI still writes is marked, and what falls quiet with them is not forgotten.

use crate::scene::Scene;
use deskbell_domain::ConversationRef;
use serde_json::{Value, json};

const TWO_HOURS: i64 = 2 * 60 * 60;

/// The AI writes, whoever answers; a moment after whatever happened before.
async fn ai_writes(scene: &Scene, conversation: ConversationRef, words: &str) {
    let admin = &scene.desk.login("administrator").access_token;
    let bots = scene.desk.get(&scene.path("agent_bots"), admin).await;
    let token = bots[0]["access_token"].as_str().expect("the property has an AI");
    let later = json!({ "advance_seconds": 2 });
    scene.desk.post("/test/clock", &later, "").await;
    let path = scene.path(&format!("conversations/{}/messages", conversation.id.0));
    scene.desk.post(&path, &json!({ "content": words }), token).await;
}

/// The message with these words, as the screen is told of it.
async fn shown(scene: &Scene, conversation: ConversationRef, words: &str) -> Value {
    let look = async || {
        let timeline = scene.core.timeline(conversation).await;
        let mut messages = timeline["messages"].as_array()?.clone().into_iter();
        messages.find(|message| message["text"] == words)
    };
    scene.core.until("the message on the screen", look).await
}

#[tokio::test(flavor = "multi_thread")]
async fn h3_what_the_ai_writes_after_a_take_over_is_marked_and_what_it_writes_after_the_hand_back_is_not() {
    let scene = Scene::open().await;
    let conversation = scene.mine().await;
    ai_writes(&scene, conversation, "Breakfast is until ten").await;
    let late = shown(&scene, conversation, "Breakfast is until ten").await;
    assert_eq!((&late["author"], &late["late"]), (&json!("ai"), &json!(true)));
    let all = scene.core.timeline(conversation).await;
    let marked = |message: &&Value| message["late"] == true;
    let count = all["messages"]
        .as_array()
        .map(|all| all.iter().filter(marked).count());
    assert_eq!(count, Some(1), "nothing from before is: {all}");

    scene.core.mutate("hand_back", json!(conversation)).await;
    scene.until_nothing_is_unsent().await;
    ai_writes(&scene, conversation, "And on Sundays until eleven").await;
    let asked_for = shown(&scene, conversation, "And on Sundays until eleven").await;
    assert_eq!(asked_for["late"], false);
    let scene = scene.restart_core().await;
    let late = shown(&scene, conversation, "Breakfast is until ten").await;
    assert_eq!(late["late"], true, "it is known after a restart");
}

#[tokio::test(flavor = "multi_thread")]
async fn h9_what_falls_quiet_with_a_person_is_reminded_of_once_and_again_at_the_end() {
    let scene = Scene::open().await;
    let core = &scene.core;
    let conversation = scene.mine().await;
    core.until_live().await;
    core.pass(0).await;
    let before = core.reminders().len();
    core.pass(TWO_HOURS + 60).await;
    // The step in time may end the connection, and while nothing is in step nothing is known.
    core.until("the reminder", async || {
        core.pass(0).await;
        (core.reminders().len() > before).then_some(())
    })
    .await;
    let reminders = core.reminders();
    assert!(
        reminders[before].title.ends_with("still with you"),
        "{reminders:?}"
    );
    core.pass(60).await;
    assert_eq!(core.reminders().len(), before + 1, "it is said once");

    core.close_window();
    core.until("the reminder at the end", async || {
        (core.reminders().len() == before + 2).then_some(())
    })
    .await;

    core.mutate("opened", json!(conversation)).await;
    assert!(
        core.withdrawn().contains(&conversation),
        "who looks needs no reminder"
    );
}
