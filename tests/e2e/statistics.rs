//! The numbers: that they are those of the desk, and what stands behind them.

use crate::front_desk::FrontDesk;
use deskbell_tests::app::Window;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use serde_json::Value;
use std::collections::HashSet;

const ESCAPE: Key = Key::Plain(Key::ESCAPE);

/// All days there ever were: what the desk holds then needs no calendar to be counted.
const ALL_DAYS: &str = "for (const [at, day] of ['2000-01-01', '2100-01-01'].entries()) { \
    const field = document.querySelectorAll('dialog input[type=date]')[at]; \
    field.value = day; field.dispatchEvent(new Event('change', { bubbles: true })); }";

async fn open(window: &Window) {
    window.press_together("gs").await;
    window.find("dialog", "Statistics").await;
}

async fn all_days(window: &Window) {
    window.click("radio", "Custom").await;
    window.find("heading", "Conversations per").await;
    window
        .client()
        .execute(ALL_DAYS, vec![])
        .await
        .expect("days can be set");
}

/// What the desk holds of every property the agent works for, and what was said there.
struct Held {
    conversations: Vec<Value>,
    messages: Vec<Value>,
}

impl Held {
    async fn by(counter: &FrontDesk) -> Self {
        let messages = counter.desk.ledger().await["messages"].as_array().cloned();
        Self {
            conversations: counter.conversations().await,
            messages: messages.unwrap_or_default(),
        }
    }

    fn count(&self, keep: impl Fn(&Value) -> bool) -> usize {
        self.conversations.iter().filter(|one| keep(one)).count()
    }

    /// Conversations in which such words were said publicly.
    fn with_words_of(&self, sender: &str) -> HashSet<(i64, i64)> {
        let public = |message: &&Value| message["private"] == false && message["message_type"] != 2;
        let said = self.messages.iter().filter(public);
        let by = said.filter(|message| message["sender_type"] == sender);
        by.map(|message| place(&message["account_id"], &message["conversation_id"]))
            .collect()
    }
}

fn place(account: &Value, conversation: &Value) -> (i64, i64) {
    (
        account.as_i64().unwrap_or_default(),
        conversation.as_i64().unwrap_or_default(),
    )
}

fn led_to(conversation: &Value, kind: &str) -> bool {
    let results = conversation["custom_attributes"]["conversions"].as_array();
    results.is_some_and(|results| results.iter().any(|result| result["kind"] == kind))
}

fn is_lead(conversation: &Value) -> bool {
    let guest = &conversation["meta"]["sender"];
    let left = |key: &str| guest[key].as_str().is_some_and(|text| !text.is_empty());
    left("email") || left("phone_number") || guest["custom_attributes"]["lead"] == true
}

/// The tile says that number, as soon as everything is here.
async fn says(window: &Window, tile: &str, number: &str) {
    window
        .find("button", &format!("{tile}: {number}. Show the conversations"))
        .await;
}

fn share(part: usize, whole: usize) -> String {
    format!("{:.1}%", 100.0 * part as f64 / whole as f64)
}

#[tokio::test(flavor = "multi_thread")]
async fn s1_s2_the_numbers_are_those_of_the_desk_and_say_what_they_rest_on() {
    let mut counter = FrontDesk::open().await;
    let window = &counter.window;
    open(window).await;
    window.find("radio", "This month").await;
    all_days(window).await;
    let held = Held::by(&counter).await;
    let all = held.conversations.len();
    says(window, "Total conversations", &all.to_string()).await;
    for (tile, kind) in [
        ("Bookings created", "booking"),
        ("New customers", "customer"),
        ("Tours scheduled", "tour"),
        ("Contracts created", "contract"),
    ] {
        let count = held.count(|one| led_to(one, kind));
        assert!(count > 0, "the demo has a {kind}");
        says(window, tile, &count.to_string()).await;
        window.sees(&share(count, all)).await;
    }
    let leads = held.count(is_lead);
    says(window, "Captured leads", &leads.to_string()).await;
    let booked = held.count(|one| is_lead(one) && led_to(one, "booking"));
    says(window, "Conversion rate", &share(booked, leads)).await;
    let now = until("the clock of the desk", async || now()).await;
    let started = |one: &Value| one["created_at"].as_i64().is_some_and(|at| at > now - 24 * 3600);
    says(window, "Active conversations", &held.count(started).to_string()).await;

    // Who answered is counted from what was said, once all of it is here.
    let by_person = held.with_words_of("User");
    let handed_over = |one: &Value| {
        let gave_a_reason = one["custom_attributes"]["escalation_reason"]
            .as_str()
            .is_some_and(|reason| !reason.is_empty());
        gave_a_reason || by_person.contains(&place(&one["account_id"], &one["id"]))
    };
    let transfers = held.count(handed_over);
    assert!(transfers > 0 && transfers < all, "the demo has both");
    says(window, "Human transfers", &transfers.to_string()).await;
    window
        .sees("Counted from the copy on this computer, which has everything of this period.")
        .await;
    window.picture(&counter.desktop, "statistics").await;
    window.press(ESCAPE).await;
    window.gone("dialog", "Statistics").await;

    // Without the desk they are the same, and say since when they are.
    counter.desk.kill();
    let window = &counter.window;
    window.sees("Offline since").await;
    open(window).await;
    says(window, "Total conversations", &all.to_string()).await;
    window.sees("Offline: as of ").await;
}

fn now() -> Option<i64> {
    let elapsed = std::time::UNIX_EPOCH.elapsed().ok()?;
    i64::try_from(elapsed.as_secs()).ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn s5_a_number_leads_to_its_conversations_and_back() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    window.click("button", "Statistics").await;
    window.find("dialog", "Statistics").await;
    all_days(window).await;
    let held = Held::by(&counter).await;
    let count = held.count(|one| led_to(one, "tour"));
    says(window, "Tours scheduled", &count.to_string()).await;

    // Into the number, to a conversation, back, and out.
    window.click("button", "Tours scheduled").await;
    window.find("heading", "Tours scheduled").await;
    let rows = async || window.client().find_all(ROWS).await.unwrap_or_default().len();
    until("the conversations behind it", async || {
        (rows().await == count.min(50)).then_some(())
    })
    .await;
    window.picture(&counter.desktop, "statistics-behind").await;
    let names: Vec<String> = held
        .conversations
        .iter()
        .filter(|one| led_to(one, "tour"))
        .filter_map(|one| one["meta"]["sender"]["name"].as_str().map(str::to_owned))
        .collect();
    let shown = window.client().find(ROWS).await.expect("there is one");
    let name = shown.attr("aria-label").await.ok().flatten().unwrap_or_default();
    assert!(
        names.iter().any(|one| name.starts_with(one.as_str())),
        "{name} is none of {names:?}"
    );
    shown.click().await.expect("it can be pressed");
    window.gone("dialog", "Statistics").await;
    window.find("log", "").await;
    window.picture(&counter.desktop, "statistics-way-back").await;
    window.focus_is_on("button", "Back to statistics").await;
    window.press(Key::Plain(Key::ENTER)).await;
    window.find("heading", "Tours scheduled").await;
    until("the conversations again", async || {
        (rows().await == count.min(50)).then_some(())
    })
    .await;
    window.press(ESCAPE).await;
    says(window, "Tours scheduled", &count.to_string()).await;
    window.press(ESCAPE).await;
    window.gone("dialog", "Statistics").await;
    window.gone("button", "Back to statistics").await;
}

const ROWS: fantoccini::Locator<'static> = fantoccini::Locator::Css("dialog li > button");

#[tokio::test(flavor = "multi_thread")]
async fn s3_who_waits_beyond_the_goal_is_said_and_found() {
    let counter = FrontDesk::open_with(async |desk| {
        let account = desk.facts().accounts[0].id;
        let id = desk
            .guest_called("Nilufar Rashidova", account, "I want my money back")
            .await;
        let path = format!("/api/v1/accounts/{account}/conversations/{id}");
        until("the AI to ring", async || {
            let held = desk.get(&path, &desk.login("agent").access_token).await;
            (held["status"] == "open").then_some(())
        })
        .await;
        // Longer than two hours and a day: late whatever its goal.
        desk.happened_earlier(id, 2 * 24 * 3600).await;
    })
    .await;
    let window = &counter.window;
    window.press(Key::Control('k')).await;
    window.type_keys("statis").await;
    window.find("option", "Statistics").await;
    window.press(Key::Plain(Key::ENTER)).await;
    window.find("region", "Answered within the goal").await;
    window.click("button", "Over the goal now: ").await;
    window.find("heading", "Over the goal now").await;
    window.picture(&counter.desktop, "statistics-late").await;
    window.click("button", "Nilufar Rashidova").await;
    window.gone("dialog", "Statistics").await;
    window.sees("Nobody is answering yet").await;
    window.click("button", "Take over").await;
    window.sees("You are answering").await;

    // Answered late: that goal was missed, and the number says so.
    window.write("textbox", "Reply", "I am so sorry").await;
    window.click("button", "Send").await;
    window.find("article", "you").await;
    window.click("button", "Back to statistics").await;
    window.find("heading", "Over the goal now").await;
    window.gone("button", "Nilufar Rashidova").await;
}

const FORMULA: &str = "=HYPERLINK(\"http://127.0.0.1/x\",\"Our bill\")";

/// The cells of a file, line by line, as RFC 4180 has it.
fn table(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut rest = text.chars().peekable();
    while let Some(sign) = rest.next() {
        match sign {
            '"' if quoted && rest.peek() == Some(&'"') => cell.extend(rest.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => line.push(std::mem::take(&mut cell)),
            '\r' if !quoted && rest.peek() == Some(&'\n') => {
                rest.next();
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            other => cell.push(other),
        }
    }
    assert!(line.is_empty() && cell.is_empty(), "the last line has its end");
    lines
}

/// Exports what the statistics show; answers the table without its titles.
async fn exported(counter: &FrontDesk, files_before: usize) -> (Vec<String>, Vec<Vec<String>>) {
    let window = &counter.window;
    let files = || -> Vec<_> {
        let folder = std::fs::read_dir(counter.desktop.downloads());
        folder
            .into_iter()
            .flatten()
            .flatten()
            .map(|file| file.path())
            .collect()
    };
    window.click("button", "Export CSV").await;
    window.find("dialog", "Export conversations as CSV").await;
    window.sees("It holds names, numbers and words of guests").await;
    window.picture(&counter.desktop, "statistics-export").await;
    assert_eq!(
        files().len(),
        files_before,
        "nothing is written before it is said"
    );
    window.click("button", "Save the file").await;
    window.gone("dialog", "Export conversations as CSV").await;
    window.sees("Saved in your downloads as deskbell-").await;
    let newest = files()
        .into_iter()
        .max_by_key(|path| path.metadata().and_then(|about| about.modified()).ok());
    let bytes = std::fs::read(newest.expect("there is a file")).expect("it can be read");
    let text = String::from_utf8(bytes).expect("it is UTF-8");
    let mut lines = table(
        text.strip_prefix('\u{feff}')
            .expect("it says so, for spreadsheets"),
    );
    let titles = lines.remove(0);
    assert!(lines.iter().all(|line| line.len() == titles.len()));
    (titles, lines)
}

#[tokio::test(flavor = "multi_thread")]
async fn s4_conversations_and_their_words_go_into_a_file_in_which_nothing_runs() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let account = counter.desk.facts().accounts[0].id;
    let guest = "Ödön \"Dodó\" O'Brien, Jr.";
    let id = counter.desk.guest_called(guest, account, FORMULA).await;
    // What the AI says to it belongs into the file, too: before that there is nothing to compare it with.
    counter.desk.answered(id).await;
    open(window).await;
    all_days(window).await;
    let held = Held::by(&counter).await;
    says(
        window,
        "Total conversations",
        &held.conversations.len().to_string(),
    )
    .await;
    window
        .sees("Counted from the copy on this computer, which has everything of this period.")
        .await;

    let (titles, lines) = exported(&counter, 0).await;
    let column = |title: &str| {
        titles
            .iter()
            .position(|one| one == title)
            .expect("the column is there")
    };
    let (property, number, text, from) = (
        column("Property"),
        column("Conversation"),
        column("Message"),
        column("From"),
    );
    let conversations = |lines: &[Vec<String>]| {
        let places = lines
            .iter()
            .map(|line| (line[property].clone(), line[number].clone()));
        places.collect::<HashSet<_>>().len()
    };
    assert_eq!(conversations(&lines), held.conversations.len());
    let said = held
        .messages
        .iter()
        .filter(|message| message["message_type"] != 2);
    let with_words = lines.iter().filter(|line| !line[column("Time")].is_empty());
    assert_eq!(with_words.count(), said.count(), "each message is a line");
    let its = lines.iter().find(|line| line[text] == format!("'{FORMULA}"));
    let its = its.expect("the guest's words are there, as words");
    assert_eq!(
        (its[from].as_str(), its[column("Guest")].as_str()),
        (guest, guest)
    );
    let runs = |cell: &&String| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    assert_eq!(lines.iter().flatten().find(runs), None);

    // Only what the list is filtered to, if that is wanted.
    window.press(ESCAPE).await;
    window.gone("dialog", "Statistics").await;
    window.click("button", "All,").await;
    window.click("button", "More").await;
    window.click("button", "With lead").await;
    window.press(ESCAPE).await;
    open(window).await;
    says(
        window,
        "Total conversations",
        &held.conversations.len().to_string(),
    )
    .await;
    let (_, lines) = exported(&counter, 1).await;
    let marked = held.count(|one| one["meta"]["sender"]["custom_attributes"]["lead"] == true);
    assert!(
        marked > 0 && marked < held.conversations.len(),
        "the demo has both"
    );
    assert_eq!(conversations(&lines), marked);
}
