//! What the AI answers by itself, and what it leaves to people.

use crate::front_desk::FrontDesk;
use deskbell_tests::until::until;
use serde_json::Value;

/// What people must decide, or who wants a person: the guest and their words.
const FOR_PEOPLE: [(&str, &[&str]); 4] = [
    ("Paul Payment", &["My card was charged twice, refund one of them"]),
    (
        "Clara Complaint",
        &["The room was dirty and I am very disappointed"],
    ),
    ("Petra Person", &["I want to speak to a person"]),
    ("Rudi Repeats", &["When is breakfast?", "So when is breakfast?"]),
];

/// What the AI has said in a conversation.
async fn said(counter: &FrontDesk, id: i64) -> Vec<String> {
    let messages = counter.desk.messages(id).await;
    let by_ai = |one: &&Value| one["message_type"] == 1 && one["sender_type"] == "AgentBot";
    let text = |one: &Value| one["content"].as_str().unwrap_or_default().to_owned();
    messages.iter().filter(by_ai).map(text).collect()
}

/// Waits until it has said so much.
async fn says(counter: &FrontDesk, id: i64, count: usize) -> Vec<String> {
    until("the AI's answer", async || {
        let said = said(counter, id).await;
        (said.len() >= count).then_some(said)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn h1_h5_h7_the_ai_answers_what_it_knows_and_calls_people_to_what_is_theirs() {
    // The rows of all of them are in sight.
    let counter = FrontDesk::open_with(async |desk| desk.nobody_waits().await).await;
    let (window, desk) = (&counter.window, &counter.desk);
    let account = desk.facts().accounts[0].id;

    // From knowledge and prices, and nobody is called.
    let price = desk
        .guest_called("Prisca Price", account, "How much is parking?")
        .await;
    let answer = says(&counter, price, 1).await;
    assert!(
        answer[0].contains("18"),
        "the price of the demo's garage: {answer:?}"
    );
    window.click("button", "AI handling,").await;
    window.click("option", "Prisca Price, AI is answering").await;
    window.sees(answer[0].lines().next().unwrap_or_default()).await;
    assert_eq!(desk.conversation(price).await["status"], "pending");

    for (name, words) in FOR_PEOPLE {
        // The pointer leaves the list: under it nothing would move.
        window.click("button", "Needs a person").await;
        let id = desk.guest_called(name, account, words[0]).await;
        for (index, more) in words.iter().enumerate().skip(1) {
            says(&counter, id, index).await;
            desk.guest_writes(id, more).await;
        }
        let why = until("the AI to call a person", async || {
            let held = desk.conversation(id).await;
            let why = held["custom_attributes"]["escalation_reason"]
                .as_str()?
                .to_owned();
            (held["status"] == "open").then_some(why)
        })
        .await;
        let last = says(&counter, id, words.len()).await;
        let last = last.last().expect("it said something");
        assert!(
            last.contains("colleague"),
            "it says that somebody will come: {last}"
        );
        // It says why, in front of everybody.
        window.click("option", &format!("{name}, needs a person")).await;
        window.sees(&format!("Why it rang {why}")).await;
        window.sees("Nobody is answering yet").await;
        window.sees(last).await;
    }
    window.picture(&counter.desktop, "ai-called-people").await;
}
