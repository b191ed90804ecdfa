//! The customer panel: who the guest is, and what the team knows about them.

use crate::front_desk::FrontDesk;
use deskbell_tests::until::until;
use serde_json::Value;

const WORDS: &str = "Is the sauna open tonight?";

/// The guest of the open conversation, as the desk holds them.
async fn held(counter: &FrontDesk, id: &str) -> Value {
    let account = counter.desk.facts().accounts[0].id;
    let path = format!("/api/v1/accounts/{account}/contacts/{id}");
    counter.desk.get(&path, &counter.me.access_token).await["payload"].clone()
}

/// Opens a new guest's conversation and answers the guest's number.
async fn open_guest(counter: &FrontDesk) -> String {
    let account = counter.desk.facts().accounts[0].id;
    counter.desk.guest_starts(account, WORDS).await;
    let held = counter.conversation_with(WORDS).await;
    counter.window.click("button", "AI handling,").await;
    counter.window.click("option", &held.guest()).await;
    counter.window.find("button", "Mark as lead").await;
    counter.window.sees(WORDS).await;
    held.conversation["meta"]["sender"]["id"].to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn k3_k5_k7_the_panel_marks_a_lead_keeps_notes_and_edits_the_guest() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let id = open_guest(&counter).await;

    window.click("button", "Mark as lead").await;
    window.find("button", "Not a lead").await;
    until("the lead on the desk", async || {
        (held(&counter, &id).await["custom_attributes"]["lead"] == true).then_some(())
    })
    .await;

    window.click("button", "Add a note about the guest").await;
    window
        .write("textbox", "Note about the guest", "Allergic to nuts")
        .await;
    window.click("button", "Save note").await;
    window.sees("Allergic to nuts").await;
    let account = counter.desk.facts().accounts[0].id;
    let notes = format!("/api/v1/accounts/{account}/contacts/{id}/notes");
    until("the note on the desk", async || {
        let notes = counter.desk.get(&notes, &counter.me.access_token).await;
        (notes[0]["content"] == "Allergic to nuts").then_some(())
    })
    .await;

    window.click("button", "Edit the guest").await;
    window.rewrite("textbox", "Name", "Wanda Gast").await;
    window.rewrite("textbox", "Phone", "079 123").await;
    window.click("button", "Save").await;
    window.sees("Write the number with its country").await;
    window.rewrite("textbox", "Phone", "+41 79 123 45 67").await;
    window.click("button", "Save").await;
    window.gone("dialog", "Edit the guest").await;
    until("the edit on the desk", async || {
        let guest = held(&counter, &id).await;
        (guest["name"] == "Wanda Gast" && guest["phone_number"] == "+41791234567").then_some(())
    })
    .await;
    window.find("heading", "Wanda Gast").await;
    window.picture(&counter.desktop, "customer-panel").await;

    window.click("button", "Delete this note").await;
    window.sees("No notes yet").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k5_words_of_a_note_stay_with_their_guest_and_in_their_box_when_the_note_goes_out() {
    let mut counter = FrontDesk::open().await;
    let id = open_guest(&counter).await;
    let account = counter.desk.facts().accounts[0].id;
    let notes = format!("/api/v1/accounts/{account}/contacts/{id}/notes");
    stay_with_their_guest(&counter).await;
    counter.desk.kill();
    let window = &counter.window;
    window.sees("Offline since").await;
    window.click("button", "Save note").await;
    window.sees("Waits for the connection").await;
    window.click("button", "Edit this note").await;
    window.write("textbox", "Text of the note", " and to milk").await;

    counter.desk.restart();
    let held = async || counter.desk.get(&notes, &counter.me.access_token).await;
    until("the note on the desk", async || {
        (held().await[0]["content"] == "Allergic to nuts").then_some(())
    })
    .await;
    window.sees_no("Waits for the connection").await;
    window.sees_no("On its way").await;
    assert_eq!(
        window.value("textbox", "Text of the note").await,
        "Allergic to nuts and to milk"
    );
    window.focus_is_on("textbox", "Text of the note").await;
    window.write("textbox", "Text of the note", " and eggs").await;
    window.picture(&counter.desktop, "note-edited-offline").await;
    window.click("button", "Save note").await;
    until("the changed note on the desk, and no other", async || {
        let held = held().await;
        let texts: Vec<&str> = held
            .as_array()?
            .iter()
            .filter_map(|note| note["content"].as_str())
            .collect();
        (texts == ["Allergic to nuts and to milk and eggs"]).then_some(())
    })
    .await;
    window.gone("textbox", "Text of the note").await;
    window.sees("Allergic to nuts and to milk and eggs").await;
}

/// Leaves the box of a new note with its words, looks at another guest, and comes back.
async fn stay_with_their_guest(counter: &FrontDesk) {
    let window = &counter.window;
    let account = counter.desk.facts().accounts[0].id;
    counter.desk.guest_called("Otto Other", account, WORDS).await;
    window.click("button", "Add a note about the guest").await;
    window
        .write("textbox", "Note about the guest", "Allergic to nuts")
        .await;
    window.click("option", "Otto Other").await;
    window.find("heading", "Otto Other").await;
    window.gone("textbox", "Note about the guest").await;
    window.click("option", "Wanda Gast").await;
    window.find("heading", "Wanda Gast").await;
    let words = window.value("textbox", "Note about the guest").await;
    assert_eq!(words, "Allergic to nuts");
}
