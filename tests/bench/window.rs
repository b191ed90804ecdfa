//! What somebody at the counter does all day, timed in the page.

use crate::figures::{head, line};
use deskbell_tests::desk::Desk;
use deskbell_tests::front_desk::FrontDesk;
use deskbell_tests::page::Page;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const PROBE: &str = include_str!("probe.js");

/// Messages of the longest thread.
const LONG: u64 = 10_000;

/// How long the first copy may take. A million messages over HTTP are not what is measured here.
const COPY: Duration = Duration::from_secs(1800);

/// What somebody looks for, letter by letter.
const SEARCHES: [&str; 4] = ["breakfast late", "taxi to the airport", "view", "guest 12"];

/// Between one act and the next.
const AFTER: Duration = Duration::from_millis(400);

/// What a machine does at most that does nothing: a blinking cursor, clocks.
const AT_REST: f64 = 0.15;

/// Signs in, waits for the copy, and measures one thing after the other.
pub async fn measure(conversations: u64) {
    let begun = Instant::now();
    let counter = FrontDesk::open_with(async |desk| {
        let account = desk.facts().accounts[0].id;
        let fill = |many: u64, each: u64| json!({ "account_id": account, "conversations": many, "messages_each": each });
        desk.post("/test/bulk", &fill(conversations - 1, 2), "").await;
        let made = desk.post("/test/bulk", &fill(1, LONG), "").await;
        take(desk, account, made["newest_id"].as_i64().expect("bulk tells what it made")).await;
    })
    .await;
    let page: &Page = &counter.window;
    let copied = copied(page).await;
    println!(
        "{copied} conversations in the list All, of {conversations}; ready after {:.0} s. Load {}",
        begun.elapsed().as_secs_f64(),
        load()
    );
    run(page, PROBE).await;
    head();
    line("A frame with nothing new (the floor)", floor(page).await, "");
    parts("Open a conversation", switches(page, 40).await);
    parts("Another view", views(page).await);
    line(
        "Type a letter, key to painted",
        milliseconds(&typing(page).await),
        "p95 ≤ 16",
    );
    let mut found = searching(page).await;
    found.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    line("Search, key to painted hits", milliseconds(&found), "p95 ≤ 80");
    let slowest: Vec<String> = found
        .iter()
        .take(5)
        .map(|(took, words)| format!("“{words}” {took:.0}"))
        .collect();
    println!("Its slowest letters, ms: {}", slowest.join(", "));
    scrolling(
        page,
        "Frames of ten seconds of scrolling the list",
        "probe.list()",
        400,
    )
    .await;
    long_thread(page).await;
}

/// Gives the long thread to the person at the window, who writes in it: it stands first in Mine.
async fn take(desk: &Desk, account: i64, id: i64) {
    let me = desk.login("agent").access_token.clone();
    let path = format!("/api/v1/accounts/{account}/conversations/{id}");
    let mine = desk.get("/api/v1/profile", &me).await["id"].clone();
    desk.post(
        &format!("{path}/assignments"),
        &json!({ "assignee_id": mine }),
        &me,
    )
    .await;
    desk.post(
        &format!("{path}/messages"),
        &json!({ "content": "It is all arranged." }),
        &me,
    )
    .await;
}

/// Waits until the list stands still and nothing works in the background, and says how many are in the list.
async fn copied(page: &Page) -> u64 {
    page.click("button", "All,").await;
    let started = Instant::now();
    let (mut last, mut still) = (0, 0);
    while still < 5 && started.elapsed() < COPY {
        let busy = busy().await;
        let size = ask(
            page,
            "return Number(document.querySelector('[role=option]')?.ariaSetSize ?? 0)",
        )
        .await;
        let size = size.as_u64().unwrap_or(0);
        still = if size == last && size > 0 && busy < AT_REST {
            still + 1
        } else {
            0
        };
        last = size;
    }
    last
}

/// The part of the machine's time that was worked in, over three seconds; 1 = all of it.
async fn busy() -> f64 {
    let read = || {
        let stat = std::fs::read_to_string("/proc/stat").unwrap_or_default();
        let line = stat.lines().next().unwrap_or_default().to_owned();
        let ticks: Vec<f64> = line
            .split_whitespace()
            .skip(1)
            .filter_map(|one| one.parse().ok())
            .collect();
        (
            ticks.iter().take(8).sum::<f64>(),
            ticks.iter().skip(3).take(2).sum::<f64>(),
        )
    };
    let (all, idle) = read();
    tokio::time::sleep(Duration::from_secs(3)).await;
    let (all_now, idle_now) = read();
    1.0 - (idle_now - idle) / (all_now - all).max(1.0)
}

async fn floor(page: &Page) -> Vec<f64> {
    let mut took = Vec::new();
    for _ in 0..40 {
        took.push(timed(page, "probe.nothing(done)").await);
    }
    took
}

async fn switches(page: &Page, times: usize) -> Vec<[f64; 3]> {
    page.click("option", "").await;
    let mut took = Vec::new();
    for _ in 0..times {
        took.push(in_parts(page, "probe.openNext(done)").await);
    }
    took
}

async fn views(page: &Page) -> Vec<[f64; 3]> {
    let mut took = Vec::new();
    for _ in 0..15 {
        for view in ["Closed", "AI handling", "Mine", "All"] {
            let script = format!(
                "probe.change([...document.querySelectorAll('button.rail-item')].find((one) => one.ariaLabel.startsWith('{view}')), done)"
            );
            took.push(in_parts(page, &script).await);
        }
    }
    took
}

async fn typing(page: &Page) -> Vec<Typed> {
    page.click("textbox", "").await;
    run(
        page,
        "window.stop = probe.record(document.querySelector('main textarea'), () => true)",
    )
    .await;
    let took = letters(page, "Good morning, your room is ready from two o clock").await;
    run(page, "window.stop()").await;
    took
}

async fn searching(page: &Page) -> Vec<Typed> {
    run(
        page,
        "window.stop = probe.record(document.querySelector('[role=search] input'), \
         (words) => document.querySelector('[data-asked]')?.dataset.asked === words.trim())",
    )
    .await;
    let mut took = Vec::new();
    for words in SEARCHES {
        took.extend(letters(page, words).await);
        run(page, "const field = document.querySelector('[role=search] input'); field.value = ''; field.dispatchEvent(new Event('input', { bubbles: true }))").await;
        tokio::time::sleep(AFTER).await;
    }
    run(page, "window.stop()").await;
    took
}

/// How long a letter took, milliseconds, and what stood in the field then.
type Typed = (f64, String);

fn milliseconds(typed: &[Typed]) -> Vec<f64> {
    typed.iter().map(|(took, _)| *took).collect()
}

/// Types with the pace of a person and reads what the page recorded.
async fn letters(page: &Page, text: &str) -> Vec<Typed> {
    for letter in text.chars() {
        let field = page.client().active_element().await.expect("a field has focus");
        field
            .send_keys(&letter.to_string())
            .await
            .expect("it takes letters");
        tokio::time::sleep(Duration::from_millis(120)).await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let typed = ask(page, "return probe.typed.splice(0)").await;
    serde_json::from_value(typed).unwrap_or_default()
}

async fn long_thread(page: &Page) {
    page.click("button", "Mine,").await;
    line(
        "Open the thread of 10,000 messages for the first time",
        vec![timed(page, "probe.longest(done)").await],
        "",
    );
    let mut again = Vec::new();
    for _ in 0..40 {
        timed(page, "probe.openNext(done)").await;
        again.push(timed(page, "probe.longest(done)").await);
    }
    line("… coming back to it", again, "p95 ≤ 50");
    scrolling(
        page,
        "Frames of ten seconds of reading it back",
        "document.querySelector('[role=log]')",
        -120,
    )
    .await;
    let articles = ask(
        page,
        "return document.querySelectorAll('[role=log] article').length",
    )
    .await;
    println!("{articles} messages of it were in the page at the end.");
}

async fn scrolling(page: &Page, what: &str, element: &str, step: i64) {
    let script = format!("probe.scroll({element}, {step}, 10000, done)");
    let answer = call(page, &script).await;
    let frames: Vec<f64> = serde_json::from_value(answer["frames"].clone()).unwrap_or_default();
    let long = frames.iter().filter(|frame| **frame > 50.0).count();
    line(what, frames, "none over 50");
    println!(
        "{long} of them over 50 ms; at most {} rows in the page.",
        answer["most"]
    );
}

/// Prints the whole and what it consists of.
fn parts(what: &str, took: Vec<[f64; 3]>) {
    let part = |nth: usize| took.iter().map(|one| one[nth]).collect();
    line(&format!("{what}, click to painted"), part(2), "p95 ≤ 50");
    line("… until it stood in the page", part(0), "");
    line("… until it had its place", part(1), "");
}

/// Milliseconds until it stood in the page, until it had its place there, until it was painted.
async fn in_parts(page: &Page, script: &str) -> [f64; 3] {
    let painted = timed(page, script).await;
    let parts = ask(page, "return probe.parts()").await;
    let part = |nth: usize| parts[nth].as_f64().unwrap_or(-1.0);
    [part(0), part(1), painted]
}

async fn timed(page: &Page, script: &str) -> f64 {
    let answer = call(page, script).await;
    // What follows the frame (read marks, the rows that are made ready) is over before the next act.
    tokio::time::sleep(AFTER).await;
    answer.as_f64().unwrap_or(-1.0)
}

async fn call(page: &Page, script: &str) -> Value {
    let script = format!("const done = arguments[arguments.length - 1]; {script}");
    let answer = page.client().execute_async(&script, vec![]).await;
    answer.unwrap_or_else(|error| panic!("`{script}`: {error:?}"))
}

async fn ask(page: &Page, script: &str) -> Value {
    let answer = page.client().execute(script, vec![]).await;
    answer.unwrap_or_else(|error| panic!("`{script}`: {error:?}"))
}

async fn run(page: &Page, script: &str) {
    ask(page, script).await;
}

fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}
