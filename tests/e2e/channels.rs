//! The AI of the channels, as an administrator turns it off and on.

use crate::front_desk::FrontDesk;
use deskbell_tests::until::until;
use serde_json::Value;

const BEFORE: &str = "Is the sauna open tonight?";
const WITHOUT: &str = "Is the pool heated?";
const AGAIN: &str = "When is breakfast?";

async fn get(counter: &FrontDesk, path: &str) -> Value {
    let account = counter.desk.facts().accounts[0].id;
    let path = format!("/api/v1/accounts/{account}/{path}");
    counter.desk.get(&path, &counter.me.access_token).await
}

#[tokio::test(flavor = "multi_thread")]
async fn h10_an_administrator_turns_the_ai_of_a_channel_off_and_on() {
    let counter = FrontDesk::open_as("nadia@aurora.example").await;
    let window = &counter.window;
    let account = counter.desk.facts().accounts[0].id;
    counter.desk.guest_starts(account, BEFORE).await;
    let held = counter.conversation_with(BEFORE).await.conversation;
    let inbox = held["inbox_id"].as_i64().expect("it came through a channel");
    let name = get(&counter, &format!("inboxes/{inbox}")).await["name"].clone();
    let name = name.as_str().expect("channels have names");
    let switch = format!("AI replies in {name}, Hotel Aurora");
    let bot = format!("inboxes/{inbox}/agent_bot");
    assert!(get(&counter, &bot).await["agent_bot"].is_object());

    window.click("button", "Settings").await;
    window.click("button", "AI replies").await;
    window.click("switch", &switch).await;
    window.picture(&counter.desktop, "ai-replies").await;
    window.click("button", "Keep AI replies").await;
    assert!(get(&counter, &bot).await["agent_bot"].is_object(), "only asked");
    window.click("switch", &switch).await;
    window.click("button", "Turn off").await;
    until("the desk without AI in the channel", async || {
        get(&counter, &bot).await["agent_bot"].is_null().then_some(())
    })
    .await;

    // Whoever was with the AI, and whoever comes now, is a person's.
    until("the guest to wait for a person", async || {
        (counter.conversation_with(BEFORE).await.status() == "open").then_some(())
    })
    .await;
    counter.desk.guest_starts(account, WITHOUT).await;
    let left = counter.conversation_with(WITHOUT).await;
    assert_eq!((left.status(), left.answers().len()), ("open", 0));
    window.click("button", "Done").await;
    window.write("searchbox", "Search names", WITHOUT).await;
    window.click("option", &left.guest()).await;
    window.sees("Nobody is answering yet").await;

    window.click("button", "Settings").await;
    window.click("switch", &switch).await;
    until("the AI in the channel again", async || {
        get(&counter, &bot).await["agent_bot"].is_object().then_some(())
    })
    .await;
    counter.desk.guest_starts(account, AGAIN).await;
    until("the AI to answer", async || {
        (!counter.conversation_with(AGAIN).await.answers().is_empty()).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h10_who_is_no_administrator_is_not_offered_it() {
    let counter = FrontDesk::open().await;
    counter.window.click("button", "Settings").await;
    counter.window.find("switch", "Single-key shortcuts").await;
    assert!(counter.window.all("button", "AI replies").await.is_empty());
}
