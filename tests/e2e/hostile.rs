//! What guests with bad intent write: it is words everywhere, runs nothing, asks nobody, and hides nothing.

mod beyond;
mod plant;

use crate::front_desk::FrontDesk;
use deskbell_tests::app::Window;
use deskbell_tests::corpus::{Case, hostile, letters};
use deskbell_tests::outside::Outside;
use deskbell_tests::until::{PATIENCE, until};
use plant::{IN_A_THREAD, Planter, attribute, has_room, opening};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const WATCH: &str = include_str!("hostile/watch.js");
/// Names are cut in a row; what is left tells one from another.
const BEGINNING: usize = 24;

/// Rows in the page once all of them are here (one that is not is drawn as a skeleton), and whether the list ends with them; then the next
/// stretch is scrolled into it.
const ROWS: &str = "const [done] = arguments; const list = document.querySelector('.scroll[role=listbox]'); \
    const words = (row) => `${row.querySelector('.name')?.textContent}\\n${row.querySelector('.preview')?.textContent}`; \
    const look = () => { const rows = [...list.querySelectorAll('[role=option]')]; \
        if (!rows.every((row) => row.querySelector('.name'))) return requestAnimationFrame(look); \
        const before = list.scrollTop; list.scrollTop += list.clientHeight * 0.8; \
        done([rows.map(words), list.scrollTop === before]); }; \
    requestAnimationFrame(() => requestAnimationFrame(look));";

const WORDS: &str = "const [selector] = arguments; \
    return [...document.querySelectorAll(selector)].map((part) => part.innerText).join('\\n');";

#[tokio::test(flavor = "multi_thread")]
async fn t5_what_guests_mean_to_run_is_shown_as_words() {
    let outside = Outside::start().await;
    let cases = hostile(&outside.url());
    assert!(cases.len() >= 300, "{} cases", cases.len());
    let counter = FrontDesk::open_with(async |desk| {
        let planter = Planter::of(desk).await;
        planter.rows(&cases).await;
        for part in cases.chunks(IN_A_THREAD) {
            planter.thread(part).await;
        }
        let some: Vec<Case> = cases.iter().step_by(7).cloned().collect();
        planter.templates(&some).await;
    })
    .await;
    let window = &counter.window;
    window
        .client()
        .execute(WATCH, vec![])
        .await
        .expect("the page can be watched");
    let before = messages(&counter).await;

    rows_are_words(window, &cases).await;
    for part in cases.chunks(IN_A_THREAD) {
        open(window, part).await;
        thread_is_words(window, part).await;
        panel_is_words(window, part).await;
        mail_is_still(window).await;
        nothing_happened(window, &outside, &part[0].name).await;
    }
    window.picture(&counter.desktop, "hostile-thread").await;
    templates_are_words(window, &cases).await;
    nothing_happened(window, &outside, "templates").await;

    // A call that one of them made would have changed something, or ended the program.
    assert_eq!(messages(&counter).await, before, "nobody wrote anything");
    window.sees("In step").await;
    println!("{} texts, {} visits outside", cases.len(), outside.visits().len());
}

async fn rows_are_words(window: &Window, cases: &[Case]) {
    window.click("button", "All,").await;
    window.find("option", "").await;
    let mut rows = BTreeSet::new();
    loop {
        let answer = window.client().execute_async(ROWS, vec![]).await;
        let answer = answer.unwrap_or_else(|error| panic!("the list cannot be read: {error}"));
        rows.extend(strings(&answer[0]).iter().map(|row| letters(row)));
        if answer[1] == true {
            break;
        }
    }
    let missing = |wanted: &str| {
        let wanted: String = letters(wanted).chars().take(BEGINNING).collect();
        (!rows.iter().any(|row| row.contains(&wanted))).then_some(wanted)
    };
    for case in cases {
        let shown = case.shown.first().map_or("", String::as_str);
        let gone: Vec<String> = [case.text.as_str(), shown]
            .into_iter()
            .filter_map(missing)
            .collect();
        assert!(gone.is_empty(), "{}: no row shows {gone:?}", case.name);
    }
}

/// Opens the conversation that has these.
async fn open(window: &Window, part: &[Case]) {
    let words = opening(part);
    window
        .rewrite("searchbox", "Search names, phones, words", &words)
        .await;
    until("the conversation to be found and open", async || {
        let script = "const rows = [...document.querySelectorAll('[role=option]')].filter((one) => one.querySelector('mark')); \
            rows.find((one) => one.textContent.includes(arguments[0]))?.click(); \
            return document.querySelector('[role=log]')?.innerText.includes(arguments[0]) ?? false";
        let open = window.client().execute(script, vec![json!(words)]).await;
        open.ok()?.as_bool()?.then_some(())
    })
    .await;
}

async fn thread_is_words(window: &Window, part: &[Case]) {
    // Opened at its first message it may end before its last: it is read from one end to the other.
    let turn = "const log = document.querySelector('[role=log]'); log.scrollTop = log.scrollTop > 0 ? 0 : log.scrollHeight";
    let mut missing = String::new();
    let all = async {
        loop {
            let turned = window.client().execute(turn, vec![]).await;
            turned.unwrap_or_else(|error| panic!("the thread does not turn: {error}"));
            let seen = letters(&words(window, "[role=log]").await);
            match part.iter().find_map(|case| not_there_twice(case, &seen)) {
                Some(one) => missing = one,
                None => break,
            }
        }
    };
    let in_time = tokio::time::timeout(PATIENCE, all).await.is_ok();
    assert!(in_time, "it is not there as words: {missing}");
}

/// A part of the case that is not shown both as a message and as a note, if there is such.
fn not_there_twice(case: &Case, seen: &str) -> Option<String> {
    let parts = case
        .shown
        .iter()
        .map(|shown| letters(shown))
        .chain([case.mark.clone()]);
    let missing = parts.filter(|part| seen.matches(part.as_str()).count() < 2);
    missing.map(|part| format!("{}: {part:?}", case.name)).next()
}

async fn panel_is_words(window: &Window, part: &[Case]) {
    let wanted: Vec<(&str, String)> = part
        .iter()
        .map(|case| (case.name.as_str(), letters(&attribute(case))))
        .collect();
    let seen = until("the notes about the guest", async || {
        let seen = letters(&words(window, "aside").await);
        let marks = |case: &Case| seen.matches(&case.mark).count() > usize::from(has_room(case));
        part.iter().all(marks).then_some(seen)
    })
    .await;
    for (name, wanted) in wanted {
        assert!(
            seen.contains(&wanted),
            "{name}: the panel does not show {wanted:?}"
        );
    }
}

async fn mail_is_still(window: &Window) {
    // Without a pointer: some of these texts are taller than the window, and what they show is the matter here, not the way to it.
    let button = window.find("button", "Show as it was sent").await;
    let press = window
        .client()
        .execute("arguments[0].click()", vec![json!(button)])
        .await;
    press.unwrap_or_else(|error| panic!("the mail is not shown: {error}"));
    until("the mail in its frame", async || {
        let script = "return document.querySelector('iframe')?.contentDocument?.body?.childNodes.length > 0";
        let there = window.client().execute(script, vec![]).await;
        there.ok()?.as_bool()?.then_some(())
    })
    .await;
}

async fn templates_are_words(window: &Window, cases: &[Case]) {
    window.click("button", "Templates").await;
    let some: Vec<&Case> = cases.iter().step_by(7).filter(|case| has_room(case)).collect();
    for case in some {
        window.rewrite("combobox", "Search templates", &case.mark).await;
        until("the template", async || {
            let names = window.names("option").await;
            names.iter().any(|name| name.contains(&case.mark)).then_some(())
        })
        .await;
    }
}

async fn nothing_happened(window: &Window, outside: &Outside, during: &str) {
    let told = window.client().execute("return window.hostile()", vec![]).await;
    let told = told.unwrap_or_else(|error| panic!("{during}: the page does not answer: {error}"));
    for what in ["ran", "stopped", "alive"] {
        assert_eq!(told[what], json!([]), "{during}: {what}");
    }
    assert_eq!(
        outside.visits(),
        Vec::<String>::new(),
        "{during}: somebody was asked"
    );
}

async fn words(window: &Window, selector: &str) -> String {
    let told = window.client().execute(WORDS, vec![json!(selector)]).await;
    told.ok()
        .and_then(|told| told.as_str().map(str::to_owned))
        .unwrap_or_default()
}

async fn messages(counter: &FrontDesk) -> usize {
    counter.desk.ledger().await["messages"]
        .as_array()
        .map_or(0, Vec::len)
}

fn strings(value: &Value) -> Vec<String> {
    serde_json::from_value(value.clone()).unwrap_or_default()
}
