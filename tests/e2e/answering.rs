//! Who answers, and until when one may: what the AI did alone, what is left with a person, and channels that close.

use crate::front_desk::FrontDesk;
use deskbell_tests::until::until;

const WORDS: &str = "Is the sauna open tonight?";
const HOUR: i64 = 60 * 60;

#[tokio::test(flavor = "multi_thread")]
async fn c4_the_time_left_on_whatsapp_is_shown_and_after_it_the_composer_is_locked() {
    let counter = FrontDesk::open_with(async |desk| {
        let open = desk
            .guest_starts_over("Channel::Whatsapp", "Olga Offen", WORDS)
            .await;
        desk.held_by_agent(open).await;
        desk.happened_earlier(open, 22 * HOUR).await;
        let closed = desk
            .guest_starts_over("Channel::Whatsapp", "Zoe Zuspaet", "Is there parking?")
            .await;
        desk.held_by_agent(closed).await;
        desk.happened_earlier(closed, 25 * HOUR).await;
    })
    .await;
    let window = &counter.window;
    window.click("button", "Mine,").await;
    window.click("option", "Olga Offen").await;
    window.sees("WhatsApp replies open for 1 h 5").await;
    window.find("textbox", "Reply").await;
    window.picture(&counter.desktop, "window-open").await;

    window.find("option", "Zoe Zuspaet, you are answering").await;
    window.click("option", "Zoe Zuspaet").await;
    window.sees("Only approved templates can be sent").await;
    window.sees("Is there parking?").await;
    assert!(
        window.all("textbox", "Reply").await.is_empty(),
        "there is nowhere to write"
    );
    window.find("button", "Approved templates").await;
    window.picture(&counter.desktop, "window-closed").await;

    // Their next message opens it again.
    let closed = counter.conversation_with("Is there parking?").await.conversation["id"].as_i64();
    let closed = closed.expect("a conversation has a number");
    counter.desk.guest_writes(closed, "Hello?").await;
    window.sees("WhatsApp replies open for 23 h 59 min").await;
    window.write("textbox", "Reply", "Yes, behind the house").await;
    window.click("button", "Send").await;
    until("the reply on the desk", async || {
        let answers = counter.conversation_with("Is there parking?").await.answers();
        let sent = answers.iter().any(|text| text == "Yes, behind the house");
        sent.then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h8_what_the_ai_answered_alone_can_be_looked_at_and_nothing_rings() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let account = counter.desk.facts().accounts[0].id;
    let before = counter.notifications.history().len();
    counter.desk.guest_starts(account, WORDS).await;
    let name = counter.conversation_with(WORDS).await.guest();
    window.click("button", "AI handling,").await;
    let quietly = format!("{name}, AI is answering, AI replied, check if you want");
    window.find("option", &quietly).await;
    window.picture(&counter.desktop, "ai-replied-row").await;
    assert_eq!(counter.notifications.history().len(), before, "nothing rings");
    window.click("option", &name).await;
    window
        .sees("AI replied since anybody looked. Check if you want")
        .await;
    window.picture(&counter.desktop, "ai-replied").await;
    // Once somebody has looked it is a row like the others.
    window.gone("option", &quietly).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h9_what_is_left_with_a_person_says_so_in_its_row_and_in_the_conversation() {
    let counter = FrontDesk::open_with(async |desk| {
        let account = desk.facts().accounts[0].id;
        let id = desk.guest_starts(account, WORDS).await;
        desk.held_by_agent(id).await;
        desk.happened_earlier(id, 3 * HOUR).await;
    })
    .await;
    let window = &counter.window;
    window.click("button", "Mine,").await;
    window
        .find("option", "Wanda Gast, you are answering, Left with you")
        .await;
    window.click("option", "Wanda Gast").await;
    window.sees("Quiet for 3 h").await;
    window.sees("AI stays silent").await;
    window.sees("Done here? Hand back to AI, or close").await;
    window.picture(&counter.desktop, "left-with-me").await;
    window.click("button", "Hand back to AI").await;
    window.sees("AI is answering").await;
    until("the desk to know", async || {
        (counter.conversation_with(WORDS).await.status() == "pending").then_some(())
    })
    .await;
}
