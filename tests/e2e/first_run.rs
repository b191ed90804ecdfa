//! The first minutes: from an empty computer to a list of guests.

use deskbell_tests::app::Window;
use deskbell_tests::desktop::Desktop;

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
