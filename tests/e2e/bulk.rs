//! Several conversations chosen and changed together.

use crate::front_desk::FrontDesk;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use fantoccini::Locator;
use serde_json::Value;

/// Three guests who have just begun to write; answers their conversations' numbers, newest last.
async fn three_guests(counter: &FrontDesk) -> Vec<i64> {
    let account = counter.desk.facts().accounts[0].id;
    let mut all = Vec::new();
    for words in [
        "Is breakfast included?",
        "When can I check in?",
        "Do you have a sauna?",
    ] {
        all.push(counter.desk.guest_starts(account, words).await);
    }
    counter.window.click("button", "AI handling,").await;
    until("all three in the list", async || {
        (counter.window.all("option", "Wanda Gast").await.len() >= 3).then_some(())
    })
    .await;
    all
}

async fn held(counter: &FrontDesk, id: i64) -> Value {
    let account = counter.desk.facts().accounts[0].id;
    let path = format!("/api/v1/accounts/{account}/conversations/{id}");
    counter.desk.get(&path, &counter.me.access_token).await
}

/// Chooses the first `count` rows: one by its mark, the others by Shift and the arrow.
async fn choose(counter: &FrontDesk, count: usize) {
    let mark = counter
        .window
        .client()
        .find(Locator::Css("[aria-posinset='1'] [data-check]"))
        .await;
    let mark = mark.unwrap_or_else(|error| panic!("rows have a mark: {error}"));
    mark.click()
        .await
        .unwrap_or_else(|error| panic!("it can be pressed: {error}"));
    counter.window.sees("1 chosen").await;
    for chosen in 2..=count {
        counter.window.press(Key::Shift(Key::DOWN)).await;
        counter.window.sees(&format!("{chosen} chosen")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_are_chosen_tagged_closed_without_a_message_and_brought_back() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let guests = three_guests(&counter).await;
    choose(&counter, 3).await;
    window.sees("3 with AI").await;
    window.picture(&counter.desktop, "bulk-bar").await;

    window.click("button", "Tag all").await;
    window.picture(&counter.desktop, "bulk-tags").await;
    let tag = window.names_of("menuitemradio", 1).await.swap_remove(0);
    window.click("menuitemradio", &tag).await;
    for id in &guests {
        until("the tag on the desk", async || {
            let labels = held(&counter, *id).await["labels"].as_array().cloned()?;
            labels.iter().any(|label| label == &tag).then_some(())
        })
        .await;
    }

    // What was changed is no longer chosen; closing asks once, and says that the AI is at work there.
    window.gone("toolbar", "Chosen conversations").await;
    choose(&counter, 3).await;
    let before = counter.desk.ledger().await["messages"]
        .as_array()
        .map_or(0, Vec::len);
    window.click("button", "Close all").await;
    window.sees("AI is answering in 3 of them.").await;
    window.picture(&counter.desktop, "bulk-close").await;
    window.click("button", "Close 3 conversations").await;
    window.sees("3 closed.").await;
    for id in &guests {
        until("it to be closed on the desk", async || {
            (held(&counter, *id).await["status"] == "resolved").then_some(())
        })
        .await;
    }
    let ledger = counter.desk.ledger().await;
    let said = ledger["messages"].as_array().cloned().unwrap_or_default();
    let by_staff = |message: &&Value| message["message_type"] == 1 && message["client_ref"].is_string();
    assert_eq!(
        said.iter().skip(before).filter(by_staff).count(),
        0,
        "no guest was written to"
    );
    window.click("button", "Undo").await;
    for id in &guests {
        until("the AI to have it back", async || {
            (held(&counter, *id).await["status"] == "pending").then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_over_from_the_ai_together_asks_first_and_escape_chooses_none() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let guests = three_guests(&counter).await;
    choose(&counter, 2).await;
    window.press(Key::Plain(Key::ESCAPE)).await;
    window.gone("toolbar", "Chosen conversations").await;

    choose(&counter, 2).await;
    window.click("button", "Assign all").await;
    window.click("menuitem", "(you)").await;
    window
        .sees("AI is answering in 2 of them. It stops there, and you answer.")
        .await;
    window.click("button", "Keep as they are").await;
    window.sees("2 chosen").await;
    for id in &guests {
        assert_eq!(held(&counter, *id).await["status"], "pending");
    }
    window.click("button", "Assign all").await;
    window.click("menuitem", "(you)").await;
    window.click("button", "Take over 2").await;
    until("two of them to be mine on the desk", async || {
        let mut mine = 0;
        for id in &guests {
            let held = held(&counter, *id).await;
            mine += i32::from(held["status"] == "open" && held["meta"]["assignee"].is_object());
        }
        (mine == 2).then_some(())
    })
    .await;
    let mut with_ai = 0;
    for id in &guests {
        with_ai += i32::from(held(&counter, *id).await["status"] == "pending");
    }
    assert_eq!(with_ai, 1, "the third was not chosen");
}
