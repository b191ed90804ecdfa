//! Where there is little to show, or something went wrong.

use crate::album::{Album, Seen, resize, run};
use crate::signing_in::fill;
use deskbell_tests::app::Window;
use deskbell_tests::desk::Desk;
use deskbell_tests::desktop::Desktop;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use serde_json::json;
use std::fs::OpenOptions;

pub async fn show(album: &Album) {
    let desk = Desk::start();
    let desktop = Desktop::with(|options| options.screen = (1400, 900)).await;
    let window = Window::open(&desktop, &desktop.folder().join("profile")).await;
    resize(&window, 1280, 800).await;
    let me = desk.login("agent").clone();
    let slow = json!({ "delay_ms": 20_000 });
    desk.fault("GET", "/conversations", 100, slow).await;
    fill(&window, desk.url(), &me.email, &me.password).await;
    let seen = (&desktop, &window);
    window.sees("Getting in step").await;
    album.keep(seen, "08-loading").await;
    desk.heal().await;
    window.sees("In step").await;

    palette(album, seen).await;
    let guest = desk.open_expired(&me.access_token).await;
    window.click("button", "Mine,").await;
    window.click("option", &guest).await;
    window.sees("Only approved templates can be sent").await;
    album.keep(seen, "04-window-expired").await;
    narrow(album, seen).await;
    nobody_waits(album, seen, &desk).await;

    let ended = json!({ "status": 401, "body": "{\"error\":\"Invalid Access Token\"}" });
    desk.fault("GET", "/api/v1/", 1000, ended).await;
    desk.close_sockets().await;
    window.find("dialog", "You were signed out").await;
    album.keep(seen, "08-signed-out").await;
    window.press(Key::Plain(Key::ESCAPE)).await;
    unreadable(album, seen).await;
}

async fn palette(album: &Album, seen: Seen<'_>) {
    let window = seen.1;
    window.press(Key::Control('k')).await;
    window.type_keys("mar").await;
    window.find("option", "Mar").await;
    album.keep(seen, "07-palette").await;
    window.press(Key::Plain(Key::ESCAPE)).await;
}

async fn narrow(album: &Album, seen: Seen<'_>) {
    let window = seen.1;
    resize(window, 900, 600).await;
    window.click("button", "All,").await;
    window.press(Key::Plain('f')).await;
    window.click("button", "With lead").await;
    until("the list of leads", async || {
        let busy = run(window, "return document.querySelector('[role=listbox]').ariaBusy").await;
        (busy == "false").then_some(())
    })
    .await;
    album.keep(seen, "11-narrow-900x600-filters").await;
    window.click("button", "Clear all").await;
    window.press(Key::Plain(Key::ESCAPE)).await;
    resize(window, 1280, 800).await;
}

async fn nobody_waits(album: &Album, seen: Seen<'_>, desk: &Desk) {
    desk.nobody_waits().await;
    seen.1.click("button", "Needs a person").await;
    seen.1.sees("Nobody is waiting").await;
    album.keep(seen, "08-nobody-waiting").await;
}

/// The copy on this computer breaks while it is read.
async fn unreadable(album: &Album, seen: Seen<'_>) {
    let (desktop, window) = seen;
    for name in ["cache.db", "cache.db-wal"] {
        let path = desktop.folder().join("profile").join(name);
        let file = OpenOptions::new().write(true).open(&path);
        if let Ok(file) = file {
            file.set_len(0).expect("the copy can be cut");
        }
    }
    // The views themselves are ready already; this was never asked for.
    window.press(Key::Plain('f')).await;
    window.click("button", "With lead").await;
    window.press(Key::Plain(Key::ESCAPE)).await;
    window.click("button", "Closed").await;
    window.sees("The list did not load").await;
    album.keep(seen, "08-error").await;
}
