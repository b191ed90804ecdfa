//! A computer changes hands.

use crate::axe::Inspection;
use crate::composer::answering;
use crate::front_desk::sign_in;
use deskbell_tests::app::Window;

const WORDS: &str = "Parking for Tuesday is 24 euros";
const WIPE: &str = "Wipe this computer";

#[tokio::test(flavor = "multi_thread")]
async fn n4_a_computer_is_wiped_after_saying_what_is_lost_and_nothing_is_left() {
    let (mut counter, _browser, guest) = answering().await;
    counter.desk.kill();
    counter.window.sees("Offline since").await;
    let window = &counter.window;
    window.write("textbox", "Reply", WORDS).await;
    window.click("button", "Queue reply").await;
    window.sees("Queued, goes out first").await;
    window.click("button", "Settings").await;
    window.click("radio", "Dark").await;
    window.click("button", WIPE).await;
    window.find("dialog", "Wipe this computer?").await;
    window.sees("1 change has not been sent yet").await;
    window.sees(&format!("“{WORDS}” to {guest} is lost.")).await;
    let mut inspection = Inspection::of(window).await;
    inspection.look("wipe").await;
    inspection.end(1);
    window.picture(&counter.desktop, "wipe").await;

    window.write("textbox", "Type “wipe” to go on", "wip").await;
    press_last(window).await;
    window.find("dialog", "Wipe this computer?").await;
    window.rewrite("textbox", "Type “wipe” to go on", "wipe").await;
    press_last(window).await;
    window.find("button", "Try it with the built-in desk").await;

    counter.desk.restart();
    let counter = counter.kill_and_reopen().await;
    let window = &counter.window;
    window.find("button", "Try it with the built-in desk").await;
    sign_in(
        window,
        counter.desk.url(),
        &counter.me.email,
        &counter.me.password,
    )
    .await;
    window.sees("In step").await;
    window.click("option", &guest).await;
    window.find("textbox", "Reply").await;
    window.sees_no(WORDS).await;
    window.click("button", "Settings").await;
    let dark = window.find("radio", "Dark").await.attr("aria-checked").await;
    let dark = dark.expect("the window answers");
    assert_eq!(dark.as_deref(), Some("false"), "what was chosen is forgotten");
}

/// In the dialog; the one before it opened it.
async fn press_last(window: &Window) {
    let buttons = window.all("button", WIPE).await;
    buttons.last().expect("it is there").click().await.ok();
}
