//! What guests write, where no page holds it: notifications and the tray.

use super::plant::Planter;
use super::{BEGINNING, WATCH, nothing_happened};
use crate::front_desk::FrontDesk;
use deskbell_tests::app::Window;
use deskbell_tests::corpus::{Case, hostile, letters};
use deskbell_tests::notifications::Toast;
use deskbell_tests::outside::Outside;
use deskbell_tests::page::Key;

/// Left open, these turn whatever stands after them.
const TURNS: &[char] = &[
    '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}',
];
const APART: char = '\u{2068}';
const END: char = '\u{2069}';

#[tokio::test(flavor = "multi_thread")]
async fn n1_what_guests_write_is_words_on_the_desktop() {
    let counter = FrontDesk::open().await;
    let outside = Outside::start().await;
    let cases = hostile(&outside.url());
    let mut some: Vec<Case> = cases.iter().step_by(9).cloned().collect();
    some.retain(|case| !case.name.starts_with("letters"));
    some.extend(
        cases
            .iter()
            .filter(|case| case.name.starts_with("letters"))
            .cloned(),
    );
    watch(&counter.window).await;
    names_in_notifications(&counter.window).await;
    let planter = Planter::of(&counter.desk).await;
    for case in &some {
        planter.rings(case).await;
        let about_it = |toast: &Toast| toast.body.contains(&case.mark);
        let toast = counter.notifications.wait_for(&case.name, about_it).await;
        is_plain(case, &toast);
    }
    let title = counter
        .tray
        .wait_for("Title", |title| title.contains("need a person"))
        .await;
    let number: String = title.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    assert_eq!(number, "Deskbell:  guests need a person", "{title}");
    for entry in counter.tray.menu().await {
        stays_among_itself(&entry.label, "the tray");
    }
    nothing_happened(&counter.window, &outside, "rings").await;
    println!("{} rings", some.len());
}

fn is_plain(case: &Case, toast: &Toast) {
    let what = format!("{}: {toast:?}", case.name);
    stays_among_itself(&toast.summary, &what);
    stays_among_itself(&toast.body, &what);
    let name = toast.summary.strip_suffix(" needs a person");
    let name = letters(name.unwrap_or_else(|| panic!("the name has an end: {what}")));
    let wanted: String = letters(&case.text).chars().take(BEGINNING).collect();
    assert!(name.contains(&wanted) || wanted.is_empty(), "{wanted}: {what}");
    assert!(!toast.body.contains(['<', '>']), "no markup: {what}");
    let escaped = ["amp;", "lt;", "gt;"];
    let is_escaped = |rest: &str| escaped.iter().any(|known| rest.starts_with(known));
    assert!(toast.body.split('&').skip(1).all(is_escaped), "no markup: {what}");
}

/// Whatever stands before and after it is read as it would be without it.
fn stays_among_itself(text: &str, what: &str) {
    assert!(!text.contains(TURNS), "something turns: {what}");
    assert!(!text.contains(|letter: char| letter.is_control()), "{what}");
    let mut open = 0;
    for letter in text.chars() {
        open += i32::from(letter == APART) - i32::from(letter == END);
        assert!(matches!(open, 0 | 1), "not closed: {what}");
    }
    assert_eq!(open, 0, "not closed: {what}");
}

async fn watch(window: &Window) {
    let watching = window.client().execute(WATCH, vec![]).await;
    watching.unwrap_or_else(|error| panic!("the page cannot be watched: {error}"));
}

async fn names_in_notifications(window: &Window) {
    window.press(Key::Control(',')).await;
    window
        .click("switch", "Show names and messages in notifications")
        .await;
    window.click("button", "Done").await;
    window.gone("dialog", "Settings").await;
}
