//! What one row of the list says.

use crate::front_desk::FrontDesk;
use deskbell_tests::app::Window;
use deskbell_tests::clock;
use deskbell_tests::desk::Desk;
use deskbell_tests::elsewhere::OWNER;
use deskbell_tests::until::until;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeSet;

const ME: &str = "jonas@aurora.example";
const QUESTION: &str = "Is the sauna open tonight?";
const COMPLAINT: &str = "I want my money back, the room was dirty";
const HOUR: i64 = 60 * 60;
const RESULTS: [&str; 4] = ["tour", "customer", "contract", "booking"];

/// What is seen of the row of the guest with that name; null = it is not in the page.
const ROW: &str = "const [name] = arguments; \
    const row = [...document.querySelectorAll('[role=option]')] \
        .find((one) => one.querySelector('.name')?.textContent.trim() === name); \
    if (!row) return null; \
    const words = (part) => row.querySelector(part)?.textContent.trim() ?? ''; \
    const hint = (part) => row.querySelector(part)?.title ?? ''; \
    const badges = [...row.querySelectorAll('.badge')].map((badge) => { \
        const { color, backgroundColor, borderColor, borderStyle } = getComputedStyle(badge); \
        const shape = badge.querySelector('svg, use, .ic')?.outerHTML ?? ''; \
        return { words: badge.textContent.trim(), shape, look: [color, backgroundColor, borderColor, borderStyle].join() }; }); \
    return { who: words('.who'), preview: words('.preview'), age: words('time'), exact: hint('time'), \
        meta: words('.meta'), unread: hint('.dot'), badges, more: words('.more'), others: hint('.more'), \
        spoken: row.getAttribute('aria-label') ?? row.textContent };";

#[derive(Debug, Deserialize)]
struct Row {
    who: String,
    preview: String,
    age: String,
    exact: String,
    meta: String,
    unread: String,
    badges: Vec<Badge>,
    more: String,
    others: String,
    spoken: String,
}

#[derive(Debug, Deserialize)]
struct Badge {
    words: String,
    /// Its icon, as it is drawn.
    shape: String,
    /// Its colours.
    look: String,
}

impl Row {
    fn badges(&self) -> Vec<&str> {
        self.badges.iter().map(|badge| badge.words.as_str()).collect()
    }
}

/// Waits until the row of that guest is as `fits` says.
async fn row(window: &Window, name: &str, fits: impl Fn(&Row) -> bool) -> Row {
    until(&format!("the row of {name} to be as it should"), async || {
        let seen = window.client().execute(ROW, vec![json!(name)]).await.ok()?;
        serde_json::from_value(seen).ok().filter(&fits)
    })
    .await
}

/// The same, of somebody who is looked for: wherever in the list their row would stand.
async fn found(window: &Window, name: &str) -> Row {
    window.rewrite("searchbox", "Search", name).await;
    row(window, name, |_| true).await
}

/// Guests whose rows tell who wrote last and when; answers the number of the one who wrote hours ago.
async fn who_wrote_last(desk: &Desk) -> i64 {
    let guest = async |name: &str| {
        let id = desk.guest_starts_over("Channel::Whatsapp", name, QUESTION).await;
        desk.takes_over(ME, id).await;
        id
    };
    desk.guest_writes(guest("Gunda Guest").await, "And is it hot?")
        .await;
    desk.says(ME, guest("Mia Mine").await, "Until ten").await;
    desk.says(OWNER, guest("Clara Colleague").await, "Until eleven")
        .await;
    desk.notes(OWNER, guest("Nora Noted").await, "She asked twice")
        .await;
    // Nobody knows this guest's name.
    let stranger = guest("Somebody").await;
    let contact = desk.conversation(stranger).await["meta"]["sender"]["id"].clone();
    let blank = json!({ "name": "", "phone_number": "+4915112345678" });
    let token = &desk.login_of(OWNER).access_token;
    desk.put(&desk.path(&format!("contacts/{contact}")), &blank, token)
        .await;
    let earlier = guest("Erna Earlier").await;
    desk.happened_earlier(earlier, 3 * HOUR).await;
    earlier
}

/// Guests in every state; answers the number of one whom the AI has just answered for the first time.
async fn every_state(desk: &Desk) -> i64 {
    let account = desk.facts().accounts[0].id;
    desk.guest_called("Emil Eskaliert", account, COMPLAINT).await;
    for (name, status) in [("Clara Closed", "resolved"), ("Sven Snoozed", "snoozed")] {
        let id = desk.guest_called(name, account, QUESTION).await;
        desk.takes_over(ME, id).await;
        desk.becomes(ME, id, status).await;
    }
    let expired = desk
        .guest_starts_over("Channel::Whatsapp", "Zoe Zuspaet", QUESTION)
        .await;
    desk.takes_over(ME, expired).await;
    desk.happened_earlier(expired, 25 * HOUR).await;
    let new = desk.guest_starts_over("Channel::Sms", "Nora Neu", QUESTION).await;
    desk.answered(new).await;
    new
}

/// A guest of whom much is known.
async fn with_results(desk: &Desk) {
    let account = desk.facts().accounts[0].id;
    let priya = desk.guest_called("Priya Persona", account, QUESTION).await;
    desk.takes_over(ME, priya).await;
    let results =
        RESULTS.map(|kind| json!({ "kind": kind, "label": format!("The {kind}"), "url": record(kind) }));
    desk.is_told(priya, json!({ "conversions": results })).await;
    let about = json!({ "lead": true, "persona": "Business traveller", "opted_out_at": 1_700_000_000 });
    desk.is_told_of_guest(priya, about).await;
}

fn record(kind: &str) -> String {
    format!("https://crm.example/{kind}/7")
}

#[tokio::test(flavor = "multi_thread")]
async fn l2_l3_l4_a_row_says_who_wrote_what_when_how_it_stands_and_what_came_of_it() {
    let (mut erna, mut nora) = (0, 0);
    let counter = FrontDesk::open_with(async |desk| {
        nora = every_state(desk).await;
        with_results(desk).await;
        erna = who_wrote_last(desk).await;
    })
    .await;
    writers(&counter, erna).await;
    marks(&counter, nora).await;
    badges(&counter).await;
}

/// L2
async fn writers(counter: &FrontDesk, erna: i64) {
    let window = &counter.window;
    window.click("button", "Mine,").await;
    for (name, who, words) in [
        ("Gunda Guest", "Gunda:", "And is it hot?"),
        ("Mia Mine", "You:", "Until ten"),
        ("Clara Colleague", "Nadia:", "Until eleven"),
        ("Nora Noted", "Note:", "She asked twice"),
    ] {
        let row = row(window, name, |row| row.preview == words).await;
        assert_eq!(row.who, who, "{row:?}");
        assert!(row.meta.contains("Hotel Aurora"), "the property: {row:?}");
        assert!(row.spoken.contains("on WhatsApp"), "the channel: {row:?}");
    }
    row(window, "+4915112345678", |_| true).await;
    window.picture(&counter.desktop, "rows").await;

    // The exact time on hover, by the property's clock.
    let earlier = found(window, "Erna Earlier").await;
    let at = counter.desk.conversation(erna).await["last_activity_at"].as_i64();
    let at = at.expect("something happened in it");
    assert_eq!(earlier.age, "3 h");
    assert_eq!(earlier.exact, clock::exactly(at, "Europe/Berlin"));
}

/// L3
async fn marks(counter: &FrontDesk, nora: i64) {
    let window = &counter.window;
    let (mut looks, mut shapes) = (BTreeSet::new(), BTreeSet::new());
    for (name, badge, state) in [
        ("Emil Eskaliert", "Escalated", "needs a person"),
        ("Clara Closed", "Closed", "closed"),
        ("Sven Snoozed", "Snoozed", "snoozed"),
        ("Zoe Zuspaet", "Expired", "you are answering"),
    ] {
        let row = found(window, name).await;
        assert!(row.spoken.contains(&format!("{name}, {state}")), "{row:?}");
        let mark = row.badges.iter().find(|mark| mark.words == badge);
        let mark = mark.unwrap_or_else(|| panic!("no {badge}: {row:?}"));
        shapes.insert(mark.shape.clone());
        looks.insert(mark.look.clone());
    }
    window.picture(&counter.desktop, "rows-found").await;
    assert!(
        !shapes.contains("") && shapes.len() == 4,
        "each has a shape of its own: {shapes:?}"
    );
    // Closed and put off ask for nothing: they share the plain colours.
    assert_eq!(looks.len(), 3, "{looks:?}");

    // Active, new and unread, until somebody looks.
    window.click("button", "Clear the search").await;
    window.click("button", "AI handling,").await;
    let new = row(window, "Nora Neu", |row| !row.unread.is_empty()).await;
    assert_eq!(new.who, "AI:", "{new:?}");
    for words in ["AI is answering", "1 unread", "on SMS"] {
        assert!(new.spoken.contains(words), "{words}: {new:?}");
    }
    assert_eq!((new.badges(), new.unread.as_str()), (vec!["New"], "1 unread"));
    let unread = async || counter.desk.conversation(nora).await["unread_count"].clone();
    assert_eq!(unread().await, 1, "the desk counts the same");
    window.click("option", "Nora Neu").await;
    let seen = row(window, "Nora Neu", |row| row.unread.is_empty()).await;
    assert!(seen.badges().is_empty(), "{seen:?}");
    until("the desk to know that it was read", async || {
        (unread().await == 0).then_some(())
    })
    .await;
}

/// L4
async fn badges(counter: &FrontDesk) {
    let window = &counter.window;
    window.click("button", "Mine,").await;
    let row = found(window, "Priya Persona").await;
    assert_eq!(
        (row.badges(), row.more.as_str()),
        (vec!["Opted out", "New"], "+5")
    );
    assert_eq!(row.others, "Lead, Tour, Customer, Contract, Booking");
    assert!(row.meta.contains("Business traveller"), "{row:?}");
    window.picture(&counter.desktop, "row-badges").await;

    window.click("option", "Priya Persona").await;
    window.find("heading", "Results").await;
    for kind in RESULTS {
        window.click("button", &format!("The {kind}")).await;
        until("the record to be opened outside", async || {
            (counter.desktop.opened().last()? == &record(kind)).then_some(())
        })
        .await;
    }
}
