//! Before anybody is signed in: the sign-in page in its states.

use crate::album::{Album, resize};
use deskbell_tests::app::Window;
use deskbell_tests::desk::Desk;
use deskbell_tests::desktop::Desktop;
use serde_json::json;
use xtask::session::SessionOptions;

/// Room for the window and its frame.
const SCREEN: (u32, u32) = (1400, 900);

pub async fn show(album: &Album) {
    let desk = Desk::start();
    let desktop = Desktop::with(|options| options.screen = SCREEN).await;
    let window = Window::open(&desktop, &desktop.folder().join("profile")).await;
    resize(&window, 1280, 800).await;
    window.find("button", "Sign in").await;
    album.keep((&desktop, &window), "08-sign-in").await;

    let me = desk.login("agent");
    fill(&window, desk.url(), &me.email, "not this one").await;
    window.sees("Email and password do not match").await;
    album.keep((&desktop, &window), "08-sign-in-wrong-password").await;

    fill(&window, "http://127.0.0.1:9", &me.email, "any").await;
    window.sees("The server does not answer").await;
    album.keep((&desktop, &window), "08-sign-in-no-server").await;

    window.click("radio", "Access token").await;
    window.find("textbox", "Access token").await;
    album.keep((&desktop, &window), "08-sign-in-token").await;

    window.click("radio", "Email and password").await;
    let slow = json!({ "delay_ms": 60_000 });
    desk.fault("POST", "/auth/sign_in", 1, slow).await;
    fill(&window, desk.url(), &me.email, &me.password).await;
    window.find("button", "Signing in").await;
    album.keep((&desktop, &window), "08-sign-in-busy").await;
}

/// A computer without a keyring. On a desktop of its own, once the other is gone: there is room for one at a time.
pub async fn show_passphrase(album: &Album) {
    let without = |options: &mut SessionOptions| (options.screen, options.keyring) = (SCREEN, false);
    let desktop = Desktop::with(without).await;
    let window = Window::open(&desktop, &desktop.folder().join("profile")).await;
    resize(&window, 1280, 800).await;
    window.find("heading", "Protect what is kept here").await;
    album.keep((&desktop, &window), "09-passphrase").await;
}

pub async fn fill(window: &Window, server: &str, email: &str, password: &str) {
    window.rewrite("textbox", "Server address", server).await;
    window.rewrite("textbox", "Email", email).await;
    window.rewrite("textbox", "Password", password).await;
    window.click("button", "Sign in").await;
}
