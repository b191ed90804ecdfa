//! Go to anything: conversations, views and actions by a little of their name.

use crate::front_desk::FrontDesk;
use deskbell_tests::app::Window;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use serde_json::{Value, json};

const WORDS: &str = "Is the sauna open tonight?";
const ENTER: Key = Key::Plain(Key::ENTER);

/// Opens the palette and types.
async fn look_for(counter: &FrontDesk, text: &str) {
    let window = &counter.window;
    window.press(Key::Control('k')).await;
    window.focus_is_on("combobox", "Go to a conversation").await;
    window.type_keys(text).await;
}

/// What can be scrolled behind what lies over the window: the web view paints its scrollbars on top of all.
async fn shining_through(window: &Window) -> Value {
    let script = "\
        const behind = [...document.querySelectorAll('[role=log], [role=listbox]')].filter((one) => !one.closest('dialog')); \
        return behind.map((one) => `${one.role}: ${getComputedStyle(one).overflowY}`);";
    let found = window.client().execute(script, vec![]).await;
    found.expect("the script runs")
}

async fn contact(counter: &FrontDesk) -> Value {
    let sender = counter.conversation_with(WORDS).await.conversation["meta"]["sender"]["id"].clone();
    let account = counter.desk.facts().accounts[0].id;
    let path = format!("/api/v1/accounts/{account}/contacts/{sender}");
    counter.desk.get(&path, &counter.me.access_token).await["payload"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_anything_is_gone_to_by_a_little_of_its_name() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let account = counter.desk.facts().accounts[0].id;
    counter.desk.guest_starts(account, WORDS).await;
    window.press(Key::Control('3')).await;
    window.find("option", "Wanda Gast").await;

    // A guest, by the beginning of their family name.
    look_for(&counter, "gas").await;
    window.find("option", "Wanda Gast").await;
    assert_eq!(shining_through(window).await, json!(["listbox: hidden"]));
    window.picture(&counter.desktop, "palette").await;
    window.press(ENTER).await;
    window.gone("dialog", "Go to anything").await;
    window.find("heading", "Wanda Gast").await;
    window.sees(WORDS).await;
    assert_eq!(
        shining_through(window).await,
        json!(["listbox: auto", "log: auto"])
    );

    // An action on the open conversation.
    look_for(&counter, "mark as l").await;
    window.find("option", "Mark as lead").await;
    window.press(ENTER).await;
    until("the lead on the desk", async || {
        (contact(&counter).await["custom_attributes"]["lead"] == true).then_some(())
    })
    .await;

    // A view; and what was found in a message.
    look_for(&counter, "closed").await;
    window.find("option", "Closed").await;
    // Places stand last; up from the first comes to them.
    window.press(Key::Plain(Key::UP)).await;
    window.press(ENTER).await;
    window.find("heading", "Closed").await;
    look_for(&counter, "sauna").await;
    window.find("group", "In messages").await;
    window.find("option", "sauna").await;
    window.press(Key::Plain(Key::ESCAPE)).await;
    window.gone("dialog", "Go to anything").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_escape_gives_the_focus_back_and_control_enter_takes_over() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    window.press(Key::Plain(Key::SPACE)).await;
    window.sees("Nobody is answering yet").await;
    window.press(Key::Plain('r')).await;
    window.focus_is_on("textbox", "Reply").await;
    look_for(&counter, "zzzz").await;
    window.sees("Nothing found for “zzzz”").await;
    window.press(Key::Plain(Key::ESCAPE)).await;
    window.focus_is_on("textbox", "Reply").await;

    let account = counter.desk.facts().accounts[0].id;
    counter.desk.guest_starts(account, WORDS).await;
    window.press(Key::Control('3')).await;
    window.find("option", "Wanda Gast").await;
    look_for(&counter, "wanda").await;
    window.find("option", "Wanda Gast").await;
    window.press(Key::Control(Key::ENTER)).await;
    window.find("heading", "Wanda Gast").await;
    window.sees("You are answering").await;
    until("the desk to know who answers", async || {
        let held = counter.conversation_with(WORDS).await;
        (held.conversation["meta"]["assignee"]["email"] == counter.me.email.as_str()).then_some(())
    })
    .await;
}
