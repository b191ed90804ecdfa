//! The window at every text size, from the smallest to a very large one, and as the computer asks for it.

use crate::axe::Inspection;
use crate::front_desk::{FrontDesk, profile};
use deskbell_tests::desk::Desk;
use deskbell_tests::desktop::Desktop;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use serde_json::{Value, json};
use std::fs;

const COMPLAINT: &str = "I want my money back, the room was dirty";

/// A counter with a window that was remembered at this size, on a desktop with these GTK settings.
async fn counter(width: u32, height: u32, gtk: &str) -> FrontDesk {
    // Room for the frame the window manager draws around it.
    let desktop = Desktop::with(|options| options.screen = (width + 100, height + 100)).await;
    let remembered = json!({ "position": [20, 20], "width": width, "height": height, "maximized": false });
    fs::create_dir_all(profile(&desktop)).unwrap();
    fs::write(profile(&desktop).join("window.json"), remembered.to_string()).unwrap();
    let config = desktop
        .environment()
        .iter()
        .find(|(name, _)| *name == "XDG_CONFIG_HOME");
    let folder = std::path::Path::new(&config.unwrap().1).join("gtk-3.0");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("settings.ini"), format!("[Settings]\n{gtk}\n")).unwrap();
    FrontDesk::open_on(desktop, Desk::start()).await
}

/// A guest who rings, opened.
async fn ringing(counter: &FrontDesk) {
    let account = counter.desk.facts().accounts[0].id;
    counter.desk.guest_starts(account, COMPLAINT).await;
    counter.conversation_with(COMPLAINT).await;
    let window = &counter.window;
    window.find("option", "Wanda Gast, needs a person").await;
    window.press(Key::Control('k')).await;
    window.type_keys("Wanda").await;
    window.find("option", "Wanda Gast").await;
    window.press(Key::Plain(Key::ENTER)).await;
    window.sees("Nobody is answering yet").await;
}

async fn answer(counter: &FrontDesk, script: &str) -> Value {
    counter.window.drawn().await;
    let answer = counter.window.client().execute(script, vec![]).await;
    answer.unwrap_or_else(|error| panic!("the page does not answer: {error}"))
}

/// Controls and headings that are not whole: outside the window, cut by what they lie in, or too narrow for their words.
/// What ends in an ellipsis on purpose says the whole in its title.
const CUT: &str = "const cut = []; \
    const say = (element, why) => cut.push(`${why}: ${element.outerHTML.slice(0, 120)}`); \
    const within = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1 \
        && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1; \
    const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight }; \
    const parts = 'main button, main [role=radio], main textarea, main [role=status] b, nav button, section h1'; \
    for (const part of document.querySelectorAll(parts)) { \
        const box = part.getBoundingClientRect(); \
        if (!part.checkVisibility() || box.width < 2 || part.closest('[role=log]')) continue; \
        if (part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).textOverflow !== 'ellipsis' \
            && getComputedStyle(part).display !== 'inline') say(part, 'too narrow'); \
        let scrolls = false; \
        for (let up = part.parentElement; up && !scrolls; up = up.parentElement) { \
            const overflow = getComputedStyle(up).overflow; \
            scrolls = /auto|scroll/.test(overflow); \
            if (/hidden|clip/.test(overflow) && !within(box, up.getBoundingClientRect())) say(part, 'cut'); \
        } \
        if (!scrolls && !within(box, screen)) say(part, 'outside'); \
    } \
    if (document.documentElement.scrollWidth > innerWidth) cut.push('the window scrolls sideways'); \
    return cut";

#[tokio::test(flavor = "multi_thread")]
async fn n4_no_text_size_cuts_anything_in_the_smallest_window() {
    let counter = counter(900, 600, "").await;
    let window = &counter.window;
    ringing(&counter).await;
    let mut wrong = Vec::new();
    for (presses, scale) in [(1, "0.9"), (1, "1"), (1, "1.1"), (1, "1.25"), (1, "1.5")] {
        let key = if scale == "0.9" { '-' } else { '+' };
        for _ in 0..presses {
            window.press(Key::Control(key)).await;
        }
        until(&format!("text at {scale}"), async || {
            let now = answer(
                &counter,
                "return document.documentElement.style.getPropertyValue('--text-scale')",
            )
            .await;
            (now == scale).then_some(())
        })
        .await;
        let cut: Vec<String> = serde_json::from_value(answer(&counter, CUT).await).unwrap();
        wrong.extend(cut.into_iter().map(|one| format!("{scale}: {one}")));
        window.picture(&counter.desktop, &format!("narrow-{scale}")).await;
    }
    window.press(Key::Plain('t')).await;
    window.sees("You are answering").await;
    let cut: Vec<String> = serde_json::from_value(answer(&counter, CUT).await).unwrap();
    wrong.extend(cut.into_iter().map(|one| format!("taken over, 1.5: {one}")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_a_very_large_window_keeps_one_column_in_the_middle() {
    let counter = counter(2560, 1440, "").await;
    ringing(&counter).await;
    let script = "const chat = document.querySelector('main').getBoundingClientRect(); \
        const box = document.querySelector('main textarea').closest('.box').getBoundingClientRect(); \
        return [innerWidth, innerHeight, box.width, Math.abs(box.left + box.right - chat.left - chat.right)]";
    let measured: Vec<f64> = serde_json::from_value(answer(&counter, script).await).unwrap();
    assert_eq!(measured[..2], [2560.0, 1440.0], "the remembered size");
    assert!((measured[2] - 864.0).abs() < 2.0, "{measured:?}");
    assert!(measured[3] < 4.0, "in the middle: {measured:?}");
    counter.window.picture(&counter.desktop, "large").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_where_the_computer_asks_for_more_contrast_lines_and_words_get_it() {
    let counter = counter(1280, 800, "gtk-theme-name=HighContrast").await;
    ringing(&counter).await;
    let asked = answer(&counter, "return matchMedia('(prefers-contrast: more)').matches").await;
    assert_eq!(asked, true, "the window hears of it");
    let colours = "const of = (name) => getComputedStyle(document.documentElement).getPropertyValue(name); \
        return of('--line-2') === of('--line-ctl') && of('--ink-3') === of('--ink-2')";
    assert_eq!(answer(&counter, colours).await, true);
    let mut inspection = Inspection::of(&counter.window).await;
    inspection.look("more contrast").await;
    inspection.end(1);
    counter.window.picture(&counter.desktop, "more-contrast").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_nothing_moves_where_the_computer_asks_for_that() {
    let counter = counter(1280, 800, "gtk-enable-animations=0").await;
    ringing(&counter).await;
    let asked = answer(
        &counter,
        "return matchMedia('(prefers-reduced-motion: reduce)').matches",
    )
    .await;
    assert_eq!(asked, true, "the window hears of it");
    let moving = "return document.getAnimations().length + [...document.querySelectorAll('*')].filter((one) => \
        ['', '::before', '::after'].some((part) => { const style = getComputedStyle(one, part || null); \
        return style.animationName !== 'none' || !/^(all|none)( 0s)?$/.test(style.transitionProperty) \
            && style.transitionDuration.split(', ').some((time) => time !== '0s'); })).length";
    counter.window.press(Key::Plain('t')).await;
    counter.window.sees("You are answering").await;
    assert_eq!(answer(&counter, moving).await, 0);
}
