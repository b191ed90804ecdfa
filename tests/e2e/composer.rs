//! Writing: files, answers to one message, templates, notes that name somebody, and taking back what was pressed.

use crate::front_desk::FrontDesk;
use deskbell_tests::guest::Guest;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use fantoccini::Locator;
use serde_json::Value;
use std::path::PathBuf;

const COMPLAINT: &str = "I want my money back, the room was dirty";

/// One grey pixel.
const PICTURE: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 58,
    126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 218, 99, 104, 0, 0, 0, 130, 0, 129, 218, 69, 8, 59, 0, 0,
    0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

pub(crate) const PRESS_PHOTO: &str =
    "const photo = document.querySelector('[role=log] .photo'); photo?.click(); return photo !== null";

#[tokio::test(flavor = "multi_thread")]
async fn t6_a_picture_is_sent_and_seen_by_the_guest() {
    let (counter, guest, _) = answering().await;
    let window = &counter.window;
    attach(&counter, "lobby.png").await;
    window.find("listitem", "lobby.png").await;
    window.write("textbox", "Reply", "This is our lobby").await;
    window.click("button", "Send").await;
    guest.sees("This is our lobby").await;
    guest.find("img", "Picture").await;

    // Here it opens large, and Escape closes it.
    // The wire has no file names, and the picture is one point large: it has neither a name nor a place to press.
    until("the picture in the thread", async || {
        let pressed = window.client().execute(PRESS_PHOTO, vec![]).await;
        pressed.ok()?.as_bool()?.then_some(())
    })
    .await;
    window.find("dialog", "Photo").await;
    window.press(Key::Plain(Key::ESCAPE)).await;
    window.gone("dialog", "Photo").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t6_a_file_waits_in_its_conversation_and_over_a_restart() {
    let (counter, _guest, name) = answering().await;
    attach(&counter, "lobby.png").await;
    counter.window.find("button", "Remove lobby.png").await;
    counter.window.write("textbox", "Reply", "Not sent yet").await;
    counter.window.sees("Draft saved").await;
    let counter = counter.kill_and_reopen().await;
    counter.window.click("option", &name).await;
    counter.window.find("button", "Remove lobby.png").await;
    assert_eq!(counter.window.value("textbox", "Reply").await, "Not sent yet");
    counter.window.click("button", "Remove lobby.png").await;
    counter.window.gone("button", "Remove lobby.png").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t1_one_message_is_answered_and_ones_own_is_deleted() {
    let (counter, guest, _) = answering().await;
    let window = &counter.window;
    window
        .click(
            "button",
            &format!("What to do with the message of {}", guest_name(&counter).await),
        )
        .await;
    window.click("menuitem", "Answer this message").await;
    window.find("group", "Answers").await;
    window.write("textbox", "Reply", "We are sorry about that").await;
    window.click("button", "Send").await;
    guest.sees("We are sorry about that").await;
    let sent = until("the answer on the desk", async || {
        let held = counter.conversation_with(COMPLAINT).await;
        let mut all = held.messages.into_iter();
        all.rfind(|message| message["content"] == "We are sorry about that")
    })
    .await;
    assert!(sent["content_attributes"]["in_reply_to"].is_i64(), "{sent}");

    window.click("button", "(you)").await;
    window.click("menuitem", "Delete").await;
    window.click("button", "Delete").await;
    window.sees("This message was deleted").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m2_an_approved_template_passes_a_closed_window() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let name = counter.desk.open_expired(&counter.me.access_token).await;
    window.click("button", "Mine,").await;
    window.click("option", &name).await;
    window.sees("Only approved templates can be sent").await;
    window.click("button", "Approved templates").await;
    window
        .write("combobox", "Search approved templates", "reminder")
        .await;
    window.find("option", "Booking reminder").await;
    assert!(
        window.all("option", "Spring offer").await.is_empty(),
        "what waits for approval is not offered"
    );
    window.rewrite("textbox", "Value 1", "Ines").await;
    window.sees("Fill in every value first.").await;
    window.write("textbox", "Value 2", "Friday").await;
    window
        .sees("Hello Ines, we look forward to seeing you on Friday.")
        .await;
    window.click("button", "Send").await;
    let words = "Hello Ines, we look forward to seeing you on Friday. Reply here if anything has changed.";
    // Words alone would have failed: the provider takes only what it knows.
    let sent = until("the provider's answer", async || {
        let held = counter.conversation_with(words).await;
        let mut all = held.messages.into_iter();
        all.rfind(|message| message["content"] == words && message["status"] != "sent")
    })
    .await;
    assert_eq!(sent["status"], "delivered", "{sent}");
}

#[tokio::test(flavor = "multi_thread")]
async fn g1_a_note_names_a_colleague_as_the_wire_does() {
    let (counter, _guest, _) = answering().await;
    let window = &counter.window;
    window.click("radio", "Note").await;
    window.write("textbox", "Note", "@Ife").await;
    window.find("option", "Ifeoma Okafor").await;
    window.press(Key::Plain(Key::ENTER)).await;
    window.write("textbox", "Note", "please look").await;
    assert_eq!(
        window.value("textbox", "Note").await,
        "@Ifeoma Okafor please look"
    );
    window.click("button", "Add note").await;
    let note = until("the note on the desk", async || {
        let held = counter.conversation_with(COMPLAINT).await;
        let text = |message: &Value| message["content"].as_str().unwrap_or_default().to_owned();
        held.messages
            .iter()
            .map(text)
            .find(|text| text.contains("please look"))
    })
    .await;
    assert!(note.starts_with("[@Ifeoma Okafor](mention://user/"), "{note}");
    window.sees("@Ifeoma Okafor please look").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn c1_closing_assigning_and_handing_back_are_taken_back() {
    let (counter, _guest, _) = answering().await;
    let window = &counter.window;
    window.click("button", "Close").await;
    window.click("button", "Close without a message").await;
    window.sees("Nobody answers, it is closed").await;
    window.click("button", "Undo").await;
    window.sees("You are answering").await;

    // What the undoing brings to the screen may shut what was opened just before.
    until("the colleagues", async || {
        if window
            .all("combobox", "Find a teammate or a team")
            .await
            .is_empty()
        {
            window.click("button", "Assign").await;
            window.drawn().await;
        }
        let shown = window.all("combobox", "Find a teammate or a team").await;
        (!shown.is_empty()).then_some(())
    })
    .await;
    window
        .write("combobox", "Find a teammate or a team", "Ifeoma")
        .await;
    window.click("option", "Ifeoma Okafor").await;
    window.click("button", "Assign to Ifeoma").await;
    window.sees("Ifeoma Okafor is answering").await;
    window.press(Key::Control('z')).await;
    window.sees("You are answering").await;

    window.click("button", "Hand back to AI").await;
    window.sees("AI is answering").await;
    window.click("button", "Undo").await;
    window.sees("You are answering").await;
    until("the desk to have it open again", async || {
        (counter.conversation_with(COMPLAINT).await.status() == "open").then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t4_words_are_found_in_the_conversation() {
    let (counter, _guest, _) = answering().await;
    let window = &counter.window;
    window.press(Key::Control('f')).await;
    window
        .write("searchbox", "Find in this conversation", "MONEY")
        .await;
    window.sees("1 of 1").await;
    window
        .rewrite("searchbox", "Find in this conversation", "zeppelin")
        .await;
    window.sees("Not found").await;
    window.press(Key::Plain(Key::ESCAPE)).await;
    window.gone("searchbox", "Find in this conversation").await;
}

/// A guest complained and I took over; answers the guest's name, too.
pub(crate) async fn answering() -> (FrontDesk, Guest, String) {
    let counter = FrontDesk::open().await;
    let guest = Guest::open(&counter.desk.facts().guest_links[0].url).await;
    guest.write("textbox", "", COMPLAINT).await;
    guest.click("button", "Send").await;
    let name = guest_name(&counter).await;
    let window = &counter.window;
    window.click("button", "Needs a person,").await;
    window.click("option", &format!("{name}, needs a person")).await;
    window.click("button", "Take over").await;
    window.sees("You are answering").await;
    window.click("button", "Mine,").await;
    (counter, guest, name)
}

async fn guest_name(counter: &FrontDesk) -> String {
    counter.conversation_with(COMPLAINT).await.guest()
}

/// Chooses a picture as the file dialog would.
pub(crate) async fn attach(counter: &FrontDesk, name: &str) {
    let path: PathBuf = counter.desktop.folder().join(name);
    std::fs::write(&path, PICTURE).expect("a file can be written");
    let input = counter
        .window
        .client()
        .find(Locator::Css("input[type=file]"))
        .await;
    let input = input.unwrap_or_else(|error| panic!("the composer takes files: {error}"));
    let sent = input.send_keys(&path.to_string_lossy()).await;
    sent.unwrap_or_else(|error| panic!("the file cannot be chosen: {error}"));
}
