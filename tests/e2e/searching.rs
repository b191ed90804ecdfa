//! Search over everything this computer has, with or without the desk.

use crate::front_desk::FrontDesk;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;

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
            "return document.querySelector('[role=option] mark')?.textContent",
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
