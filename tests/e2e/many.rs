//! Ten thousand conversations in the list.

use crate::front_desk::FrontDesk;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use serde_json::json;

/// Clicks the row below the open one, as somebody who goes through the list, and answers the milliseconds until the conversation is painted: a frame that begins with its messages
/// in the page paints them, and the next frame does not begin before that is done.
const OPEN_ROW: &str = r#"
const [done] = arguments;
const opened = () => document.querySelector('[data-conversation]')?.dataset.conversation;
const before = opened();
const rows = [...document.querySelectorAll('[role=option]')];
const place = (row) => row?.getBoundingClientRect().top ?? 0;
const selected = place(rows.find((row) => row.getAttribute('aria-selected') === 'true'));
rows.sort((one, other) => place(one) - place(other));
const row = rows.find((row) => place(row) > selected && place(row) < innerHeight);
const start = performance.now();
row.click();
const look = () => {
  const changed = opened() !== before && document.querySelector('[role=log] article');
  if (changed) requestAnimationFrame(() => done(performance.now() - start));
  else if (performance.now() - start > 20000) done(`${before} became ${opened()}`);
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"#;

/// Whether the row with the focus is the last of the list.
const LAST_ROW: &str = r#"
const row = document.activeElement?.closest('[role=option]');
return row !== null && row !== undefined && row.ariaPosInSet === row.ariaSetSize;
"#;

#[tokio::test(flavor = "multi_thread")]
async fn l12_ten_thousand_conversations_stay_a_short_list_in_the_page() {
    let counter = FrontDesk::open_with(async |desk| {
        let account = desk.facts().accounts[0].id;
        let fill = json!({ "account_id": account, "conversations": 10_000, "messages_each": 2 });
        desk.post("/test/bulk", &fill, "").await;
    })
    .await;
    let window = &counter.window;
    window.click("button", "All,").await;
    window.find("option", "").await;
    let rows = window.all("option", "").await.len();
    assert!(rows <= 80, "{rows} rows are in the page");
    let mut took = Vec::new();
    for index in 1..40 {
        let answer = window.client().execute_async(OPEN_ROW, vec![]).await;
        let answer = answer.unwrap_or_else(|error| panic!("row {index} does not open: {error:?}"));
        took.push(
            answer
                .as_f64()
                .unwrap_or_else(|| panic!("a row does not open: {answer}")),
        );
    }
    took.sort_by(f64::total_cmp);
    let (median, p95) = (took[took.len() / 2], took[took.len() * 95 / 100]);
    println!(
        "opening a conversation among 10,000: median {median:.0} ms, p95 {p95:.0} ms from click to paint ({} samples)",
        took.len()
    );
    window.picture(&counter.desktop, "ten-thousand").await;

    // The oldest is one key away, and every row on the way there is drawn.
    window.press(Key::Plain(Key::END)).await;
    until("the last row", async || {
        let place = window.client().execute(LAST_ROW, vec![]).await.ok()?;
        (place.as_bool()? && window.all("option", "Loading").await.is_empty()).then_some(())
    })
    .await;
    window.picture(&counter.desktop, "ten-thousand-oldest").await;
}
