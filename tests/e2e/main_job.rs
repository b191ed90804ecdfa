//! The main job: a guest writes, the AI answers, it rings, a person takes over, and everything after.

use crate::front_desk::FrontDesk;
use deskbell_tests::guest::Guest;
use deskbell_tests::until::until;

const QUESTION: &str = "When is my booking?";
const COMPLAINT: &str = "I want my money back, the room was dirty";

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_is_answered_escalated_taken_over_handed_back_closed_and_comes_back() {
    let counter = FrontDesk::open().await;
    let (window, link) = (&counter.window, counter.desk.facts().guest_links[0].url.clone());
    let guest = Guest::open(&link).await;

    // The AI answers with the right date, on both sides.
    write(&guest, QUESTION).await;
    let answer = until("the AI's answer", async || {
        let held = counter.conversation_with(QUESTION).await;
        held.answers().last().cloned()
    })
    .await;
    let held = counter.conversation_with(QUESTION).await;
    let date = day_and_month(counter.desk.facts().guest_links[0].starts_at);
    assert!(
        answer.contains(&date),
        "the booking is on {date}; the AI said: {answer}"
    );
    guest.sees(&date).await;
    let name = held.guest();
    window.click("button", "AI handling,").await;
    window.click("option", &name).await;
    window.sees(&date).await;
    window.sees("AI is answering").await;
    window.picture(&counter.desktop, "main-ai-answers").await;

    // A complaint rings once, with its reason.
    let shown_before = counter.notifications.history().len();
    let waiting = counter.tray.text("Title").await;
    write(&guest, COMPLAINT).await;
    window.sees("Nobody is answering yet").await;
    window.click("button", "Needs a person,").await;
    window.find("option", &format!("{name}, needs a person")).await;
    let rang = counter.notifications.history();
    assert_eq!(rang.len(), shown_before + 1, "one notification: {rang:?}");
    assert!(
        !rang[shown_before].body.contains("money"),
        "a guest's words stay off the counter's screen"
    );
    let tray = counter.tray.wait_for("Title", |title| title != waiting).await;
    assert_eq!(
        number_in(&tray),
        number_in(&waiting) + 1,
        "the tray counts one more than \"{waiting}\": {tray}"
    );
    window.picture(&counter.desktop, "main-escalated").await;

    // Take over, a template with the guest's name, send.
    window.click("button", "Take over").await;
    window.sees("You are answering").await;
    let toast = rang[shown_before].id;
    until("its notification to be taken down", async || {
        let all = counter.notifications.history();
        all.iter()
            .any(|shown| shown.id == toast && shown.closed)
            .then_some(())
    })
    .await;
    window.click("button", "Templates").await;
    // There is something to choose from.
    window.names_of("option", 2).await;
    window.write("combobox", "Search templates", "hello").await;
    window.click("button", "Insert").await;
    let first_name = name.split_whitespace().next().unwrap_or_default().to_owned();
    let filled = until("the template in the composer", async || {
        let text = window.value("textbox", "Reply").await;
        (!text.is_empty()).then_some(text)
    })
    .await;
    assert!(
        filled.contains(&first_name),
        "the guest's name is filled in: {filled}"
    );
    window.click("button", "Send").await;
    guest.sees(filled.lines().next().unwrap_or_default()).await;
    window.picture(&counter.desktop, "main-taken-over").await;

    // Assign to a colleague, hand back; the AI goes on and knows what was said.
    window.click("button", "Assign").await;
    window.picture(&counter.desktop, "main-assign").await;
    window
        .write("combobox", "Find a teammate or a team", "Ifeoma")
        .await;
    window.click("option", "Ifeoma Okafor").await;
    window.click("button", "Assign to Ifeoma").await;
    window.sees("Ifeoma Okafor is answering").await;
    window.click("radio", "AI").await;
    window.sees("AI is answering").await;
    let answers = counter.conversation_with(QUESTION).await.answers().len();
    write(&guest, "Until when is breakfast?").await;
    until("the AI to go on", async || {
        let held = counter.conversation_with(QUESTION).await;
        (held.answers().len() > answers).then_some(())
    })
    .await;

    // Close; the guest writes again and is back, with the thread.
    window.click("button", "Close").await;
    window.picture(&counter.desktop, "main-close").await;
    window.click("button", "Close without a message").await;
    window.sees("Nobody answers, it is closed").await;
    until("the desk to have closed it", async || {
        (counter.conversation_with(QUESTION).await.status() == "resolved").then_some(())
    })
    .await;
    write(&guest, "One more thing: is there parking?").await;
    window.sees("AI is answering").await;
    window.sees("One more thing: is there parking?").await;
    assert!(
        window.text().await.contains(COMPLAINT),
        "the whole thread is there"
    );
    window.picture(&counter.desktop, "main-back-again").await;
}

async fn write(guest: &Guest, words: &str) {
    guest.write("textbox", "", words).await;
    guest.click("button", "Send").await;
}

/// The number in what the tray says: "6 guests need a person".
fn number_in(words: &str) -> u32 {
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

/// As the demo's assistant writes dates: "21 November".
fn day_and_month(at: i64) -> String {
    let date = jiff::Timestamp::from_second(at).expect("a booking is in this era");
    date.to_zoned(jiff::tz::TimeZone::UTC)
        .strftime("%-d %B")
        .to_string()
}
