//! The desk goes away, the app is killed: nothing is lost, nothing goes out twice.

use crate::front_desk::FrontDesk;
use deskbell_tests::page::Key;
use deskbell_tests::places;
use deskbell_tests::until::until;
use serde_json::{Value, json};

const HELLO: &str = "Hello, can somebody help me with my room?";

/// What I wrote, as the desk holds it, in order.
async fn mine(counter: &FrontDesk) -> Vec<String> {
    let held = counter.conversation_with(HELLO).await;
    let own = |message: &&Value| message["content_attributes"]["client_ref"].is_string();
    let text = |message: &Value| message["content"].as_str().unwrap_or_default().to_owned();
    held.messages.iter().filter(own).map(text).collect()
}

/// A guest of the web chat, taken over in the window.
async fn taken_over(counter: &FrontDesk) {
    let account = counter.desk.facts().accounts[0].id;
    counter.desk.guest_starts(account, HELLO).await;
    // The AI may have rung by now: in All it stands either way.
    counter.window.click("button", "All,").await;
    counter.window.click("option", "Wanda Gast").await;
    counter.window.sees(HELLO).await;
    counter.window.click("button", "Take over").await;
    counter.window.sees("You are answering").await;
    until("the desk to know", async || {
        (counter.conversation_with(HELLO).await.status() == "open").then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_away_everything_read_is_there_and_three_replies_go_out_later_once() {
    let mut counter = FrontDesk::open().await;
    taken_over(&counter).await;
    counter.desk.kill();
    counter.window.sees("Offline since").await;
    counter.window.sees(HELLO).await;
    let words = ["First of three", "Second of three", "Third of three"];
    for text in words {
        counter.window.write("textbox", "Reply", text).await;
        counter.window.click("button", "Queue reply").await;
        counter.window.sees(text).await;
    }
    counter.window.sees("Queued, goes out first").await;
    counter.window.write("searchbox", "Search", "room").await;
    counter.window.find("option", "Wanda Gast").await;
    counter.window.picture(&counter.desktop, "offline-queued").await;
    counter.desk.restart();
    counter.window.sees("In step").await;
    until("all three on the desk", async || {
        (mine(&counter).await.len() >= 3).then_some(())
    })
    .await;
    counter.window.sees_no("Queued, goes out").await;
    assert_eq!(mine(&counter).await, words, "each once, in order");
}

/// How wide the picture of the open conversation is painted from its own points; 0 = it is not.
const PAINTED: &str = "return document.querySelector('[role=log] img')?.naturalWidth ?? 0";

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_was_seen_is_shown_with_the_desk_away() {
    let mut counter = FrontDesk::open().await;
    taken_over(&counter).await;
    let id = counter.conversation_with(HELLO).await.conversation["id"].as_i64();
    let id = id.expect("a conversation has a number");
    let picture =
        std::fs::read(places::root().join("assets/icons/32x32.png")).expect("the program has an icon");
    counter
        .desk
        .colleague_sends(id, "lobby.png", "image/png", picture)
        .await;
    let painted = async |counter: &FrontDesk| {
        let width = counter.window.client().execute(PAINTED, vec![]).await;
        (width.ok()?.as_i64()? == 32).then_some(())
    };
    until("the picture to be painted", async || painted(&counter).await).await;
    counter.desk.kill();
    let counter = counter.kill_and_reopen().await;
    counter.window.sees("Offline since").await;
    counter.window.click("button", "Mine,").await;
    counter.window.click("option", "Wanda Gast").await;
    until("the picture to be painted without the desk", async || {
        painted(&counter).await
    })
    .await;
    counter.window.picture(&counter.desktop, "offline-picture").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_sending_the_reply_arrives_once() {
    let counter = FrontDesk::open().await;
    taken_over(&counter).await;
    // The desk takes its time: the app dies between the request and its answer.
    counter
        .desk
        .fault("POST", "/messages", 1, json!({ "delay_ms": 3000 }))
        .await;
    counter
        .window
        .write("textbox", "Reply", "Written before the crash")
        .await;
    counter.window.click("button", "Send").await;
    counter.desk.faults_met().await;
    let counter = counter.kill_and_reopen().await;
    counter.window.sees("In step").await;
    until("the reply on the desk", async || {
        (!mine(&counter).await.is_empty()).then_some(())
    })
    .await;
    // By key: a banner that comes or goes in the first seconds moves what a pointer aims at.
    counter.window.press(Key::Control('2')).await;
    counter.window.click("option", "Wanda Gast").await;
    counter.window.sees("Written before the crash").await;
    counter.window.sees_no("Checking whether it arrived").await;
    assert_eq!(mine(&counter).await, ["Written before the crash"]);
}
