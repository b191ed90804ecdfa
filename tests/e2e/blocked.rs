//! Files that cannot be used: the window says why, and leaves them as they are.

use crate::axe::Inspection;
use crate::front_desk::profile;
use deskbell_tests::app::Window;
use deskbell_tests::desktop::Desktop;
use std::fs;

#[tokio::test(flavor = "multi_thread")]
async fn damaged_files_are_told_and_left_as_they_are() {
    let desktop = Desktop::start().await;
    let window = Window::open(&desktop, &profile(&desktop)).await;
    window.find("button", "Sign in").await;
    window.kill().await;
    let file = profile(&desktop).join("durable.db");
    let damaged = vec![7; 8192];
    assert!(file.is_file(), "the window made its files");
    fs::write(&file, &damaged).unwrap();

    let window = Window::open(&desktop, &profile(&desktop)).await;
    window.find("heading", "Deskbell could not start").await;
    window
        .sees("The files are damaged, or locked with another key. Nothing was deleted.")
        .await;
    window.picture(&desktop, "blocked").await;
    assert!(
        window.all("button", "Try again").await.is_empty(),
        "trying again would find the same files"
    );
    window.find("button", "Quit").await;
    let mut inspection = Inspection::of(&window).await;
    inspection.look("blocked").await;
    inspection.end(1);
    assert_eq!(fs::read(&file).unwrap(), damaged);
}
