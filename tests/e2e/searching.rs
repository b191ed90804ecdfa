//! Search over everything this computer has, with or without the desk.

use crate::front_desk::FrontDesk;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use serde_json::json;

const WORDS: &str = "Is there a zeppelin shuttle from the station?";

#[tokio::test(flavor = "multi_thread")]
async fn l9_l10_hits_are_grouped_marked_and_opened_with_the_keys_offline() {
    let mut counter = FrontDesk::open().await;
    let account = counter.desk.facts().accounts[0].id;
    let conversation = counter.desk.guest_starts(account, WORDS).await;
    for number in 0..60 {
        counter
            .desk
            .guest_writes(conversation, &format!("And another thing, number {number}"))
            .await;
    }
    counter.window.click("button", "All,").await;
    until("the last message here", async || {
        let rows = counter.window.all("option", "number 59").await;
        (!rows.is_empty()).then_some(())
    })
    .await;
    counter.window.click("option", "Wanda Gast").await;
    counter.window.sees("And another thing, number 59").await;
    counter.desk.kill();
    let window = &counter.window;
    window.sees("Offline since").await;

    window.press(Key::Plain('/')).await;
    window.write("searchbox", "Search", "zeppelin").await;
    window.find("group", "Messages").await;
    window.find("option", "zeppelin shuttle").await;
    let marked = window
        .client()
        .execute(
            "return [...document.querySelectorAll('[role=option]')] \
             .find((row) => row.ariaPosInSet === '1')?.querySelector('mark')?.textContent",
            vec![],
        )
        .await;
    assert_eq!(
        marked
            .ok()
            .and_then(|text| text.as_str().map(str::to_owned))
            .as_deref(),
        Some("zeppelin")
    );
    window.picture(&counter.desktop, "search-messages").await;

    // Enter opens the first at its message, and Escape leads back.
    window.press(Key::Plain(Key::ENTER)).await;
    window.find("article", "Wanda Gast").await;
    until("the message in sight", async || {
        let found = window
            .client()
            .execute("return document.querySelector('.found')?.innerText ?? ''", vec![])
            .await
            .ok()?;
        found.as_str()?.contains("zeppelin").then_some(())
    })
    .await;
    window.picture(&counter.desktop, "search-opened").await;
    window.press(Key::Plain(Key::ESCAPE)).await;
    until("the focus on the hit", async || {
        let focus = "return document.activeElement?.getAttribute('aria-label') ?? ''";
        let name = window.client().execute(focus, vec![]).await.ok()?;
        name.as_str()?.contains("zeppelin shuttle").then_some(())
    })
    .await;

    window.rewrite("searchbox", "Search", "wanda").await;
    window.find("group", "Guests").await;
    window.picture(&counter.desktop, "search-guests").await;
}

/// What is in sight of the message a search led to; empty = nothing of it.
const IN_SIGHT: &str = "const log = document.querySelector('[role=log]').getBoundingClientRect(); \
    const found = document.querySelector('[role=log] .found'); const place = found?.getBoundingClientRect(); \
    return place && place.top >= log.top && place.bottom <= log.bottom ? found.innerText : '';";

#[tokio::test(flavor = "multi_thread")]
async fn l10_a_hit_far_back_in_a_long_thread_is_jumped_to_and_the_newest_is_one_press_away() {
    let mut long = json!(null);
    let counter = FrontDesk::open_with(async |desk| {
        let account = desk.facts().accounts[0].id;
        let wanted = json!({ "account_id": account, "conversations": 1, "messages_each": 400 });
        long = desk.post("/test/bulk", &wanted, "").await["newest_id"].clone();
    })
    .await;
    let window = &counter.window;
    // Older messages come while nobody works: what is not here yet is not found yet.
    until("the old message to be found", async || {
        window.rewrite("searchbox", "Search", "\"Message 7 about\"").await;
        window.drawn().await;
        (!window.all("option", "Message 7 about").await.is_empty()).then_some(())
    })
    .await;
    window.click("option", "Message 7 about").await;
    until("the message in sight", async || {
        let seen = window.client().execute(IN_SIGHT, vec![]).await.ok()?;
        seen.as_str()?.contains("Message 7 about").then_some(())
    })
    .await;
    window.sees("Message 8 about").await;
    window.sees_no("Message 399 about").await;
    window.picture(&counter.desktop, "search-far-back").await;
    window.click("button", "Go to the newest").await;
    window.sees("Message 399 about").await;
    window.gone("button", "Go to the newest").await;
    let long = long.as_i64().expect("a conversation has a number");
    assert_eq!(
        counter.desk.messages(long).await.len(),
        400,
        "the desk holds as many"
    );
}
