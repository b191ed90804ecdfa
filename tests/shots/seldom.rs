//! What somebody sees once, or hopes not to see.

use crate::album::{Album, resize};
use crate::signing_in::fill;
use deskbell_tests::app::Window;
use deskbell_tests::desk::Desk;
use deskbell_tests::desktop::Desktop;

/// Sees their own customers only.
const STAFF: &str = "lilla@mira.example";

pub async fn show_first_day(album: &Album) {
    let desk = Desk::start();
    desk.no_guests().await;
    let me = desk.login("agent").clone();
    let (desktop, window) = signed_in(&desk, &me.email, &me.password).await;
    window.find("heading", "Your desk is ready").await;
    album.keep((&desktop, &window), "08-first-run").await;
}

/// A conversation goes to somebody else while it is answered.
pub async fn show_given_away(album: &Album) {
    let desk = Desk::start();
    let me = desk.login_of(STAFF).clone();
    let salon = desk.facts().accounts[1].id;
    let id = desk.guest_starts(salon, "Can Lilla do my hair?").await;
    desk.give(salon, id, STAFF).await;
    let (desktop, window) = signed_in(&desk, &me.email, &me.password).await;
    window.click("button", "All,").await;
    window.click("option", "Wanda Gast").await;
    window.write("textbox", "Reply", "Yes, Lilla has time on").await;
    desk.give(salon, id, "dora@mira.example").await;
    window.sees("You may no longer see this conversation").await;
    album.keep((&desktop, &window), "08-no-longer-yours").await;
}

async fn signed_in(desk: &Desk, email: &str, password: &str) -> (Desktop, Window) {
    let desktop = Desktop::with(|options| options.screen = (1400, 900)).await;
    let window = Window::open(&desktop, &desktop.folder().join("profile")).await;
    resize(&window, 1280, 800).await;
    fill(&window, desk.url(), email, password).await;
    window.sees("In step").await;
    (desktop, window)
}
