//! What is spoken without being asked: rings, failures and the connection, and not too much of it.

use crate::front_desk::FrontDesk;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use serde_json::json;

const COMPLAINT: &str = "I want my money back, the room was dirty";

/// Keeps every sentence with its moment, in milliseconds.
const LISTEN: &str = "window.spoken = []; \
    for (const region of document.querySelectorAll('[data-testid=polite],[data-testid=assertive]')) \
        new MutationObserver(() => region.textContent \
            && window.spoken.push([performance.now(), region.dataset.testid, region.textContent])) \
        .observe(region, { childList: true, characterData: true, subtree: true });";

type Sentence = (f64, String, String);

async fn spoken(counter: &FrontDesk) -> Vec<Sentence> {
    let spoken = counter
        .window
        .client()
        .execute("return window.spoken", vec![])
        .await;
    spoken
        .ok()
        .and_then(|spoken| serde_json::from_value(spoken).ok())
        .unwrap_or_default()
}

async fn hears(counter: &FrontDesk, how: &str, words: &str) {
    until(&format!("\"{words}\" to be spoken"), async || {
        let spoken = spoken(counter).await;
        let said = spoken
            .iter()
            .any(|(_, region, text)| region == how && text.contains(words));
        said.then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_rings_failures_and_the_connection_are_spoken_and_never_at_once() {
    let mut counter = FrontDesk::open().await;
    let account = counter.desk.facts().accounts[0].id;
    counter.window.client().execute(LISTEN, vec![]).await.unwrap();

    // Three guests ring while nobody listens: not a sentence for each when it is heard of.
    counter
        .desk
        .restart_with(async |desk| {
            for _ in 0..3 {
                desk.guest_starts(account, COMPLAINT).await;
            }
        })
        .await;
    hears(&counter, "assertive", "Offline").await;
    hears(&counter, "assertive", "guests need a person").await;
    hears(&counter, "polite", "Back in step").await;

    // One guest rings: by name. A reply that cannot go out interrupts.
    counter.desk.guest_starts(account, COMPLAINT).await;
    hears(&counter, "assertive", "Wanda Gast needs a person").await;
    counter.window.press(Key::Plain(Key::SPACE)).await;
    counter.window.sees("Nobody is answering yet").await;
    counter.window.press(Key::Plain('t')).await;
    counter.window.sees("You are answering").await;
    let refused = json!({ "status": 422, "body": "{\"error\":\"refused\"}" });
    counter.desk.fault("POST", "/messages", 1, refused).await;
    counter.window.write("textbox", "Reply", "We are sorry").await;
    counter.window.press(Key::Plain(Key::ENTER)).await;
    hears(&counter, "assertive", "was not sent").await;

    let spoken = spoken(&counter).await;
    let gaps = spoken.windows(2).map(|two| two[1].0 - two[0].0);
    assert!(gaps.into_iter().all(|gap| gap >= 1900.0), "{spoken:?}");
}

/// Place and number of rows as the last row of the list says them, and whether it has the focus.
const LAST_ROW: &str = "const all = [...document.querySelectorAll('[role=option]')]; \
    const last = all.sort((one, other) => one.ariaPosInSet - other.ariaPosInSet).at(-1); \
    return [last.ariaPosInSet, last.ariaSetSize, last === document.activeElement]";

#[tokio::test(flavor = "multi_thread")]
async fn n4_a_row_says_its_place_in_a_list_that_is_never_whole_in_the_page() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    window.press(Key::Control('4')).await;
    window.find("heading", "All").await;
    window.find("option", "").await;
    window.press(Key::Plain(Key::END)).await;
    let (place, size) = until("the last row with the focus", async || {
        let last = window.client().execute(LAST_ROW, vec![]).await.ok()?;
        let (place, size, focused): (String, String, bool) = serde_json::from_value(last).ok()?;
        focused.then_some((place, size))
    })
    .await;
    assert_eq!(place, size, "the last of all");
    window.find("button", &format!("All, {size}")).await;
}
