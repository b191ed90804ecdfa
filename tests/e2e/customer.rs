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
