//! Somebody who sees their own customers only.

use crate::axe::Inspection;
use crate::front_desk::FrontDesk;
use serde_json::json;

const STAFF: &str = "lilla@mira.example";
const HALF: &str = "Yes, Lilla has time on";

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_that_is_given_away_leaves_in_words_and_what_was_written_stays() {
    let counter = FrontDesk::open_as(STAFF).await;
    let salon = counter.desk.facts().accounts[1].id;
    let id = counter.desk.guest_starts(salon, "Can Lilla do my hair?").await;
    counter.desk.give(salon, id, STAFF).await;
    let window = &counter.window;
    window.click("button", "All,").await;
    window.click("option", "Wanda Gast").await;
    window.write("textbox", "Reply", HALF).await;
    counter.desk.give(salon, id, "dora@mira.example").await;

    window.sees("You may no longer see this conversation").await;
    window.gone("option", "Wanda Gast").await;
    window
        .sees("It stays on this computer until you discard it")
        .await;
    window.sees(HALF).await;
    assert!(
        window.all("textbox", "Reply").await.is_empty(),
        "there is nowhere to write"
    );
    window.sees_no("Can Lilla do my hair?").await;
    window.picture(&counter.desktop, "no-longer-yours").await;
    let mut inspection = Inspection::of(window).await;
    inspection.look("a conversation that went").await;
    inspection.end(1);

    // It is still there after the computer was switched off, and found again.
    let counter = counter.kill_and_reopen().await;
    let window = &counter.window;
    window.click("button", "Unsent words from 1 conversation").await;
    window.sees("You may no longer see this conversation").await;
    window.sees(HALF).await;
    window.click("button", "Discard").await;
    window.sees_no(HALF).await;
    window.gone("button", "Unsent words from 1 conversation").await;

    window.click("button", "Settings").await;
    window.sees("Staff, sees own conversations only").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_role_may_not_do_is_said_until_somebody_has_decided() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    window.click("option", "Grace Nakamura-Bell").await;
    window.find("textbox", "Reply").await;
    let refused = json!({ "status": 401, "body": { "error": "You are not authorized to do this action" } });
    counter.desk.fault("POST", "/conversations/", 50, refused).await;
    window.click("button", "Take over").await;
    window.find("alert", "Not done: Take over").await;
    window
        .sees("Your role may not do this here. Nothing else changed.")
        .await;
    window.sees("Nobody is answering yet").await;
    window.picture(&counter.desktop, "not-allowed").await;
    let mut inspection = Inspection::of(window).await;
    inspection.look("a change that was refused").await;
    inspection.end(1);

    counter.desk.heal().await;
    window.click("button", "Try again").await;
    window.sees("You are answering").await;
    window.gone("alert", "Not done").await;
}
