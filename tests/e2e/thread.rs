//! What a thread shows: whose words, when, over which channel, what the AI looked up, and what happened between.

use crate::front_desk::FrontDesk;
use deskbell_tests::app::Window;
use deskbell_tests::clock;
use deskbell_tests::desk::Desk;
use deskbell_tests::elsewhere::OWNER;
use deskbell_tests::until::until;
use serde::Deserialize;
use serde_json::{Value, json};

const ME: &str = "jonas@aurora.example";
const ZONE: &str = "Europe/Berlin";
const QUESTION: &str = "Is the sauna open tonight?";
const DAY: i64 = 24 * 60 * 60;

/// Every message of the thread, in its order, as it is seen: whose, what, when, and where its bubble stands.
const SEEN: &str = "const column = document.querySelector('[role=log] .column')?.getBoundingClientRect(); \
    return [...document.querySelectorAll('[role=log] article')].map((one) => { \
        const bubble = one.querySelector('.bub').getBoundingClientRect(); \
        return { who: one.querySelector('.by b')?.textContent.trim() ?? '', words: one.querySelector('.bub').innerText.trim(), \
            exact: one.querySelector('time')?.title ?? one.querySelector('.bub').title, \
            sparkles: one.querySelector('.by b svg, .by b .ic') !== null, \
            left: bubble.left - column.left, right: column.right - bubble.right }; });";

/// All lines across the thread and all bubbles, in their order.
const LINES: &str = "return [...document.querySelectorAll('[role=log] [role=separator], [role=log] .bub')] \
    .map((one) => one.innerText.trim());";

#[derive(Debug, Deserialize)]
struct Seen {
    who: String,
    words: String,
    exact: String,
    sparkles: bool,
    left: f64,
    right: f64,
}

impl Seen {
    fn is_at_start(&self) -> bool {
        self.left < self.right
    }
}

/// Opens the conversation of that guest from a view.
async fn open(window: &Window, view: &str, guest: &str, words: &str) {
    window.click("button", view).await;
    window.click("option", guest).await;
    window.sees(words).await;
}

/// Waits until so many messages are seen.
async fn seen(window: &Window, count: usize) -> Vec<Seen> {
    until(&format!("{count} messages"), async || {
        let seen = window.client().execute(SEEN, vec![]).await.ok()?;
        let seen: Vec<Seen> = serde_json::from_value(seen).ok()?;
        (seen.len() == count).then_some(seen)
    })
    .await
}

async fn lines(window: &Window) -> Vec<String> {
    let lines = window.client().execute(LINES, vec![]).await;
    serde_json::from_value(lines.unwrap_or_default()).unwrap_or_default()
}

/// The AI of the first property says something.
async fn ai_says(counter: &FrontDesk, id: i64, message: Value) {
    let owner = &counter.desk.login_of(OWNER).access_token;
    let bots = counter.desk.get(&counter.desk.path("agent_bots"), owner).await;
    let token = bots[0]["access_token"].as_str().expect("the property has an AI");
    let path = counter.desk.path(&format!("conversations/{id}/messages"));
    counter.desk.post(&path, &message, token).await;
}

/// A guest whom the AI, two people and they themselves wrote to; answers the conversation's number.
async fn many_voices(desk: &Desk) -> i64 {
    let account = desk.facts().accounts[0].id;
    let greta = desk.guest_called("Greta Gruber", account, QUESTION).await;
    desk.takes_over(ME, greta).await;
    desk.says(OWNER, greta, "Until eleven").await;
    desk.says(ME, greta, "And it is hot").await;
    desk.guest_writes(greta, "Thank you").await;
    greta
}

/// A guest who wrote on three days, and twice since I looked; answers the conversation's number.
async fn three_days(desk: &Desk) -> i64 {
    let account = desk.facts().accounts[0].id;
    let hanna = desk.guest_called("Hanna Huber", account, QUESTION).await;
    desk.takes_over(ME, hanna).await;
    desk.happened_earlier(hanna, DAY).await;
    desk.guest_writes(hanna, "And today?").await;
    desk.happened_earlier(hanna, DAY).await;
    desk.says(ME, hanna, "Until ten").await;
    let path = desk.path(&format!("conversations/{hanna}/update_last_seen"));
    desk.post(&path, &json!({}), &desk.login_of(ME).access_token)
        .await;
    // The wire tells whole seconds: what is unread came later than what was seen.
    desk.happened_earlier(hanna, 2).await;
    desk.guest_writes(hanna, "Thank you").await;
    desk.guest_writes(hanna, "See you").await;
    hanna
}

#[tokio::test(flavor = "multi_thread")]
async fn t1_t4_messages_say_whose_and_when_and_days_and_the_first_unread_are_marked() {
    let (mut greta, mut hanna) = (0, 0);
    let counter = FrontDesk::open_with(async |desk| {
        greta = many_voices(desk).await;
        hanna = three_days(desk).await;
    })
    .await;
    voices(&counter, greta).await;
    days(&counter, hanna).await;
}

/// T1
async fn voices(counter: &FrontDesk, greta: i64) {
    let window = &counter.window;
    open(window, "Mine,", "Greta Gruber", "Thank you").await;
    let held: Vec<Value> = counter.desk.messages(greta).await;
    let said = held.iter().filter(|message| message["message_type"] != 2);
    let said: Vec<&str> = said.filter_map(|message| message["content"].as_str()).collect();
    let seen = seen(window, 5).await;
    let words: Vec<&str> = seen.iter().map(|one| one.words.as_str()).collect();
    assert_eq!(words, said, "as the desk has them, in their order");
    let who: Vec<&str> = seen.iter().map(|one| one.who.as_str()).collect();
    let names = [
        "Greta Gruber",
        "AI",
        "Nadia Berger",
        "Jonas Lindqvist (you)",
        "Greta Gruber",
    ];
    assert_eq!(who, names);
    for one in &seen {
        assert_eq!(one.is_at_start(), one.who == "Greta Gruber", "{one:?}");
        assert_eq!(one.sparkles, one.who == "AI", "{one:?}");
    }
    window.picture(&counter.desktop, "thread-voices").await;
}

/// T4
async fn days(counter: &FrontDesk, hanna: i64) {
    let window = &counter.window;
    open(window, "Mine,", "Hanna Huber", "See you").await;
    let held = counter.desk.messages(hanna).await;
    let at = |words: &str| {
        let message = held.iter().find(|message| message["content"] == words);
        let at = message.and_then(|message| message["created_at"].as_i64());
        at.unwrap_or_else(|| panic!("no {words} in {held:?}"))
    };
    let lines = until("the mark of the first unread", async || {
        let lines = lines(window).await;
        lines.iter().any(|line| line == "2 new").then_some(lines)
    })
    .await;
    let place = |line: &str| {
        let found = lines.iter().position(|one| one == line);
        found.unwrap_or_else(|| panic!("no {line:?} in {lines:?}"))
    };
    for words in [QUESTION, "And today?", "Until ten"] {
        let day = clock::day(at(words), ZONE);
        assert_eq!(place(&day) + 1, place(words), "{lines:?}");
    }
    assert!(clock::day(at("And today?"), ZONE).starts_with("Yesterday, "));
    assert!(clock::day(at("Until ten"), ZONE).starts_with("Today, "));
    assert_eq!(place("2 new") + 1, place("Thank you"), "{lines:?}");
    window.picture(&counter.desktop, "thread-days").await;
    for one in seen(window, 6).await {
        assert_eq!(one.exact, clock::exactly(at(&one.words), ZONE), "{one:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t2_t3_the_channel_is_named_and_what_the_ai_looked_up_is_told_in_full() {
    let mut greta = 0;
    let counter = FrontDesk::open_with(async |desk| {
        let account = desk.facts().accounts[0].id;
        greta = desk
            .guest_called("Greta Gruber", account, "How much is parking?")
            .await;
        desk.answered(greta).await;
    })
    .await;
    let (window, desk) = (&counter.window, &counter.desk);
    open(window, "AI handling,", "Greta Gruber", "How much is parking?").await;
    window.sees("Web chat · Hotel Aurora").await;

    // What the desk's AI looked up stands at its answer.
    let held = desk.messages(greta).await;
    let tools = held
        .iter()
        .find_map(|message| message["content_attributes"]["ai_tools"].as_array());
    let tool = tools
        .and_then(|tools| tools.first())
        .expect("the AI looks prices up");
    let (name, summary) = (tool["name"].as_str(), tool["summary"].as_str());
    let (name, summary) = (name.expect("it has a name"), summary.expect("it says what"));
    window.click("button", summary).await;
    window.sees(&format!("Looked up with {name}")).await;
    let failed = json!([{ "name": "bookings", "summary": "The booking of Gruber", "ok": false }]);
    let message = json!({ "content": "I cannot see it now", "content_attributes": { "ai_tools": failed } });
    ai_says(&counter, greta, message).await;
    window.click("button", "The booking of Gruber").await;
    window.sees("No answer").await;
    window.picture(&counter.desktop, "thread-tools").await;

    // A mail in a conversation of another channel says so.
    let email = json!({ "subject": "Parking", "text_content": { "reply": "By mail" } });
    let mail =
        json!({ "content": "By mail", "message_type": "incoming", "content_attributes": { "email": email } });
    let path = desk.path(&format!("conversations/{greta}/messages"));
    desk.post(&path, &mail, &desk.login_of(OWNER).access_token).await;
    window.sees("via Email").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t10_lines_say_who_took_over_assigned_and_closed_and_why_it_rang() {
    let mut greta = 0;
    let counter = FrontDesk::open_with(async |desk| {
        let account = desk.facts().accounts[0].id;
        greta = desk
            .guest_called(
                "Greta Gruber",
                account,
                "I want my money back, the room was dirty",
            )
            .await;
        desk.answered(greta).await;
    })
    .await;
    let (window, desk) = (&counter.window, &counter.desk);
    open(window, "Needs a person,", "Greta Gruber", "the room was dirty").await;
    let why = until("the reason on the desk", async || {
        let held = desk.conversation(greta).await;
        held["custom_attributes"]["escalation_reason"]
            .as_str()
            .map(str::to_owned)
    })
    .await;
    window.sees("Why it rang").await;
    window.sees(&why).await;

    window.click("button", "Take over").await;
    window.sees("You took over").await;
    window.click("button", "Assign").await;
    window
        .write("combobox", "Find a teammate or a team", "Ifeoma")
        .await;
    window.click("option", "Ifeoma Okafor").await;
    window.click("button", "Assign to Ifeoma").await;
    window.sees("You assigned it to Ifeoma Okafor").await;
    window.click("button", "Close").await;
    window.click("button", "Close without a message").await;
    window.sees("You closed it").await;
    // All of the desk's lines are there, in its order and in our words.
    let held = desk.messages(greta).await;
    let lines = held.iter().filter(|message| message["message_type"] == 2);
    let lines: Vec<&str> = lines
        .filter_map(|line| line["content"].as_str().map(in_words))
        .collect();
    let script = "return [...document.querySelectorAll('[role=log] .act span')].map((one) => one.innerText)";
    let seen = window.client().execute(script, vec![]).await;
    assert_eq!(seen.ok(), Some(json!(lines)));
    window.picture(&counter.desktop, "thread-lines").await;
}

/// What the window says of a line of the desk.
fn in_words(line: &str) -> &str {
    match line {
        "Jonas Lindqvist self-assigned this conversation" => "You took over",
        "Assigned to Ifeoma Okafor by Jonas Lindqvist" => "You assigned it to Ifeoma Okafor",
        "Conversation was marked resolved by Jonas Lindqvist" => "You closed it",
        "Conversation was reopened by Hotel Aurora AI" => "AI rang the desk and stopped answering",
        other => other,
    }
}
