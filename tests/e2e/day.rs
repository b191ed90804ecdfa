//! The morning check and the handover: what they hold is what the desk holds, and what is pressed there reaches it.

use crate::front_desk::FrontDesk;
use deskbell_tests::app::Window;
use deskbell_tests::desk::Desk;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use fantoccini::Locator;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const HOUR: i64 = 3_600;
const WORDS: &str = "Is there parking?";
const ENTER: Key = Key::Plain(Key::ENTER);
const ESCAPE: Key = Key::Plain(Key::ESCAPE);

/// Open conversations of all properties, by who has them (`me`, `unassigned`, `assigned`), as the desk tells the agent.
async fn open_ones(counter: &FrontDesk, whose: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for account in &counter.desk.facts().accounts {
        let path = format!(
            "/api/v1/accounts/{}/conversations?status=open&assignee_type={whose}",
            account.id
        );
        let answer = counter.desk.get(&path, &counter.me.access_token).await;
        all.extend(answer["data"]["payload"].as_array().cloned().unwrap_or_default());
    }
    all
}

/// The inboxes in which an AI would answer, as `account:inbox`.
async fn with_ai(counter: &FrontDesk) -> BTreeSet<String> {
    let (desk, token) = (&counter.desk, &counter.desk.login("administrator").access_token);
    let mut found = BTreeSet::new();
    for account in &desk.facts().accounts {
        let path = format!("/api/v1/accounts/{}/inboxes", account.id);
        let inboxes = desk.get(&path, token).await["payload"].clone();
        for inbox in inboxes.as_array().into_iter().flatten() {
            let path = format!("{path}/{}/agent_bot", inbox["id"]);
            let bot = desk.get(&path, token).await["agent_bot"].clone();
            let has_one = bot.as_object().is_some_and(|bot| !bot.is_empty());
            found.extend(has_one.then(|| format!("{}:{}", account.id, inbox["id"])));
        }
    }
    found
}

/// Whether nobody has written in it for long.
fn is_quiet(conversation: &Value, now: i64) -> bool {
    let said = conversation["last_non_activity_message"]["created_at"].as_i64();
    said.is_some_and(|at| now - at >= 2 * HOUR)
}

/// Six in the evening of the day before, where the properties are.
fn last_evening() -> i64 {
    let berlin = TimeZone::get("Europe/Berlin").expect("the place is known");
    let today = Timestamp::now().to_zoned(berlin).start_of_day();
    let today = today.expect("every day begins");
    let evening = today.checked_sub(6.hours()).expect("there was a day before");
    evening.timestamp().as_second()
}

/// Conversations in which the AI answered since.
async fn answered_since(desk: &Desk, since: i64) -> usize {
    let ledger = desk.ledger().await;
    let messages = ledger["messages"].as_array().cloned().unwrap_or_default();
    let by_ai = messages.iter().filter(|message| {
        message["message_type"] == 1
            && message["private"] == false
            && message["sender_type"] == "AgentBot"
            && message["created_at"].as_i64().is_some_and(|at| at >= since)
    });
    let places: BTreeSet<String> = by_ai
        .map(|message| format!("{}:{}", message["account_id"], message["conversation_id"]))
        .collect();
    places.len()
}

/// The guests of a part of the screen, in its order.
async fn guests_of(window: &Window, part: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(`[data-part='${arguments[0]}'] [data-row] .head b`)] \
        .map((name) => name.textContent)";
    let names = window.client().execute(script, vec![json!(part)]).await;
    serde_json::from_value(names.unwrap_or_default()).unwrap_or_default()
}

fn guest(conversation: &Value) -> String {
    let name = conversation["meta"]["sender"]["name"].as_str();
    name.unwrap_or_default().to_owned()
}

/// The same guests, whatever their order.
async fn holds(window: &Window, part: &str, wanted: Vec<String>) {
    let mut wanted = wanted;
    wanted.sort();
    until(&format!("{wanted:?} under {part}"), async || {
        let mut shown = guests_of(window, part).await;
        shown.sort();
        (shown == wanted).then_some(())
    })
    .await;
}

/// Opens a screen of the day from the keyboard.
async fn go(window: &Window, key: char, name: &str) {
    // Both in one go: a slow machine must not take longer between them than a person.
    let mut keys = KeyActions::new("keyboard".to_owned());
    for value in ['g', key] {
        keys = keys.then(KeyAction::Down { value });
        keys = keys.then(KeyAction::Up { value });
    }
    let pressed = window.client().perform_actions(keys).await;
    pressed.expect("keys can be pressed");
    window.find("main", name).await;
}

async fn state(counter: &FrontDesk, id: i64) -> Value {
    let account = counter.desk.facts().accounts[0].id;
    let path = format!("/api/v1/accounts/{account}/conversations/{id}");
    counter.desk.get(&path, &counter.me.access_token).await
}

async fn becomes(counter: &FrontDesk, id: i64, what: &str, is: impl Fn(&Value) -> bool) {
    until(what, async || is(&state(counter, id).await).then_some(())).await;
}

/// A guest of the first property whom the agent answers, and nobody wrote for three hours.
async fn left_with_me(desk: &Desk, name: &str) -> i64 {
    let account = desk.facts().accounts[0].id;
    let id = desk.guest_called(name, account, WORDS).await;
    desk.held_by_agent(id).await;
    desk.happened_earlier(id, 3 * HOUR).await;
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn n2_h8_h9_the_morning_check_holds_what_the_desk_holds() {
    let counter = FrontDesk::open_with(async |desk| {
        left_with_me(desk, "Wanda Gast").await;
    })
    .await;
    let window = &counter.window;
    window.click("button", "Morning check").await;
    window.find("heading", "Urgent").await;
    let waiting = open_ones(&counter, "unassigned").await;
    let (urgent, regular): (Vec<_>, Vec<_>) = waiting.iter().partition(|one| one["priority"] == "urgent");
    holds(window, "urgent", urgent.into_iter().map(guest).collect()).await;
    holds(window, "waiting", regular.into_iter().map(guest).collect()).await;
    let now = Timestamp::now().as_second();
    let mine = open_ones(&counter, "me").await;
    let with_ai = with_ai(&counter).await;
    let is_left = |one: &&Value| {
        is_quiet(one, now) && with_ai.contains(&format!("{}:{}", one["account_id"], one["inbox_id"]))
    };
    let (quiet, lively): (Vec<&Value>, Vec<&Value>) = mine.iter().partition(is_left);
    assert!(quiet.iter().any(|one| guest(one) == "Wanda Gast"));
    holds(window, "mine", lively.into_iter().map(guest).collect()).await;
    let held = open_ones(&counter, "assigned").await;
    let left: Vec<String> = held.iter().filter(is_left).map(guest).collect();
    assert!(left.len() > quiet.len(), "colleagues left some, too");
    holds(window, "left", left).await;
    let answered = answered_since(&counter.desk, last_evening()).await;
    let words = format!("AI answered {answered} conversation");
    window.sees(&words).await;
    window.picture(&counter.desktop, "morning-check").await;

    // All that it answered is one press away, and what was looked at is ticked off.
    window.click("button", &format!("All {answered}")).await;
    until("all of the night", async || {
        (guests_of(window, "night").await.len() == answered).then_some(())
    })
    .await;
    let before = window.find("heading", "checked").await.text().await;
    window.click("checkbox", "Checked").await;
    until("one more checked", async || {
        let now = window.find("heading", "checked").await.text().await.ok()?;
        (Some(&now) != before.as_ref().ok()).then_some(())
    })
    .await;
    window.find("checkbox", "Checked").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn n2_h4_what_was_left_goes_back_to_the_ai_from_the_morning_check() {
    let mut guests = Vec::new();
    let counter = FrontDesk::open_with(async |desk| {
        guests.push(left_with_me(desk, "Wanda Gast").await);
        guests.push(left_with_me(desk, "Fiete Gast").await);
    })
    .await;
    let window = &counter.window;
    go(window, 'm', "Morning check").await;
    window.click("button", "Hand back to AI, Wanda Gast").await;
    becomes(&counter, guests[0], "the AI to have it", |held| {
        held["status"] == "pending"
    })
    .await;
    window.gone("button", "Hand back to AI, Wanda Gast").await;
    assert_eq!(
        state(&counter, guests[1]).await["status"],
        "open",
        "only what was pressed"
    );
    window.click("button", "Undo").await;
    window.find("button", "Hand back to AI, Wanda Gast").await;
    becomes(&counter, guests[0], "it to be mine again", |held| {
        held["status"] == "open"
    })
    .await;
    window.click("button", "Hand back all").await;
    for id in guests {
        becomes(&counter, id, "the AI to have both", |held| {
            held["status"] == "pending"
        })
        .await;
    }
    window.gone("heading", "Left with a person").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn n2_g1_c1_a_shift_ends_with_a_colleague_a_note_and_what_is_finished_closed() {
    let mut mine = 0;
    let counter = FrontDesk::open_with(async |desk| {
        mine = left_with_me(desk, "Wanda Gast").await;
        let account = desk.facts().accounts[0].id;
        let brief = json!({ "custom_attributes": { "handoff_brief": {
            "wants": "A cot", "tried": [], "promised": [{ "text": "A cot in the room by six" }] } } });
        let path = format!("/api/v1/accounts/{account}/conversations/{mine}/custom_attributes");
        desk.post(&path, &brief, &desk.login("administrator").access_token)
            .await;
    })
    .await;
    let window = &counter.window;
    let account = counter.desk.facts().accounts[0].id;
    go(window, 'h', "Handover").await;
    let open = open_ones(&counter, "me").await;
    holds(window, "still", open.iter().map(guest).collect()).await;
    holds(window, "promised", vec!["Wanda Gast".into()]).await;
    window.sees("A cot in the room by six").await;
    window.picture(&counter.desktop, "handover").await;
    window.click("checkbox", "Done, Wanda Gast").await;
    until("the tick", async || {
        let tick = window.find("checkbox", "Done, Wanda Gast").await;
        (tick.attr("aria-checked").await.ok()??.as_str() == "true").then_some(())
    })
    .await;

    // What looks finished is closed, but for what is left out.
    let finished = guests_of(window, "finished").await;
    assert!(finished.len() >= 2, "guests of the demo thanked: {finished:?}");
    let kept = window
        .client()
        .find(Locator::Css("[data-part='finished'] [data-row]"))
        .await;
    let kept = kept
        .expect("it has rows")
        .attr("data-row")
        .await
        .expect("it is named");
    let kept = kept.expect("it is named");
    let script = "document.querySelector(\"[data-part='finished'] [role=checkbox]\").click()";
    window
        .client()
        .execute(script, vec![])
        .await
        .expect("it is unticked");
    let closed_before = closed(&counter).await;
    let count = finished.len() - 1;
    window.click("button", &format!("Close {count}")).await;
    window.find("dialog", "").await;
    window
        .click("button", &format!("Close {count} conversations"))
        .await;
    until("them to be closed", async || {
        (closed(&counter).await == closed_before + finished.len() - 1).then_some(())
    })
    .await;
    until("only the one left out", async || {
        let rows = window
            .client()
            .find_all(Locator::Css("[data-part='finished'] [data-row]"))
            .await;
        let rows = rows.ok()?;
        let first = rows.first()?.attr("data-row").await.ok()??;
        (rows.len() == 1 && first == kept).then_some(())
    })
    .await;

    // And everything that is mine goes to a colleague, with the note.
    let select = window.find("combobox", "Who takes the desk").await;
    select
        .select_by_label("Ifeoma Okafor")
        .await
        .expect("she is at the desk");
    window
        .write(
            "textbox",
            "Note for the next shift",
            "The boiler man comes at eight",
        )
        .await;
    window.click("button", "Hand over to Ifeoma").await;
    becomes(&counter, mine, "it to be Ifeoma's", |held| {
        held["meta"]["assignee"]["name"] == "Ifeoma Okafor"
    })
    .await;
    until("the note on the desk", async || {
        let ledger = counter.desk.ledger().await;
        let note = |message: &Value| {
            message["account_id"] == account
                && message["conversation_id"] == mine
                && message["private"] == true
                && message["content"] == "The boiler man comes at eight"
        };
        ledger["messages"].as_array()?.iter().any(note).then_some(())
    })
    .await;
    assert_eq!(
        state(&counter, mine).await["status"],
        "open",
        "who answers stays as it was"
    );
    // She works for one property only: what is mine in the other stays.
    let others = open.iter().filter(|one| one["account_id"] != account).map(guest);
    holds(window, "still", others.collect()).await;

    // Whoever takes the desk reads the note first.
    let beside = counter.beside("ifeoma@aurora.example").await;
    go(&beside, 'm', "Morning check").await;
    beside.find("heading", "From the last shift").await;
    beside.sees("The boiler man comes at eight").await;
    beside.sees("Jonas Lindqvist").await;
}

/// How many conversations of all properties are closed on the desk.
async fn closed(counter: &FrontDesk) -> usize {
    let ledger = counter.desk.ledger().await;
    let all = ledger["conversations"].as_array().cloned().unwrap_or_default();
    all.iter().filter(|one| one["status"] == "resolved").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn n2_the_day_is_gone_through_without_a_pointer() {
    let mut left = 0;
    let counter = FrontDesk::open_with(async |desk| {
        left = left_with_me(desk, "Wanda Gast").await;
    })
    .await;
    let window = &counter.window;
    window.press(Key::Control('1')).await;
    window.find("option", "").await;
    window.press(Key::Plain('j')).await;
    let shown = "return document.querySelector('main').dataset.conversation";
    let open = until("a conversation to open", async || {
        let open = window.client().execute(shown, vec![]).await.ok()?;
        open.as_str().filter(|open| !open.is_empty()).map(str::to_owned)
    })
    .await;

    // Into the check, and back to what was open.
    go(window, 'm', "Morning check").await;
    window.press(ESCAPE).await;
    until("what was open before", async || {
        let again = window.client().execute(shown, vec![]).await.ok()?;
        (again == open.as_str()).then_some(())
    })
    .await;

    // Row by row: who waits first is taken over with the key of every conversation.
    go(window, 'm', "Morning check").await;
    window.find("heading", "Urgent").await;
    let first = until("the first row", async || {
        let mut urgent = guests_of(window, "urgent").await;
        (!urgent.is_empty()).then(|| urgent.remove(0))
    })
    .await;
    window.press(Key::Plain(Key::SPACE)).await;
    window.focus_is_on("button", &first).await;
    window.press(Key::Plain('t')).await;
    window.find("log", "").await;
    window.sees("You are answering").await;

    // What was left goes back with its key, from its row.
    go(window, 'm', "Morning check").await;
    window.find("button", "Hand back to AI, Wanda Gast").await;
    until("the row of Wanda Gast", async || {
        window.press(Key::Plain('j')).await;
        window.has_focus("button", "Wanda Gast").await.then_some(())
    })
    .await;
    window.press(Key::Plain('h')).await;
    window.gone("button", "Hand back to AI, Wanda Gast").await;
    let place = "return document.activeElement.closest('[data-part=left]') !== null";
    until("the keyboard to stay among what was left", async || {
        let stays = window.client().execute(place, vec![]).await.ok()?;
        stays.as_bool()?.then_some(())
    })
    .await;
    becomes(&counter, left, "the AI to have it", |held| {
        held["status"] == "pending"
    })
    .await;

    // To the handover with the arrows of its switch, and a row opened.
    window.find("radio", "Handover").await;
    go(window, 'h', "Handover").await;
    window.press(Key::Plain('j')).await;
    window.press(ENTER).await;
    window.find("log", "").await;
}
