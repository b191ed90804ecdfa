//! The window in other languages: its words, its direction, its figures, and that nothing is cut where words are longer.

use crate::front_desk::{FrontDesk, profile};
use deskbell_tests::app::Window;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use serde_json::{Value, json};

const WORDS: &str = "هل الساونا مفتوحة الليلة؟";
const ANSWER: &str = "نعم، حتى الساعة 22:00";

/// Answers what on the page reaches over its sides, and buttons whose words are cut or stand on two lines.
const LOOK: &str = r#"
const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
const name = (element) => `${element.tagName} ${element.className} "${element.textContent.trim().slice(0, 40)}"`;
const outside = (element) => {
  const { left, right, width, height } = element.getBoundingClientRect();
  return width > 1 && height > 1 && (left < -1 || right > innerWidth + 1);
};
const lines = (element) => {
  const range = document.createRange();
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const tops = new Set();
  for (let text; (text = texts.nextNode()); ) {
    if (!text.data.trim() || text.parentElement.closest('.sr')) continue;
    range.selectNodeContents(text);
    for (const { top, width } of range.getClientRects()) if (width > 0) tops.add(Math.round(top / 8));
  }
  return tops.size;
};
const all = [...document.querySelectorAll('body *')].filter((element) => shown(element) && !element.closest('.sr'));
const buttons = all.filter((element) => element.matches('button.btn, [role=radio], [role=tab]'));
return [
  ...all.filter(outside).map((element) => `outside: ${name(element)}`),
  ...buttons.filter((element) => lines(element) > 1).map((element) => `wraps: ${name(element)}`),
  ...buttons.filter((element) => element.scrollWidth > element.clientWidth + 1).map((element) => `cut: ${name(element)}`),
];
"#;

/// Left edges of the panels as somebody reads them: rail, list, chat, details.
const PLACES: &str = r#"
return ['nav', '.list-slot', 'main', 'aside'].map((panel) => document.querySelector(panel)?.getBoundingClientRect().left);
"#;

async fn run(window: &Window, script: &str) -> Value {
    window
        .client()
        .execute(script, vec![])
        .await
        .expect("the script runs")
}

/// Chooses a language in the settings, whose words are still those of another.
async fn speak(window: &Window, language: &str, settings: &str, label: &str, done: &str) {
    window.click("button", settings).await;
    let choice = window.find("combobox", label).await;
    choice.select_by_value(language).await.expect("it is on the list");
    window.click("button", done).await;
    let shown = run(window, "return document.documentElement.lang").await;
    assert_eq!(shown, language);
}

/// The fonts of all alphabets are read before a guest writes in one of them: their words are drawn once.
async fn alphabets_are_there(window: &Window) {
    until("the fonts", async || {
        let missing = "return [...document.fonts].filter(({ status }) => status !== 'loaded').length";
        (run(window, missing).await == json!(0)).then_some(())
    })
    .await;
}

async fn looks_whole(window: &Window, what: &str) {
    window.drawn().await;
    let found = run(window, LOOK).await;
    assert_eq!(found, json!([]), "{what}");
}

async fn resize(window: &Window, width: u32, height: u32) {
    let resized = window.client().set_window_size(width, height).await;
    resized.expect("the window takes another size");
    until("the window's new size", async || {
        let shown = run(window, "return [innerWidth, innerHeight]").await;
        (shown == json!([width, height])).then_some(())
    })
    .await;
}

async fn dark(window: &Window, on: bool) {
    let theme = if on { "dark" } else { "light" };
    run(
        window,
        &format!("document.documentElement.dataset.theme = '{theme}'"),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_job_in_arabic_runs_from_right_to_left() {
    let counter = FrontDesk::open().await;
    let (window, account) = (&counter.window, counter.desk.facts().accounts[0].id);
    speak(window, "ar", "Settings", "Language", "تم").await;
    assert_eq!(run(window, "return document.documentElement.dir").await, "rtl");

    counter.desk.guest_starts(account, WORDS).await;
    let held = counter.conversation_with(WORDS).await;
    window.click("button", "الكل").await;
    until("the conversation to open", async || {
        window.click("option", &held.guest()).await;
        (!window.all("log", "").await.is_empty()).then_some(())
    })
    .await;
    // The demo's AI reads no Arabic: it rings.
    window.sees("لا أحد يجيب بعد").await;

    let places = run(window, PLACES).await;
    let places: Vec<f64> = places
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect();
    assert!(
        places.len() == 4 && places.is_sorted_by(|one, next| one > next),
        "{places:?}"
    );
    let text = window.text().await;
    let eastern =
        |letter: char| ('\u{660}'..='\u{669}').contains(&letter) || ('\u{6f0}'..='\u{6f9}').contains(&letter);
    assert!(!text.contains(eastern), "figures stay Western: {text}");
    for on in [false, true] {
        let shade = if on { "dark" } else { "light" };
        dark(window, on).await;
        looks_whole(window, "wide").await;
        window.picture(&counter.desktop, &format!("arabic-{shade}")).await;
    }

    window.click("button", "تولّي المحادثة").await;
    window.sees("أنت تجيب").await;
    window.write("textbox", "رد", ANSWER).await;
    window.click("button", "إرسال").await;
    until("the answer on the desk", async || {
        let held = counter.conversation_with(WORDS).await;
        (held.answers().last().map(String::as_str) == Some(ANSWER)).then_some(())
    })
    .await;
    dark(window, false).await;
    window.picture(&counter.desktop, "arabic-answered").await;

    resize(window, 900, 600).await;
    for on in [false, true] {
        let shade = if on { "dark" } else { "light" };
        dark(window, on).await;
        looks_whole(window, "narrow").await;
        window
            .picture(&counter.desktop, &format!("arabic-900-{shade}"))
            .await;
    }

    statistics(window, "الإحصاءات", "إجمالي المحادثات: ").await;
    window.picture(&counter.desktop, "arabic-900-statistics").await;

    // What is outside the page speaks as it does, and a new start begins with what was chosen.
    let menu = counter.tray.menu().await;
    assert!(
        menu.iter().any(|entry| entry.label == "إنهاء Deskbell"),
        "{menu:?}"
    );
    let counter = counter.kill_and_reopen().await;
    counter.window.find("button", "الإعدادات").await;
    assert!(profile(&counter.desktop).is_dir());
}

/// Opens the statistics, by what they and their first number of all are called.
async fn statistics(window: &Window, title: &str, total: &str) {
    window.click("button", title).await;
    window.find("button", total).await;
    looks_whole(window, "statistics").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn german_words_fit_the_smallest_window() {
    let counter = FrontDesk::open().await;
    alphabets_are_there(&counter.window).await;
    let counter = counter.kill_and_reopen().await;
    let window = &counter.window;
    alphabets_are_there(window).await;
    speak(window, "de", "Settings", "Language", "Fertig").await;
    resize(window, 900, 600).await;
    window.click("button", "Alle,").await;
    for row in 0..4 {
        // The first opens whatever is first; J goes on, to rows further down as well.
        window.press(Key::Plain('j')).await;
        window.find("log", "").await;
        looks_whole(window, &format!("conversation {row}")).await;
    }
    window.picture(&counter.desktop, "german-900").await;
    statistics(window, "Statistik", "Gespräche insgesamt: ").await;
    window.picture(&counter.desktop, "german-900-statistics").await;
    window.press(Key::Plain(Key::ESCAPE)).await;
    window.gone("dialog", "Statistik").await;
    window.click("button", "Einstel").await;
    window.find("dialog", "Einstellungen").await;
    looks_whole(window, "settings").await;
    window.picture(&counter.desktop, "german-900-settings").await;
}
