//! The first minutes: from an empty computer to a list of guests.

use crate::axe::Inspection;
use crate::front_desk::FrontDesk;
use deskbell_tests::app::Window;
use deskbell_tests::desktop::Desktop;
use deskbell_tests::notifications::Toast;
use deskbell_tests::page::Key;

#[tokio::test]
async fn the_sign_in_page_leads_to_the_built_in_desk_and_its_guests() {
    let desktop = Desktop::start().await;
    let window = Window::open(&desktop, &desktop.folder().join("profile")).await;
    window.find("button", "Try it with the built-in desk").await;
    window.picture(&desktop, "first-run-sign-in").await;
    window.click("button", "Try it with the built-in desk").await;
    window.find("option", "").await;
    window.picture(&desktop, "first-run-list").await;
    window.names_of("option", 3).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn n1_where_nobody_has_written_the_bell_is_tried_and_the_first_guest_is_shown() {
    let counter = FrontDesk::open_with(async |desk| desk.no_guests().await).await;
    let window = &counter.window;
    window.find("heading", "Your desk is ready").await;
    window.find("heading", "No conversations yet").await;
    let mut inspection = Inspection::of(window).await;
    inspection.look("first run").await;
    inspection.end(1);
    window.picture(&counter.desktop, "first-run-nobody").await;

    window.click("button", "Ring it").await;
    window.sees("Done. You are rung behind other windows, too.").await;
    let tried = |toast: &Toast| toast.summary == "This is how Deskbell rings";
    let toast = counter
        .notifications
        .wait_for("the bell that is tried", tried)
        .await;
    assert!(
        !counter
            .window
            .client()
            .title()
            .await
            .expect("it has a title")
            .contains('('),
        "what is only tried waits for nobody"
    );
    counter.notifications.press(toast.id, "default").await;
    window.click("button", "Show keys").await;
    window.find("dialog", "Keyboard").await;
    window.press(Key::Plain(Key::ESCAPE)).await;

    let property = counter.desk.facts().accounts[0].id;
    counter.desk.guest_starts(property, "Is anybody there?").await;
    window.find("option", "Wanda Gast").await;
    window.gone("heading", "Your desk is ready").await;
}
