//! Somebody at the desk: the main window and everything that opens over it, at every size.

use crate::album::{Album, Seen, resize, run};
use crate::signing_in::fill;
use deskbell_tests::app::Window;
use deskbell_tests::desk::Desk;
use deskbell_tests::desktop::Desktop;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;

const PIN: &str = "4711";

pub async fn show(album: &Album) {
    let mut desk = Desk::start();
    let desktop = Desktop::with(|options| options.screen = (2700, 1600)).await;
    let window = Window::open(&desktop, &desktop.folder().join("profile")).await;
    let me = desk.login("agent").clone();
    fill(&window, desk.url(), &me.email, &me.password).await;
    window.sees("In step").await;
    resize(&window, 1280, 800).await;

    let seen = (&desktop, &window);
    main_window(album, seen).await;
    over_it(album, seen).await;
    sizes(album, seen).await;
    the_day(album, seen).await;
    in_arabic(album, seen).await;
    taken_over(album, seen).await;
    locked(album, seen).await;

    desk.kill();
    window.sees("Offline since").await;
    album.keep(seen, "03-offline").await;
}

async fn open_first(window: &Window, view: &str) {
    window.click("button", view).await;
    until("a conversation to open", async || {
        window.find("option", "").await.click().await.ok()?;
        (!window.all("log", "").await.is_empty()).then_some(())
    })
    .await;
}

async fn main_window(album: &Album, seen: Seen<'_>) {
    let window = seen.1;
    album.keep(seen, "08-pick-a-conversation").await;
    open_first(window, "AI handling,").await;
    window.sees("AI is answering").await;
    album.keep(seen, "02-ai-answers").await;
    open_first(window, "Needs a person,").await;
    window.sees("Nobody is answering yet").await;
    album.keep(seen, "01-main").await;
}

/// Opens something, keeps it, and goes back.
async fn keep_and_leave(album: &Album, seen: Seen<'_>, name: &str) {
    album.keep(seen, name).await;
    seen.1.press(Key::Plain(Key::ESCAPE)).await;
}

async fn over_it(album: &Album, seen: Seen<'_>) {
    let window = seen.1;
    for (button, words, name) in [
        ("Assign", "Find a teammate or a team", "05-assign"),
        ("Close", "Final message", "05-close"),
        ("Templates", "Search templates", "04-templates"),
    ] {
        window.click("button", button).await;
        let there = async || {
            let by_label = !window.all("textbox", words).await.is_empty();
            let by_role = !window.all("searchbox", words).await.is_empty()
                || !window.all("combobox", words).await.is_empty();
            (by_label || by_role || window.text().await.contains(words)).then_some(())
        };
        until(words, there).await;
        keep_and_leave(album, seen, name).await;
    }
    // Two buttons are called More: that of the conversation is the one in its header.
    run(
        window,
        "document.querySelector('main header button[aria-haspopup=menu]').click()",
    )
    .await;
    window.find("menuitem", "Mark as unread").await;
    keep_and_leave(album, seen, "01-main-more-menu").await;
    window.press(Key::Plain(Key::ESCAPE)).await;
    window.click("button", "Statistics").await;
    window.find("button", "Total conversations: ").await;
    keep_and_leave(album, seen, "06-statistics").await;
    window.gone("dialog", "Statistics").await;
    window.click("button", "Settings").await;
    window.find("dialog", "Settings").await;
    album.keep(seen, "09-settings").await;
    resize(window, 1280, 1500).await;
    album.keep(seen, "09-settings-all").await;
    window.click("button", "Wipe this computer").await;
    window.find("dialog", "Wipe this computer?").await;
    window.write("textbox", "Type “wipe” to go on", "wipe").await;
    album.keep(seen, "09-wipe").await;
    window.press(Key::Plain(Key::ESCAPE)).await;
    window.gone("dialog", "Wipe this computer?").await;
    resize(window, 1280, 800).await;
    window.click("button", "All keys").await;
    window.find("dialog", "Keyboard").await;
    keep_and_leave(album, seen, "07-keyboard").await;
    window.click("button", "All,").await;
    window.click("button", "More").await;
    window.find("button", "With lead").await;
    keep_and_leave(album, seen, "01-main-filters").await;
    window.write("searchbox", "Search names", "zeppelin").await;
    window.sees("Nothing found").await;
    album.keep(seen, "08-nothing-found").await;
    window.click("button", "Clear the search").await;
}

async fn sizes(album: &Album, seen: Seen<'_>) {
    let window = seen.1;
    open_first(window, "Needs a person,").await;
    resize(window, 2560, 1440).await;
    album.keep(seen, "01-main-2560x1440").await;
    resize(window, 1280, 1500).await;
    album.keep(seen, "01-main-full-thread").await;
    resize(window, 900, 600).await;
    album.keep(seen, "11-narrow-900x600").await;
    window.click("button", "Details").await;
    window.find("complementary", "Details").await;
    album.keep(seen, "11-narrow-900x600-details").await;
    window.click("button", "Hide details").await;
    window.press_together("gs").await;
    window.find("button", "Total conversations: ").await;
    keep_and_leave(album, seen, "11-narrow-900x600-statistics").await;
    window.gone("dialog", "Statistics").await;
    resize(window, 1280, 800).await;
    for _ in 0..3 {
        window.press(Key::Control('+')).await;
    }
    scale_becomes(window, "1.5").await;
    album.keep(seen, "12-text-150-percent").await;
    resize(window, 900, 600).await;
    album.keep(seen, "12-text-150-percent-900x600").await;
    resize(window, 1280, 800).await;
    window.press(Key::Control('0')).await;
    scale_becomes(window, "1").await;
}

/// The morning check, as a window shows it and whole, and the handover.
async fn the_day(album: &Album, seen: Seen<'_>) {
    let window = seen.1;
    window.click("button", "Morning check").await;
    window.find("heading", "Left with a person").await;
    album.keep(seen, "10-morning-check").await;
    resize(window, 1280, 1400).await;
    album.keep(seen, "10-morning-check-all").await;
    resize(window, 900, 600).await;
    album.keep(seen, "11-narrow-900x600-morning").await;
    resize(window, 1280, 800).await;
    window.click("radio", "Handover").await;
    window.find("heading", "Still with you").await;
    album.keep(seen, "10-handover").await;
    window.press(Key::Plain(Key::ESCAPE)).await;
    window.find("main", "Conversation").await;
}

async fn scale_becomes(window: &Window, scale: &str) {
    let script = "return document.documentElement.style.getPropertyValue('--text-scale')";
    until("the size of the text", async || {
        (run(window, script).await == scale).then_some(())
    })
    .await;
}

async fn speak(window: &Window, language: &str, settings: &str, label: &str, done: &str) {
    window.click("button", settings).await;
    let choice = window.find("combobox", label).await;
    choice.select_by_value(language).await.expect("it is on the list");
    window.click("button", done).await;
}

async fn locked(album: &Album, seen: Seen<'_>) {
    let window = seen.1;
    window.press(Key::Control('l')).await;
    window.write("textbox", "New PIN", PIN).await;
    window.write("textbox", "The same again", PIN).await;
    album.keep(seen, "09-lock-choosing").await;
    window.click("button", "Set it and lock").await;
    window.find("heading", "Locked").await;
    album.keep(seen, "09-lock").await;
    window.write("textbox", "PIN", PIN).await;
    window.click("button", "Unlock").await;
    window.find("textbox", "Reply").await;
}

async fn in_arabic(album: &Album, seen: Seen<'_>) {
    let window = seen.1;
    speak(window, "ar", "Settings", "Language", "تم").await;
    window.sees("لا أحد يجيب بعد").await;
    album.keep(seen, "11-rtl-arabic").await;
    resize(window, 900, 600).await;
    album.keep(seen, "11-rtl-arabic-900x600").await;
    resize(window, 1280, 800).await;
    speak(window, "en", "الإعدادات", "اللغة", "Done").await;
}

async fn taken_over(album: &Album, seen: Seen<'_>) {
    let window = seen.1;
    window.sees("Nobody is answering yet").await;
    window.click("button", "Take over").await;
    window.sees("You are answering").await;
    window
        .write(
            "textbox",
            "Reply",
            "I have asked the bank, and write to you before noon.",
        )
        .await;
    window.click("button", "Send").await;
    window.find("article", "you").await;
    album.keep(seen, "01-main-taken-over").await;
}
