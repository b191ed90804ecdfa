//! Somebody leaves the counter: the window hides everything, and the desk goes on.

use crate::axe::Inspection;
use crate::front_desk::FrontDesk;
use deskbell_tests::page::Key;

const PIN: &str = "4711";
const GUEST: &str = "Grace Nakamura-Bell";

#[tokio::test(flavor = "multi_thread")]
async fn locking_hides_everything_at_once_and_only_the_pin_opens_it() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    window.click("option", GUEST).await;
    window.write("textbox", "Reply", "Half a sentence").await;
    window.press(Key::Control('l')).await;
    window.find("dialog", "Choose a PIN").await;
    let mut inspection = Inspection::of(window).await;
    inspection.look("choosing a PIN").await;
    window.write("textbox", "New PIN", PIN).await;
    window.write("textbox", "The same again", PIN).await;
    window.click("button", "Set it and lock").await;
    window.find("heading", "Locked").await;
    window.gone("option", GUEST).await;
    let text = window.text().await;
    assert!(
        !text.contains("Grace") && !text.contains("Half a sentence"),
        "{text}"
    );
    // How urgent it is, too: what stood first in the list.
    window.sees("Nearest goal: ").await;
    window.picture(&counter.desktop, "locked").await;
    inspection.look("locked").await;

    // A guest rings all the same, and nobody learns who.
    let (shown, waiting) = (
        counter.notifications.history().len(),
        counter.tray.text("Title").await,
    );
    let account = counter.desk.facts().accounts[0].id;
    counter
        .desk
        .guest_starts(account, "I want my money back, the room was dirty")
        .await;
    let tray = counter.tray.wait_for("Title", |title| title != waiting).await;
    let rang = counter
        .notifications
        .wait_for("the ring", |toast| toast.summary.contains("needs a person"))
        .await;
    assert_eq!(counter.notifications.history().len(), shown + 1);
    for said in [&rang.summary, &rang.body, &tray] {
        assert!(!said.contains("Wanda") && !said.contains("money"), "{said}");
    }
    window.sees(tray.trim_start_matches("Deskbell: ")).await;

    window.write("textbox", "PIN", "0000").await;
    window.click("button", "Unlock").await;
    window.sees("This PIN does not fit").await;
    inspection.look("a wrong PIN").await;
    inspection.end(3);
    let counter = counter.kill_and_reopen().await;
    let window = &counter.window;
    window.find("heading", "Locked").await;
    window.write("textbox", "PIN", PIN).await;
    window.click("button", "Unlock").await;
    window.click("option", GUEST).await;
    window.find("textbox", "Reply").await;
    assert_eq!(window.value("textbox", "Reply").await, "Half a sentence");
}
