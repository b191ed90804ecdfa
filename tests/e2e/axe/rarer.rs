//! What opens less often: many rows at once, saved views, files and messages, a closed window, no connection.

use super::{ESCAPE, Inspection};
use crate::composer::{PRESS_PHOTO, answering, attach};
use crate::front_desk::{FrontDesk, profile};
use crate::sign_in::end_session;
use deskbell_tests::app::Window;
use deskbell_tests::desktop::Desktop;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use fantoccini::Locator;

#[tokio::test(flavor = "multi_thread")]
async fn n4_the_page_that_asks_for_a_passphrase_keeps_the_rules() {
    let desktop = Desktop::without_keyring().await;
    let window = Window::open(&desktop, &profile(&desktop)).await;
    window.find("heading", "Protect what is kept here").await;
    let mut inspection = Inspection::of(&window).await;
    inspection.look("passphrase").await;
    window.write("textbox", "Passphrase", "short").await;
    window.write("textbox", "Passphrase again", "shorter").await;
    window.click("button", "Use this passphrase").await;
    window.sees("The two are not the same.").await;
    inspection.look("two passphrases").await;
    inspection.end(2);
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_what_opens_less_often_keeps_the_rules() {
    let (mut counter, _guest, _) = answering().await;
    let expired = counter.desk.open_expired(&counter.me.access_token).await;
    let mut inspection = Inspection::of(&counter.window).await;
    messages(&counter, &mut inspection).await;
    chosen(&counter, &mut inspection).await;
    views(&counter, &mut inspection).await;
    another_sign_in(&mut inspection).await;
    closed_window(&expired, &mut inspection).await;
    counter.desk.kill();
    counter.window.sees("Offline since").await;
    inspection.look("offline").await;
    inspection.end(17);
}

/// In a conversation I answer: emoji, a picture, the menu of a message, and closing.
async fn messages(counter: &FrontDesk, inspection: &mut Inspection<'_>) {
    let window = &counter.window;
    window.click("button", "Emoji").await;
    window.find("toolbar", "Emoji").await;
    inspection.look("emoji").await;
    inspection.escape("toolbar", "Emoji").await;
    attach(counter, "lobby.png").await;
    window.find("listitem", "lobby.png").await;
    inspection.look("a file to send").await;
    window.write("textbox", "Reply", "This is our lobby").await;
    window.click("button", "Send").await;
    until("the picture in the thread", async || {
        let pressed = window.client().execute(PRESS_PHOTO, vec![]).await;
        pressed.ok()?.as_bool()?.then_some(())
    })
    .await;
    window.find("dialog", "Photo").await;
    inspection.look("picture").await;
    inspection.escape("dialog", "Photo").await;
    window.click("button", "(you)").await;
    window.find("menuitem", "Delete").await;
    inspection.look("menu of a message").await;
    window.click("menuitem", "Delete").await;
    window.find("dialog", "Delete").await;
    inspection.look("delete a message").await;
    inspection.escape("dialog", "Delete").await;
    window.click("button", "Close").await;
    window.click("button", "Close without a message").await;
    window.sees("Nobody answers, it is closed").await;
    inspection.look("closed").await;
}

/// Many rows chosen.
async fn chosen(counter: &FrontDesk, inspection: &mut Inspection<'_>) {
    let window = &counter.window;
    window.click("button", "AI handling,").await;
    window.find("option", "").await;
    until("a row to be chosen", async || {
        let mark = Locator::Css("[aria-posinset='1'] [data-check]");
        window.client().find(mark).await.ok()?.click().await.ok()
    })
    .await;
    window.sees("1 chosen").await;
    inspection.look("chosen rows").await;
    window.click("button", "Tag all").await;
    window.find("menuitemradio", "").await;
    inspection.look("tags of chosen rows").await;
    inspection.escape("menuitemradio", "").await;
    window.click("button", "Close all").await;
    window.find("dialog", "Close").await;
    inspection.look("close chosen rows").await;
    inspection.escape("dialog", "Close").await;
    window.click("button", "Choose none").await;
    window.gone("toolbar", "Chosen conversations").await;
}

async fn views(counter: &FrontDesk, inspection: &mut Inspection<'_>) {
    let window = &counter.window;
    window.click("button", "Saved views").await;
    window.sees("No saved views yet.").await;
    inspection.look("no saved views").await;
    window.click("button", "Save as a view").await;
    window.write("textbox", "Name", "Arrivals").await;
    inspection.look("name of a view").await;
    window.click("button", "Save").await;
    window.gone("dialog", "Save as a view").await;
    window.click("button", "Arrivals").await;
    window.find("dialog", "Saved views").await;
    inspection.look("saved views").await;
    window.click("button", "What to do with the view Arrivals").await;
    window.find("menuitem", "Rename").await;
    inspection.look("menu of a view").await;
    inspection.escape("menuitem", "Rename").await;
    window.press(ESCAPE).await;
    window.gone("dialog", "Saved views").await;
}

async fn another_sign_in(inspection: &mut Inspection<'_>) {
    let window = inspection.window;
    window.press(Key::Control(',')).await;
    window.click("button", "Sign in to another").await;
    window.find("textbox", "Server address").await;
    inspection.look("another sign-in").await;
    window.click("button", "Back").await;
    window.find("searchbox", "Search names").await;
}

/// A day after the guest's last words on WhatsApp.
async fn closed_window(guest: &str, inspection: &mut Inspection<'_>) {
    let window = inspection.window;
    window.click("button", "Mine,").await;
    window.click("option", guest).await;
    window.sees("Only approved templates can be sent").await;
    inspection.look("window closed").await;
    window.click("button", "Approved templates").await;
    window.find("option", "Booking reminder").await;
    inspection.look("approved templates").await;
    inspection.escape("combobox", "Search approved templates").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_what_only_an_administrator_is_offered_keeps_the_rules() {
    let counter = FrontDesk::open_as("nadia@aurora.example").await;
    let window = &counter.window;
    let mut inspection = Inspection::of(window).await;
    window.press(Key::Control(',')).await;
    window.click("button", "AI replies").await;
    window
        .find("switch", "AI replies in Web chat, Hotel Aurora")
        .await;
    inspection.look("AI replies").await;
    window
        .click("switch", "AI replies in Web chat, Hotel Aurora")
        .await;
    window.find("dialog", "Turn off AI replies in Web chat").await;
    inspection.look("turning AI off").await;
    inspection.end(2);
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_the_question_for_the_password_again_keeps_the_rules() {
    let counter = FrontDesk::open().await;
    let mut inspection = Inspection::of(&counter.window).await;
    end_session(&counter).await;
    counter.window.find("dialog", "You were signed out").await;
    inspection.look("signed out").await;
    inspection.end(1);
}
